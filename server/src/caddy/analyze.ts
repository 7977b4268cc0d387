import { parseCaddyfile } from '../caddyfile/parse';
import type { CaddyfileTree, NamedRoute } from '../caddyfile/tree';
import type { CaddyfileContext } from '../fixes/caddyfileContext';
import { writeCaddyfileFix } from '../fixes/caddyfileWriter';
import type { AnalysisOptions, DocumentAnalysis } from '../model/analysis';
import type { Surface } from '../model/surface';
import type { SourceText } from '../text/source';
import type { Place } from '../text/span';
import { compileDirectives } from './compileBlock';
import { type CompiledSite, compileSite, siteScope } from './compiledSite';
import { arrangeRoutes, directiveOrder } from './directiveOrder';
import { folderOf } from './folder';
import { readGlobalOptions } from './globalOptions';
import { createResponder } from './respond';
import type { Route } from './route';
import { buildServers, type Server } from './servers';
import { createGroupCounter, createSiteDraft, type SiteDraft } from './siteDraft';
import { fragmentSurface, type SurfaceContext, siteSurface } from './surfaces';

/**
 * What Caddy 2.11.4 does with a Caddyfile: its sites as surfaces, the answer to any request, and the writer for fixes. Never
 * throws; what cannot be read or known is in `problems` and in the unknowns of the answers.
 */
export function analyzeCaddyfile(source: SourceText, options: AnalysisOptions): DocumentAnalysis {
	const tree = parseCaddyfile(source, options);
	const compiled = compileTree(tree, source, options);
	const { surfaces, context } = compiled;
	const respond = createResponder(compiled.sites, surfaces, context, source);
	let writing: CaddyfileContext | undefined;
	return {
		source,
		kind: 'caddyfile',
		surfaces,
		problems: tree.problems,
		comments: tree.comments,
		dependencies: tree.dependencies,
		respond,
		write: intent => {
			writing ??= writerContext(compiled, tree, source, options);
			return writeCaddyfileFix(intent, writing);
		},
	};
}

interface CompiledTree {
	readonly sites: readonly CompiledSite[];
	readonly drafts: readonly SiteDraft[];
	readonly surfaces: readonly Surface[];
	readonly context: SurfaceContext;
}

function compileTree(tree: CaddyfileTree, source: SourceText, options: AnalysisOptions): CompiledTree {
	const globals = readGlobalOptions(tree.globalOptions);
	const order = directiveOrder(tree.globalOptions?.lines ?? []);
	const folder = folderOf(source.path);
	let count = 0;
	const nextId = (): string => `caddy${count++}`;
	const shared = createSiteDraft(
		tree.namedRoutes.flatMap(({ body }) => body.lines),
		folder,
		nextId,
	);
	const namedRoutes = compileNamedRoutes(tree.namedRoutes, shared, order);
	const groups = createGroupCounter();
	const sites = tree.sites.map((block, index) => compileSite(block, index, folder, order, groups, nextId));
	const servers = buildServers(sites, globals, order, groups);
	const context: SurfaceContext = {
		path: source.path,
		options: globals,
		servers,
		serversBySite: bySite(servers),
		order,
		namedRoutes,
		environment: options.env,
		version: options.caddyVersion,
		complete: tree.complete,
		localCertificates: localCertificates(tree),
		tree,
		source,
	};
	const surfaces = sites.map(site => siteSurface(site, context));
	const drafts = [shared, ...sites.map(({ draft }) => draft)];
	const fragment = sites.length === 0 ? compileFragment(tree, folder, order, nextId) : null;
	if (fragment !== null) {
		drafts.push(fragment);
		const label = source.path.slice(source.path.lastIndexOf('/') + 1);
		surfaces.push(fragmentSurface(fragment, fragmentPlace(tree, source), label, context));
	}
	return { sites, drafts, surfaces, context };
}

/** A named route keeps only its first handler where all its directives merged into one route without matcher (httptype.go, `extractNamedRoutes`). */
function compileNamedRoutes(
	named: readonly NamedRoute[],
	draft: SiteDraft,
	order: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly Route[]> {
	const groups = createGroupCounter();
	const found = new Map<string, readonly Route[]>();
	for (const { name, body } of named) {
		if (body.lines.length === 0) continue;
		const values = compileDirectives(body.lines, { ...siteScope(draft, order, groups), topLevel: false });
		const routes = arrangeRoutes(values, order, groups, true);
		const [only] = routes;
		const first = routes.length === 1 && only?.matcherSets.length === 0 ? only.handlers[0] : undefined;
		found.set(name, first === undefined ? routes : [{ matcherSets: [], group: null, terminal: false, handlers: [first] }]);
	}
	return found;
}

/** The directives of a file that is only imported, and the snippets of a file without sites. */
function compileFragment(tree: CaddyfileTree, folder: string, order: ReadonlyMap<string, number>, nextId: () => string): SiteDraft | null {
	const blocks = [tree.fragment, ...tree.snippets.map(({ body }) => body.lines)].filter(lines => 0 < lines.length);
	if (blocks.length === 0) return null;
	const draft = createSiteDraft(blocks.flat(), folder, nextId);
	for (const lines of blocks) compileDirectives(lines, siteScope(draft, order, createGroupCounter()));
	return draft;
}

function fragmentPlace(tree: CaddyfileTree, source: SourceText): Place {
	const first = tree.fragment[0]?.name.place ?? tree.snippets[0]?.nameToken.place;
	return first ?? { path: source.path, span: { start: 0, end: 0 } };
}

function localCertificates(tree: CaddyfileTree): Place | null {
	return tree.globalOptions?.lines.find(({ name }) => name.text === 'local_certs')?.place ?? null;
}

function bySite(servers: readonly Server[]): ReadonlyMap<number, readonly Server[]> {
	const found = new Map<number, Server[]>();
	for (const server of servers) {
		for (const { index } of server.sites) {
			const list = found.get(index);
			if (list === undefined) found.set(index, [server]);
			else if (!list.includes(server)) list.push(server);
		}
	}
	return found;
}

function writerContext(compiled: CompiledTree, tree: CaddyfileTree, source: SourceText, options: AnalysisOptions): CaddyfileContext {
	return {
		path: source.path,
		tree,
		text: path => (path === source.path ? source.text : options.files.read(path)),
		operations: new Map(compiled.drafts.flatMap(({ operationTokens }) => [...operationTokens])),
		observations: new Map(compiled.drafts.flatMap(({ observedLines }) => [...observedLines])),
		sites: new Map(compiled.surfaces.map(({ id }, index) => [id, compiled.sites[index]?.block ?? null])),
	};
}
