import type { EffectiveHeader } from '../model/surface';
import { renderedValue } from '../model/value';
import { caseHolds } from './cases';
import { poweredByExpress } from './chain';
import { serverSets } from './headerFields';
import { caseOf } from './headerValue';
import type { State } from './requestState';
import type { Chain } from './steps';

/** `X-Powered-By: Express` unless the setting is off, wherever in the code that is done. */
export function setPoweredBy(chain: Chain, state: State): void {
	// An app of express 4 on which nothing is registered has no router, which would set it (lib/application.js, `handle`).
	if (chain.app.framework === 'express' && chain.app.expressMajor < 5 && chain.links.length + chain.params.length === 0) return;
	// Next.js sets it on pages, not on what a route handler answers (16.4, asked for real).
	// A mounted app is reached only where nobody has answered before it.
	let certainty: EffectiveHeader['certainty'] = chain.app.framework === 'next' || state.doubtful ? 'maybe' : 'always';
	for (let i = chain.app.poweredBy.length - 1; 0 <= i; i--) {
		const setting = chain.app.poweredBy[i];
		if (setting === undefined) continue;
		const holds = caseHolds(caseOf(setting.conditions), state.request.assumption);
		if (holds === false) continue;
		if (holds === null) certainty = 'maybe';
		else {
			if (!setting.on) return;
			break;
		}
	}
	const value = chain.app.framework === 'next' ? renderedValue('Next.js') : poweredByExpress;
	const before = state.headers.get('x-powered-by') ?? [];
	if (before.some(each => each.certainty === 'always' && each.value.text === value.text)) return;
	serverSets(state.headers, 'X-Powered-By', value, certainty === 'maybe');
}
