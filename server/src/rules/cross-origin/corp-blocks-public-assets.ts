import { contentResponses, sentLines } from '../../model/sentHeaders';
import { placeInValue } from '../../model/value';
import { replaceValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** Files for everybody, as Access-Control-Allow-Origin says, which Cross-Origin-Resource-Policy then withholds. */
export const rule: Rule = {
	id: 'corp-blocks-public-assets',
	family: 'cross-origin',
	summary: 'Cross-Origin-Resource-Policy withholds files that Access-Control-Allow-Origin offers to everybody',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const response of contentResponses(surface)) {
			if (response.scope?.profile !== 'public-asset') continue;
			const open = sentLines(response, 'access-control-allow-origin').some(({ value }) => value.text.trim() === '*');
			const line = sentLines(response, 'cross-origin-resource-policy').find(
				({ value, certainty }) => certainty === 'always' && value.text.trim() === 'same-origin',
			);
			if (!open || line?.operation?.origin !== 'written') continue;
			report({
				place: placeInValue(line.value, 0, line.value.text.length) ?? line.operation.place,
				message: `Cross-Origin-Resource-Policy: same-origin keeps other sites from loading ${response.scope.label}, which \`Access-Control-Allow-Origin: *\` offers them. Set cross-origin for these files.`,
				headers: ['Cross-Origin-Resource-Policy', 'Access-Control-Allow-Origin'],
				fixes:
					line.operation.scope === null
						? []
						: [replaceValue('Set Cross-Origin-Resource-Policy to cross-origin', false, line.operation, 'cross-origin')],
			});
		}
	},
};
