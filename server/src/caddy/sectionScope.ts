import type { Section, SectionSettings } from '../caddyfile/sections';
import { type RouteInvokes, routeInvokes } from '../caddyfile/setup';
import type { CaddyfileTree, SiteBlock } from '../caddyfile/tree';
import type { CaddyObservation } from '../model/caddyObservation';
import type { SourceText } from '../text/source';
import { bySite, localCertificates, replacesServer } from './analyze';
import { type CompiledSite, compileSite } from './compiledSite';
import { arrangeRoutes, directiveOrder } from './directiveOrder';
import { folderOf } from './folder';
import { readGlobalOptions } from './globalOptions';
import { type CompiledRoute, compileNamedRoutes } from './namedRoutes';
import { observeDefinitions } from './observeStructure';
import { joinedLines } from './observeWriting';
import { buildServers } from './servers';
import { createGroupCounter, type GroupCounter } from './siteDraft';
import { sortErrorRoutes } from './siteRoutes';
import type { SurfaceContext } from './surfaces';

/** What the sections of one file share, and the site blocks compiled against each other. */
export interface SectionScope {
	readonly settings: SectionSettings;
	/** In file order. */
	readonly sections: readonly Section[];
	readonly routeInvokes: RouteInvokes;
	readonly context: SurfaceContext;
	/** The compiled site blocks, by the path of their section. */
	readonly sites: Map<string, CompiledSite>;
	readonly named: ReadonlyMap<string, CompiledRoute>;
	/** Names the global options, named routes and whatever else every site depends on; other text, other key. */
	readonly key: string;
	/** The same for what the file's first site carries for the whole file. */
	readonly fileKey: string;
	/** The same for what sites lack that import snippets. */
	readonly argumentKey: string;
	/** The text of a section; null where there is none of that path. */
	textOf(path: string): string | null;
	/** Puts a changed site in the place of the one it was made from. Its addresses and listeners are the same. */
	replace(old: Section, section: Section): CompiledSite | null;
}

/** Compiles the sections of a file against each other. Null without a site. */
export function createSectionScope(sections: readonly Section[], settings: SectionSettings, source: SourceText): SectionScope | null {
	const row = [...sections];
	const texts = new Map(row.map(section => [section.path, section]));
	const { globals, snippets, routes } = byKind(row);
	const tree = liveTree(row);
	const globalBody = globals?.block.kind === 'globals' ? globals.block.body : null;
	const options = readGlobalOptions(globalBody);
	const order = directiveOrder(globalBody?.lines ?? []);
	const folder = folderOf(settings.path);
	const groups = createGroupCounter();
	const named = compileNamedRoutes(tree.namedRoutes, folder, order, operationIds('routes'));
	const compile = (section: Section, site: SiteBlock, index: number): CompiledSite =>
		compileSite(site, index, folder, order, groups, operationIds(section.path));
	const sites = new Map<string, CompiledSite>();
	for (const section of row) {
		const { block } = section;
		if (block.kind === 'site') sites.set(section.path, compile(section, block.site, sites.size));
	}
	const [first] = sites.values();
	if (first === undefined) return null;
	const compiled = [...sites.values()];
	const servers = buildServers(compiled, options, order, groups);
	const changesServer = [...compiled.map(({ draft }) => draft), ...[...named.values()].map(({ draft }) => draft)].some(replacesServer);
	const ofFile = (): readonly CaddyObservation[] => [
		...row.flatMap(section => (section.block.kind === 'site' ? [] : [...joinedLines(section.comments, section)])),
		...observeDefinitions(tree),
	];
	const context: SurfaceContext = {
		path: settings.path,
		options,
		servers,
		serversBySite: bySite(servers),
		order,
		named,
		replacesServer: changesServer,
		environment: settings.options.env,
		version: settings.options.caddyVersion,
		complete: true,
		localCertificates: localCertificates(tree),
		tree,
		source,
		ofFile: ({ index, block }) => {
			const own = sectionOf(block, texts);
			return [...(own === undefined ? [] : joinedLines(own.comments, own)), ...(index === first.index ? ofFile() : [])];
		},
	};
	const uses = useCounts(row);
	return {
		settings,
		sections: row,
		routeInvokes: routeInvokes(tree.namedRoutes),
		context,
		sites,
		named,
		key: JSON.stringify([globals?.path ?? '', routes.map(({ path }) => path), changesServer]),
		fileKey: JSON.stringify([snippets.map(({ path }) => path), [...uses]]),
		argumentKey: JSON.stringify(row.flatMap(section => section.uses.map((name, at) => [name, section.given[at]]))),
		textOf: path => texts.get(path)?.text ?? null,
		replace: (old, section) => {
			const before = sites.get(old.path);
			const at = row.indexOf(old);
			if (before === undefined || at < 0 || section.block.kind !== 'site') return null;
			const site = compile(section, section.block.site, before.index);
			arrangeAsOnListeners(site, context, groups);
			row[at] = section;
			texts.delete(old.path);
			texts.set(section.path, section);
			sites.delete(old.path);
			sites.set(section.path, site);
			return site;
		},
	};
}

/** What building the servers does to a site in passing: Caddy's sort is not the same when it is done twice. */
function arrangeAsOnListeners(site: CompiledSite, context: SurfaceContext, groups: GroupCounter): void {
	for (const _server of context.serversBySite.get(site.index) ?? []) {
		site.onListener = true;
		arrangeRoutes(site.values, context.order, groups, true);
		if (0 < site.draft.errorRoutes.length) sortErrorRoutes(site.draft.errorRoutes);
	}
}

function byKind(sections: readonly Section[]) {
	return {
		globals: sections.find(({ block }) => block.kind === 'globals'),
		snippets: sections.filter(({ block }) => block.kind === 'snippet'),
		routes: sections.filter(({ block }) => block.kind === 'named-route'),
	};
}

/** How often each snippet is used, by name. */
function useCounts(sections: readonly Section[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const { uses } of sections) for (const name of uses) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}

/** The tree of the whole file as its sections stand; put together when it is asked for. */
function liveTree(sections: readonly Section[]): CaddyfileTree {
	const blocks = <Kind extends Section['block']['kind']>(kind: Kind) =>
		sections.flatMap(({ block }) => (isKind(block, kind) ? [block] : []));
	return {
		get sites() {
			return blocks('site').map(({ site }) => site);
		},
		get globalOptions() {
			// They can only stand first; each part asks, so that looking through all sections would take the square of their number.
			const block = sections[0]?.block;
			return block?.kind === 'globals' ? block.body : null;
		},
		get snippets() {
			const uses = useCounts(sections);
			return blocks('snippet').map(({ snippet }) => ({ ...snippet, uses: uses.get(snippet.name) ?? 0 }));
		},
		get namedRoutes() {
			return blocks('named-route').map(({ route }) => route);
		},
		get imports() {
			return sections.flatMap(({ imports }) => imports);
		},
		problems: [],
		comments: [],
		dependencies: [],
		nature: 'caddyfile',
		fragment: [],
		complete: true,
	};
}

function isKind<Kind extends Section['block']['kind']>(
	block: Section['block'],
	kind: Kind,
): block is Extract<Section['block'], { readonly kind: Kind }> {
	return block.kind === kind;
}

function sectionOf({ place }: SiteBlock, sections: ReadonlyMap<string, Section>): Section | undefined {
	return sections.get(place.path);
}

function operationIds(prefix: string): () => string {
	let count = 0;
	return () => `${prefix}#${count++}`;
}
