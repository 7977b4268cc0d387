import { framingEffect } from '../../headers/frameOptions';
import { contentResponses } from '../../model/sentHeaders';
import { placeInValue } from '../../model/value';
import { replaceValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { frameAncestorsOf, frameOptionsOf } from './shared/frameLines';

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
			const wanted = wantedOption(ancestors);
			if (wanted === effect.toUpperCase()) continue;
			const value = placed[0]?.line.value ?? operation.value;
			const place = operation.origin === 'written' && value !== null ? placeInValue(value, 0, value.text.length) : null;
			const shown = ancestors.length === 0 ? "'none'" : ancestors.join(' ');
			report({
				place: place ?? operation.place,
				message: `X-Frame-Options: ${effect.toUpperCase()} contradicts \`frame-ancestors ${shown}\` of the policy, and browsers heed the policy. ${wanted === null ? 'Make them agree' : `Set ${wanted}`}, or change the policy.`,
				headers: ['X-Frame-Options', 'Content-Security-Policy'],
				fixes: wanted === null ? [] : [replaceValue(`Set X-Frame-Options to ${wanted}`, false, operation, wanted)],
			});
		}
	},
};

/** The value that says the same as frame-ancestors, or null where none does. */
function wantedOption(ancestors: readonly string[]): 'DENY' | 'SAMEORIGIN' | null {
	if (ancestors.length === 0) return 'DENY';
	if (ancestors.every(word => word === "'none'")) return 'DENY';
	return ancestors.every(word => word === "'self'") ? 'SAMEORIGIN' : null;
}
