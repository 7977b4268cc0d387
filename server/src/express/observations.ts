import type { AppObservation, ChainEntry } from '../model/appObservation';
import { chainEntry, type Entry } from './app';
import type { Chain, ChainParts, Link } from './chain';
import { helmetObservations } from './helmet/facts';

/** The facts about an app's chain that rules judge. */
export function observationsOf(chain: Chain, parts: ChainParts): readonly AppObservation[] {
	return [
		...parts.helmets.flatMap(({ handler, group, scope, branch }) =>
			helmetObservations(handler.outcome, { group, place: handler.place, scope, branch }),
		),
		...uncalled(chain, parts),
		...order(chain, parts),
	];
}

/** Middleware that was passed without being called. */
function uncalled(chain: Chain, parts: ChainParts): readonly AppObservation[] {
	return chain.links.flatMap(link =>
		link.entry.handlers.flatMap((handler): readonly AppObservation[] => {
			if (handler.kind !== 'not-called') return [];
			return handler.whole
				? [{ kind: 'helmet-not-called', id: parts.nextId(), place: handler.place }]
				: [{ kind: 'standalone-not-called', id: parts.nextId(), place: handler.place, label: handler.label }];
		}),
	);
}

/** What is registered before the first helmet on the whole app goes without its headers. */
function order(chain: Chain, parts: ChainParts): readonly AppObservation[] {
	const index = chain.links.findIndex(isWholeHelmet);
	const helmet = chain.links[index]?.entry.handlers.find(handler => handler.kind === 'helmet');
	const entry = chain.links[index]?.entry;
	if (entry === undefined || helmet === undefined) return [];
	const before = chain.links
		.slice(0, index)
		.filter(link => losesHeaders(link.entry))
		.map(link => affected(link.entry));
	return before.length === 0 ? [] : [{ kind: 'helmet-after', id: parts.nextId(), place: helmet.place, before }];
}

/** `app.use(helmet())`, at the root of the app. */
export function isWholeHelmet(link: Link): boolean {
	const { entry } = link;
	return entry.kind === 'use' && entry.paths.length === 0 && entry.handlers.some(handler => handler.kind === 'helmet');
}

function affected(entry: Entry): ChainEntry {
	return chainEntry(entry);
}

/** Whether a registration answers requests by itself, so that what comes behind it never runs for them. */
export function losesHeaders(entry: Entry): boolean {
	if (entry.kind === 'route') return true;
	return entry.handlers.some(
		handler =>
			handler.kind === 'router' ||
			handler.kind === 'static' ||
			handler.kind === 'cors' ||
			(handler.kind === 'code' && handler.trace.events.some(event => event.kind === 'end' && event.conditions.length === 0)),
	);
}
