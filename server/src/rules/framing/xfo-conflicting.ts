import { framingEffect } from '../../headers/frameOptions';
import { contentResponses } from '../../model/sentHeaders';
import { placeInValue } from '../../model/value';
import { removeOperation, replaceValue } from '../generic/shared/reporting';
import type { FixProposal, Rule } from '../rule';
import { frameOptionsOf, type PlacedFrameOption } from './shared/frameLines';

/** Different values in one response: browsers then block every frame, also the site's own (HTML, "X-Frame-Options"). */
export const rule: Rule = {
	id: 'xfo-conflicting',
	family: 'framing',
	summary: 'X-Frame-Options has several values that contradict each other',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const response of contentResponses(surface)) {
			const placed = frameOptionsOf(response);
			if (framingEffect(placed.map(({ option }) => option)) !== 'blocked') continue;
			const last = placed[placed.length - 1];
			if (last?.line.operation?.origin !== 'written') continue;
			const values = [...new Set(placed.map(({ option }) => option.text.toUpperCase()))];
			const { value, operation } = last.line;
			report({
				place: placeInValue(value, 0, value.text.length) ?? operation.place,
				message: `X-Frame-Options is sent with ${values.join(' and ')}: browsers then block every frame, also those of the site itself. Send one value.`,
				headers: ['X-Frame-Options'],
				fixes: fixesOf(placed, last),
			});
		}
	},
};

function fixesOf(placed: readonly PlacedFrameOption[], last: PlacedFrameOption): readonly FixProposal[] {
	const { operation } = last.line;
	if (operation === null) return [];
	if (placed.some(({ line }) => line.operation !== operation)) return [removeOperation('Remove this X-Frame-Options', false, operation)];
	const keep = placed.some(({ option }) => option.kind === 'deny') ? 'DENY' : 'SAMEORIGIN';
	return [replaceValue(`Set X-Frame-Options to ${keep}`, false, operation, keep)];
}
