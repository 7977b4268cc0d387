import { canonicalName } from '../../headers/names';
import type { HeaderOperation } from '../../model/operation';
import { carries, contentResponses, mayBeChanged, sentLines } from '../../model/sentHeaders';
import type { EffectiveResponse, Surface } from '../../model/surface';
import type { Rule } from '../rule';

/** A header that belongs on every answer and that some routes set and their siblings do not. */
export const rule: Rule = {
	id: 'header-not-always',
	family: 'generic',
	summary: 'A security header is set for some answers only',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'none',
	checkSurface({ surface }, report) {
		// In a Caddyfile the structure tells more, see `caddy-header-after-terminal`.
		if (!surface.kind.endsWith('-app') || !surface.complete || namesCause(surface)) return;
		const responses = contentResponses(surface);
		for (const header of everywhere) {
			const setting = firstSetting(responses, header);
			const lacking = responses.find(response => !carries(response, header) && !mayBeChanged(response, header));
			if (setting === null || lacking === undefined) continue;
			const name = canonicalName(header);
			report({
				place: setting.place,
				message: `${name} is set here, but ${lacking.scope?.label ?? lacking.request.url} is answered without it. Set it once for all answers, before the routes.`,
				headers: [name],
			});
		}
	},
};

/** Headers that are as right for one kind of answer as for another. */
const everywhere: readonly string[] = ['strict-transport-security', 'x-content-type-options', 'x-frame-options', 'referrer-policy'];

/** Helmet in the wrong place is the cause then, and has findings of its own. */
function namesCause({ observations }: Surface): boolean {
	return observations.some(({ kind }) => kind === 'helmet-after' || kind === 'helmet-partial' || kind === 'headers-after-send');
}

function firstSetting(responses: readonly EffectiveResponse[], header: string): HeaderOperation | null {
	for (const response of responses)
		for (const { operation, origin } of sentLines(response, header)) if (operation !== null && origin === 'written') return operation;
	return null;
}
