import { parseCaddyfile } from '../caddyfile/parse';
import type { CaddyfileTree } from '../caddyfile/tree';
import type { CaddyfileContext, OperationTokens } from '../fixes/caddyfileContext';
import { writeCaddyfileFix } from '../fixes/caddyfileWriter';
import type { AnalysisOptions, DocumentAnalysis } from '../model/analysis';
import type { Surface } from '../model/surface';
import type { SourceText } from '../text/source';
import type { Place } from '../text/span';
import { compileDirectives } from './compileBlock';
import { type CompiledSite, compileSite, siteScope } from './compiledSite';
import { directiveOrder } from './directiveOrder';
import { folderOf } from './folder';
import { readGlobalOptions } from './globalOptions';
import { compileNamedRoutes } from './namedRoutes';
import { observeFile } from './observeStructure';
import { createResponder } from './respond';
import { buildServers, type Server } from './servers';
import { createGroupCounter, createSiteDraft, type SiteDraft } from './siteDraft';
import { explainSite, fragmentSurface, type SurfaceContext, siteSurface } from './surfaces';

/**
 * What Caddy 2.11.4 does with a Caddyfile: its sites as surfaces, the answer to any request, and the writer for fixes. Never
 * throws; what cannot be read or known is in `problems` and in the unknowns of the answers.
 */
export function analyzeCaddyfile(source: SourceText, options: AnalysisOptions): DocumentAnalysis {
	const tree = parseCaddyfile(source, options);
	const compiled = compileTree(tree, source, options);
	const { surfaces, context } = compiled;
	const responder = createResponder(compiled.sites, surfaces, context);
	let writing: CaddyfileContext | undefined;
	return {
		source,
		kind: 'caddyfile',
		surfaces,
		problems: tree.problems,
		comments: tree.comments,
		dependencies: tree.dependencies,
		...responder,
		explainAll: (surface, wanted) => {
			const site = compiled.sites[surfaces.indexOf(surface)];
			return site === undefined ? [] : explainSite(site, surface, context, wanted?.appBehind);
		},
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
	const named = compileNamedRoutes(tree.namedRoutes, folder, order, nextId);
	const groups = createGroupCounter();
	const sites = tree.sites.map((block, index) => compileSite(block, index, folder, order, groups, nextId));
	const servers = buildServers(sites, globals, order, groups);
	const context: SurfaceContext = {
		path: source.path,
		options: globals,
		servers,
		serversBySite: bySite(servers),
		order,
		named,
		replacesServer: [...sites.map(({ draft }) => draft), ...[...named.values()].map(({ draft }) => draft)].some(replacesServer),
		environment: options.env,
		version: options.caddyVersion,
		complete: tree.complete,
		localCertificates: localCertificates(tree),
		tree,
		source,
		ofFile: ({ index }) => (index === 0 ? observeFile(tree, source) : []),
	};
	const surfaces = sites.map(site => siteSurface(site, context, () => site));
	const drafts = [...[...named.values()].map(({ draft }) => draft), ...sites.map(({ draft }) => draft)];
	const fragment =
		sites.length === 0 && tree.nature !== 'v1' && tree.nature !== 'template' ? compileFragment(tree, folder, order, nextId) : null;
	if (fragment !== null) {
		drafts.push(fragment);
		const label = source.path.slice(source.path.lastIndexOf('/') + 1);
		surfaces.push(fragmentSurface(fragment, fragmentPlace(tree, source), label, context));
	}
	return { sites, drafts, surfaces, context };
}

/** The directives of a file that is only imported, and the snippets of a file without sites. */
function compileFragment(tree: CaddyfileTree, folder: string, order: ReadonlyMap<string, number>, nextId: () => string): SiteDraft | null {
	const blocks = [tree.fragment, ...tree.snippets.map(({ body }) => body.lines)].filter(lines => 0 < lines.length);
	if (blocks.length === 0) return null;
	const draft = createSiteDraft(blocks.flat(), folder, nextId);
	for (const lines of blocks) compileDirectives(lines, siteScope(draft, order, createGroupCounter()));
	return draft;
}

/**
 * Whether a replacement can touch the Server field. It then changes the one value all answers of the process share (server.go,
 * `serverHeader`; headers.go, `ApplyTo`), so that every later answer of any site starts with the changed value.
 */
export function replacesServer({ operations }: SiteDraft): boolean {
	return operations.some(
		({ action, direction, name }) => action === 'replace' && direction === 'response' && (name === 'Server' || name === '*'),
	);
}

function fragmentPlace(tree: CaddyfileTree, source: SourceText): Place {
	const first = tree.fragment[0]?.name.place ?? tree.snippets[0]?.nameToken.place;
	return first ?? { path: source.path, span: { start: 0, end: 0 } };
}

/** The `local_certs` option of the file, or null. */
export function localCertificates(tree: CaddyfileTree): Place | null {
	return tree.globalOptions?.lines.find(({ name }) => name.text === 'local_certs')?.place ?? null;
}

/** The servers each site stands on, by the number of the site. */
export function bySite(servers: readonly Server[]): ReadonlyMap<number, readonly Server[]> {
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
		operations: new Map(compiled.drafts.flatMap(tokensById)),
		observations: new Map(compiled.drafts.flatMap(({ observedLines }) => [...observedLines])),
		sites: new Map(compiled.surfaces.map(({ id }, index) => [id, compiled.sites[index]?.block ?? null])),
	};
}

/** The tokens of a draft's operations by their ids, for the writer of fixes. */
export function tokensById({ operations, operationTokens }: SiteDraft): readonly (readonly [string, OperationTokens])[] {
	return operations.flatMap(({ id }, index) => {
		const tokens = operationTokens[index];
		return tokens === undefined ? [] : [[id, tokens] as const];
	});
}
