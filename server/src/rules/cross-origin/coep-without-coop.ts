import { parseTokenItem } from '../../headers/crossOrigin';
import type { HeaderOperation } from '../../model/operation';
import { contentResponses, mayBeChanged, sentLines } from '../../model/sentHeaders';
import type { Surface } from '../../model/surface';
import { hasUnknown, placeInValue } from '../../model/value';
import { replaceValue } from '../generic/shared/reporting';
import type { FixProposal, Rule } from '../rule';

/** Half of cross-origin isolation: it costs what COEP costs and does not isolate. */
export const rule: Rule = {
	id: 'coep-without-coop',
	family: 'cross-origin',
	summary: 'Cross-Origin-Embedder-Policy isolates nothing without Cross-Origin-Opener-Policy: same-origin',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const response of contentResponses(surface)) {
			const embedder = sentLines(response, 'cross-origin-embedder-policy').find(({ certainty }) => certainty === 'always');
			if (embedder?.operation?.origin !== 'written') continue;
			const { token } = parseTokenItem(embedder.value.text);
			if (token !== 'require-corp' && token !== 'credentialless') continue;
			const openers = sentLines(response, 'cross-origin-opener-policy');
			if (openers.some(({ value }) => hasUnknown(value.text) || parseTokenItem(value.text).token === 'same-origin')) continue;
			const opener = openers[0]?.operation ?? null;
			if (opener === null && mayBeChanged(response, 'cross-origin-opener-policy')) continue;
			report({
				place: placeInValue(embedder.value, 0, embedder.value.text.length) ?? embedder.operation.place,
				message: `Cross-Origin-Embedder-Policy: ${token} blocks what other sites do not offer, but without \`Cross-Origin-Opener-Policy: same-origin\` the page is not isolated. Add it.`,
				headers: ['Cross-Origin-Embedder-Policy', 'Cross-Origin-Opener-Policy'],
				fixes: fixesOf(surface, opener),
			});
		}
	},
};

/** Who keeps the windows that the page opens has some to sign in, most likely: `same-origin` would cut them off. */
function fixesOf(surface: Surface, opener: HeaderOperation | null): readonly FixProposal[] {
	if (opener?.value != null && parseTokenItem(opener.value.text).token?.endsWith('allow-popups') === true) return [];
	if (opener !== null) return [replaceValue('Set Cross-Origin-Opener-Policy to same-origin', false, opener, 'same-origin')];
	const headers = [{ name: 'Cross-Origin-Opener-Policy', value: 'same-origin' }];
	return [{ title: 'Add Cross-Origin-Opener-Policy: same-origin', safe: false, intent: { kind: 'insert-headers', surface, headers } }];
}
