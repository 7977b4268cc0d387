import type { ModuleRecord } from '../javascript/module';
import type { AnalysisOptions } from '../model/analysis';
import type { AppObservation } from '../model/appObservation';
import { relativePath } from '../text/paths';
import type { AppRecord } from './app';
import { type ChainParts, makeChain } from './chain';
import { helmetObservations, helmetOperations } from './helmet/facts';
import { observationsOf } from './observations';
import type { Session } from './session';
import { appSurface, type BuiltSurface, createParts, fragmentSurface } from './surface';
import { unusedImports } from './unusedImport';

/**
 * The surfaces of a file: its apps, and what belongs to none of them, options of helmet that another file uses, a router's own
 * middleware. Apps made in imported files are theirs, not this file's.
 */
export function collectSurfaces(session: Session, module: ModuleRecord, options: AnalysisOptions): readonly BuiltSurface[] {
	const { path } = module.source;
	const counter = { count: 0 };
	const children = mountedApps(session.apps);
	const built: BuiltSurface[] = [];
	const isOfTests = isTestFile(relativePath(options.root, path) ?? path);
	const covered = new Set<object>();
	const writesLocal = localsWriter(session);
	const readsBody: ChainParts['readsBody'] = ({ path: file, span }) =>
		/\.body\b|\bbody\s*[,}]/.test(session.run.modules.get(file)?.source.text.slice(span.start, span.end) ?? '');
	for (const app of session.apps) {
		const touchesThisFile = app.place.path === path || app.entries.some(entry => entry.place.path === path);
		if (!touchesThisFile || children.has(app)) continue;
		const parts = createParts(path, counter, writesLocal, readsBody);
		if (isOfTests) {
			// Nobody is served by the app of a test. It can be asked what it answers, but nothing in it is judged.
			built.push({ ...fragmentSurface(app.place, { ...parts, operations: [] }, []), app, chain: makeChain(app, parts) });
			continue;
		}
		if (app.kind === 'app' && !app.partial && app.place.path === path && !isHandedOut(app)) {
			const surface = appSurface(app, parts, options);
			for (const { handler } of parts.helmets) covered.add(handler.outcome);
			built.push(surface);
			continue;
		}
		// A router or an app that comes from elsewhere is a part of something larger.
		const chain = makeChain(app, parts);
		for (const { handler } of parts.helmets) covered.add(handler.outcome);
		const part = fragmentSurface(app.place, parts, observationsOf(chain, parts), chain);
		if (0 < parts.operations.length || 0 < parts.helmets.length || 0 < part.surface.mounted.length) built.push({ ...part, app });
	}
	if (isOfTests) return built;
	const loose = looseHelmets(session, covered, createParts(path, counter, null, readsBody), path);
	if (loose !== null) built.push(loose);
	return withUnusedImports(session, module, built, counter);
}

/**
 * Whether an app of koa is what a function gives back that does not serve it: such apps are mounted by whoever calls the function, behind
 * middleware of their own.
 */
function isHandedOut({ framework, node, name, listening, module }: AppRecord): boolean {
	if (framework !== 'koa' || node === null || listening !== null) return false;
	const { parentOf } = module.tree;
	let holder = parentOf(node);
	while (holder !== undefined && !/Function/.test(holder.type)) holder = parentOf(holder);
	if (holder === undefined) return false;
	const body = module.source.text.slice(holder.range[0], holder.range[1]);
	return new RegExp(`\\breturn\\s+${name.replace(/[$.]/g, '\\$&')}\\s*[;}\\n]`).test(body) && !/\.callback\(/.test(body);
}

/** Whether a path, relative to the workspace, is one of tests. */
function isTestFile(path: string): boolean {
	return /(?:^|\/)test[A-Z][^/]*\.[cm]?[jt]sx?$|(?:^|\/)(?:tests?|__tests__|testutils|specs?|e2e|cypress|mocks|__mocks__)\/|(?:[._]|\.e2e-)(?:test|spec)(?:-d)?\.[cm]?[jt]sx?$/.test(
		path,
	);
}

/** Apps and routers that are mounted on another one. */
function mountedApps(apps: readonly AppRecord[]): ReadonlySet<AppRecord> {
	return new Set(
		apps.flatMap(app =>
			app.entries.flatMap(entry =>
				entry.handlers.flatMap(handler => (handler.kind === 'router' && handler.app !== app ? [handler.app] : [])),
			),
		),
	);
}

/** Helmet calls of this file that are in no chain: exported middleware, results nobody uses. */
function looseHelmets(session: Session, covered: ReadonlySet<object>, parts: ChainParts, path: string): BuiltSurface | null {
	const calls = session.helmetCalls.filter(call => call.place.path === path && !covered.has(call.outcome));
	const first = calls[0];
	if (first === undefined) return null;
	const observations: AppObservation[] = [];
	for (const handler of calls) {
		const group = parts.nextId();
		const site = { group, place: handler.place, scope: null, branch: null };
		parts.operations.push(...helmetOperations(handler.outcome, site));
		parts.helmets.push({ group, handler, entry: null, scope: null, branch: null, app: null });
		observations.push(...helmetObservations(handler.outcome, site));
		if (
			session.unused.some(
				({ place }) =>
					place.path === handler.place.path && place.span.start === handler.place.span.start && place.span.end === handler.place.span.end,
			)
		)
			observations.push({
				kind: 'helmet-not-mounted',
				id: parts.nextId(),
				place: handler.place,
				what: 'result-unused',
				...(handler.library === '@fastify/helmet' ? { isPlugin: true } : {}),
				label: handler.label,
			});
	}
	return fragmentSurface(first.place, parts, observations);
}

/** Looks for `res.locals.<name> =` and what else may write it, in the texts of all modules that were followed. */
function localsWriter(session: Session): ChainParts['writesLocal'] {
	const unseen = session.apps.some(app => 0 < app.unknowns.length || app.partial);
	if (unseen) return null;
	const sources = [...session.run.modules.values()].map(module => module.source);
	return (name, later) => {
		const write = new RegExp(`locals\\??\\.${name}\\s*(?:[?|&]{2})?=(?!=)|locals\\[|assign\\(\\s*\\w+\\.locals|locals\\s*=(?!=)`, 'g');
		return sources.some(({ path, text }) =>
			[...text.matchAll(write)].some(
				({ index }) => !later.some(place => place.path === path && place.span.start <= index && index < place.span.end),
			),
		);
	};
}

/** An import nobody reads is told of with the app it should have been mounted on. */
function withUnusedImports(
	session: Session,
	module: ModuleRecord,
	built: readonly BuiltSurface[],
	counter: { count: number },
): readonly BuiltSurface[] {
	const { path } = module.source;
	const parts = createParts(path, counter, null, () => false);
	const unused = unusedImports(session, module, () => parts.nextId());
	const first = unused[0];
	if (first === undefined) return built;
	const at = built.findIndex(({ app }) => app !== null);
	if (at < 0) return [...built, fragmentSurface(first.place, parts, unused)];
	return built.map((each, index) =>
		index === at ? { ...each, surface: { ...each.surface, observations: [...each.surface.observations, ...unused] } } : each,
	);
}
