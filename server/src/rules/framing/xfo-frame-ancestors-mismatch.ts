import { framingEffect } from '../../headers/frameOptions';
import type { HeaderOperation } from '../../model/operation';
import { responsesOf } from '../../model/responsesOf';
import { contentResponses } from '../../model/sentHeaders';
import type { Surface } from '../../model/surface';
import { placeInValue } from '../../model/value';
import { replaceValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { frameAncestorsOf, frameOptionsOf, optionLike } from './shared/frameLines';

/** Two answers to one question: where a policy has frame-ancestors, browsers ignore X-Frame-Options (CSP3 6.4.2). */
export const rule: Rule = {
	id: 'xfo-frame-ancestors-mismatch',
	family: 'framing',
	summary: 'X-Frame-Options and frame-ancestors contradict each other',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const response of contentResponses(surface)) {
			const placed = frameOptionsOf(response);
			const ancestors = frameAncestorsOf(response);
			const operation = placed[0]?.line.operation ?? null;
			const effect = framingEffect(placed.map(({ option }) => option));
			if (ancestors === null || operation === null || (effect !== 'deny' && effect !== 'sameorigin')) continue;
			const wanted = optionLike(ancestors);
			if (wanted === effect.toUpperCase()) continue;
			// Pages of other sites may frame it, as somebody wrote; that the header cannot say so is nobody's mistake, and old browsers err on the safe side.
			if (wanted === null && operation.origin === 'default') continue;
			const value = placed[0]?.line.value ?? operation.value;
			const place = operation.origin === 'written' && value !== null ? placeInValue(value, 0, value.text.length) : null;
			const shown = ancestors.length === 0 ? "'none'" : ancestors.join(' ');
			report({
				place: place ?? operation.place,
				message: `X-Frame-Options: ${effect.toUpperCase()} contradicts \`frame-ancestors ${shown}\` of the policy, and browsers heed the policy. ${wanted === null ? 'Make them agree' : `Set ${wanted}`}, or change the policy.`,
				headers: ['X-Frame-Options', 'Content-Security-Policy'],
				fixes: suits(wanted, operation, surface) ? [replaceValue(`Set X-Frame-Options to ${wanted}`, false, operation, wanted)] : [],
			});
		}
	},
};

/** Whether the value says the same as the policies of all answers that carry the operation's: one line may stand beside several. */
function suits(wanted: string | null, operation: HeaderOperation, surface: Surface): wanted is string {
	return (
		wanted !== null &&
		responsesOf(surface, operation).every(response => {
			const ancestors = frameAncestorsOf(response);
			return ancestors === null || optionLike(ancestors) === wanted;
		})
	);
}
