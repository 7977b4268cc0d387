import type { ChainEntry } from '../../model/appObservation';
import type { Surface } from '../../model/surface';
import type { Rule } from '../rule';
import { helmetHeaders, inCase, isDevelopmentOnly, listed, observed, relatedEntries, repairFix, sendsPoweredBy } from './shared/observed';

/** Express runs what is registered in order: an answer given above helmet() has none of its headers (spec/helmet.md section 4). */
export const rule: Rule = {
	id: 'helmet-after-routes',
	family: 'helmet',
	summary: 'helmet comes after routes, routers or static files, which are answered without its headers',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'helmet-after')) {
			const lost = answering(observation.before, surface).filter(({ branch }) => !isDevelopmentOnly(branch));
			if (lost.length === 0) continue;
			const listening = lost.every(entry => entry.kind === 'listen');
			report({
				place: observation.place,
				message: listening
					? 'helmet comes after the app has begun to listen: it is not part of the chain any more, and no answer has its headers. Move it above.'
					: `helmet comes after ${listed(lost)}${inCase(commonCase(lost))}: ${lost.length === 1 ? 'it is' : 'they are'} answered without its headers${sendsPoweredBy(surface) ? ', and with X-Powered-By' : ''}. Move helmet above.`,
				headers: helmetHeaders,
				...severityOf(lost),
				related: relatedEntries(lost, 'is answered without the headers of helmet'),
				fixes: [repairFix(observation, 'move-up', 'Move helmet to the top', false)],
			});
		}
	},
};

/** Monitors are no browsers; and what is there in some case only may be for trying things out. */
function severityOf(lost: readonly ChainEntry[]): { readonly severity?: 'info' | 'warning' } {
	if (lost.every(({ isProbe }) => isProbe)) return { severity: 'info' };
	return lost.every(({ branch }) => branch !== null) ? { severity: 'warning' } : {};
}

function commonCase([first, ...rest]: readonly ChainEntry[]): string | null {
	return first !== undefined && rest.every(({ branch }) => branch === first.branch) ? first.branch : null;
}

/** What answers by itself. Where the app begins to listen matters only to frameworks that close their chain then. */
export function answering(before: readonly ChainEntry[], surface: Surface): readonly ChainEntry[] {
	const closes = surface.kind === 'nest-app' || surface.kind === 'koa-app' || surface.kind === 'fastify-app';
	return before.filter(({ kind }) => kind === 'route' || kind === 'router' || kind === 'static' || (kind === 'listen' && closes));
}
