import type { AppObservation } from '../model/appObservation';
import { type AppRecord, chainEntry, type Entry } from './app';
import type { ChainParts } from './chain';
import { isWholeHelmet, losesHeaders, wholeHelmet } from './observations';
import { isForAll, matchesRoute } from './pathPattern';
import type { Chain, Link } from './steps';

/** helmet on a part of the app only: a path, a router, one route, or one case of the program. */
export function partialHelmet(chain: Chain, parts: ChainParts): readonly AppObservation[] {
	const whole = parts.helmets.filter(({ handler }) => handler.middleware === null);
	const first = whole[0];
	const entry = first?.entry ?? null;
	if (first === undefined || entry === null || chain.app.partial) return [];
	if (
		whole.some(helmet => helmet.app === chain.app && helmet.branch === null && helmet.entry?.kind === 'use' && isForAll(helmet.entry.paths))
	)
		return [];
	const onApp = whole.filter(({ app, entry: each }) => app === chain.app && each?.kind === 'use' && isForAll(each.paths));
	if (coverAllCases(onApp.map(({ branch }) => branch ?? ''))) return [];
	// Several cases, each with a call of its own: whether one of them always holds is not known.
	if (1 < new Set(onApp.map(({ branch }) => branch)).size) return [];
	const isRouter = first.app !== chain.app;
	// In a router at the root it covers what stands behind it: what stands before it is a matter of order.
	if (isRouter && wholeHelmet(chain) !== null) return [];
	const scope = isRouter ? 'router' : entry.kind === 'route' ? 'route' : 0 < entry.paths.length ? 'path' : 'condition';
	const label = isRouter
		? (first.app?.name ?? 'router') || 'router'
		: scope === 'condition'
			? (first.branch ?? '')
			: scope === 'route'
				? `${entry.method ?? 'ALL'} ${entry.pathLabel}`
				: entry.pathLabel;
	// Requests that are left out one by one are left out on purpose.
	if (scope === 'condition' && /\.(?:path|method|url|originalUrl|hostname|headers|subdomains|ip|get\()\b/.test(label)) return [];
	const covered = new Set(whole.flatMap(({ entry: each }) => (each === null ? [] : [each])));
	// On unless somebody says `false`: who does so leaves helmet out on purpose.
	if (scope === 'condition' && /^(?:unless .+ === false|when .+ !== false)$/.test(label) && !label.includes(' and ')) return [];
	const outside = lackingLinks(chain, first.app)
		.filter(link => !covered.has(link.entry) && losesHeaders(link) && !holdsHelmet(link))
		.filter(link => !whole.some(helmet => helmet.app === chain.app && covers(helmet.entry, link.entry, chain)))
		.filter(({ branch }) => scope !== 'condition' || !onApp.some(helmet => holdsOnlyWith(branch, helmet.branch)))
		.map(({ entry, branch }) => chainEntry(entry, branch));
	return outside.length === 0
		? []
		: [{ kind: 'helmet-partial', id: parts.nextId(), place: first.handler.place, scope, label, outside, group: first.group }];
}

/** What stands behind a router that is mounted at the root has what the router's helmet sets; only what stands before it lacks that. */
function lackingLinks(chain: Chain, router: AppRecord | null): readonly Link[] {
	const at = chain.links.findIndex(link => link.steps.some(step => step.kind === 'child' && step.chain.app === router));
	return 0 <= at && chain.links[at]?.entry.paths.length === 0 ? chain.links.slice(0, at) : chain.links;
}

function holdsHelmet(link: Link): boolean {
	return link.steps.some(step => step.kind === 'child' && step.chain.links.some(isWholeHelmet));
}

/** Whether what is there in one case is there only where the other case holds, too: `if (require.main === module) start()` registers all. */
function holdsOnlyWith(branch: string | null, other: string | null): boolean {
	return branch !== null && other !== null && (branch === other || branch.startsWith(`${other} and `));
}

/** Whether helmet on a path, or on routes of a pattern, runs for what is registered behind it. */
function covers(helmet: Entry | null, entry: Entry, chain: Chain): boolean {
	if (helmet === null || chain.app.entries.indexOf(entry) < chain.app.entries.indexOf(helmet)) return false;
	if (helmet.kind === 'use')
		return helmet.paths.some(({ literal }) => literal !== null && entry.paths.some(path => path.source.toLowerCase().startsWith(literal)));
	const sameMethod = helmet.method === null || helmet.method === entry.method;
	const goesOn = helmet.handlers.every(({ kind }) => kind === 'helmet');
	return goesOn && sameMethod && entry.paths.some(({ sample }) => matchesRoute(helmet.paths, sample) === 'yes');
}

/** Whether one of the cases always holds: those of a test and its opposite, or all of a `switch` with `default`. */
function coverAllCases(cases: readonly string[]): boolean {
	return cases.some(
		each =>
			(each.startsWith('when ') && cases.includes(`unless ${each.slice('when '.length)}`)) ||
			(/^when .+ === default$/.test(each) && cases.some(other => other !== each && other.startsWith(each.slice(0, -'default'.length)))),
	);
}
