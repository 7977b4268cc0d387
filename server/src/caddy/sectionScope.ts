import type { Section, SectionSettings } from '../caddyfile/sections';
import { type RouteInvokes, routeInvokes } from '../caddyfile/setup';
import type { Block, CaddyfileTree, SiteBlock } from '../caddyfile/tree';
import type { SyntaxProblem } from '../model/analysis';
import type { CaddyObservation } from '../model/caddyObservation';
import type { HeaderOperation } from '../model/operation';
import type { SourceText } from '../text/source';
import { bySite, localCertificates, replacesServer } from './analyze';
import { type CompiledSite, compileSite } from './compiledSite';
import { arrangeRoutes, directiveOrder } from './directiveOrder';
import { folderOf } from './folder';
import { readGlobalOptions } from './globalOptions';
import { type CompiledRoute, compileNamedRoutes } from './namedRoutes';
import { observeDefinitions } from './observeStructure';
import { joinedLines } from './observeWriting';
import { problemsOf } from './sectionProblems';
import { liveTree, useCounts } from './sectionTree';
import { buildServers } from './servers';
import { createGroupCounter, type GroupCounter } from './siteDraft';
import { outlineOf } from './siteOutline';
import { sortErrorRoutes } from './siteRoutes';
import type { SurfaceContext } from './surfaces';

/** What the sections of one file share, and the site blocks compiled against each other. */
export interface SectionScope {
	readonly settings: SectionSettings;
	/** In file order. */
	readonly sections: readonly Section[];
	readonly context: SurfaceContext;
	/** The outlines of the site blocks, by the path of their section. */
	readonly sites: Map<string, CompiledSite>;
	/** The mistakes within each section, by its path. */
	readonly problems: Map<string, readonly SyntaxProblem[]>;
	readonly named: ReadonlyMap<string, CompiledRoute>;
	/** Names the global options, named routes and whatever else every site depends on; other text, other key. */
	readonly key: string;
	/** The same for what compiling a site by itself depends on. */
	readonly frame: string;
	/** The same for what the file's first site carries for the whole file. */
	readonly fileKey: string;
	/** The same for what sites lack that import snippets. */
	readonly argumentKey: string;
	/** The text of a section; null where there is none of that path. */
	textOf(path: string): string | null;
	/** The site of a section with its routes, compiled again where it was let go. */
	wholeOf(section: Section): CompiledSite;
	/** Lets go of the section's tree and routes, unless all sites of the file are at hand. */
	letGo(section: Section): void;
	/** The tree of the file as one section sees it: its own site is the first to be looked at. */
	treeOf(section: Section): CaddyfileTree;
	/** Puts a changed site in the place of the one it was made from, and answers with its outline. Its addresses and listeners are the same. */
	replace(old: Section, section: Section): CompiledSite | null;
	/** The same for the global options. False, with nothing changed, where they say something else. */
	replaceGlobals(old: Section, section: Section): boolean;
}

/** Of how many sites the tree and the routes are kept: a file with no more of them reads and compiles no site twice. */
export const sitesAtHand = 100;

/**
 * Compiles the sections of a file against each other; what `before` knows of the same sections is taken over. Null without a site, and
 * where there is a null among the sections: one that could not be read. They are taken one by one, so that most can be let go before the
 * next one is read: what is made after thousands of things of its kind were kept, V8 puts where only full collections look.
 */
export function createSectionScope(
	sections: Iterable<Section | null>,
	settings: SectionSettings,
	source: SourceText,
	before?: SectionScope,
): SectionScope | null {
	const row: Section[] = [];
	const tree = liveTree(row);
	const known = before !== undefined && Array.isArray(sections) && before.frame === frameOf(liveTree(sections)) ? before : null;
	let order: ReadonlyMap<string, number> = known?.context.order ?? new Map();
	const folder = folderOf(settings.path);
	const groups = createGroupCounter();
	const compile = (section: Section, site: SiteBlock, index: number, known: readonly HeaderOperation[] = []): CompiledSite =>
		compileSite(site, index, folder, order, groups, operationIds(section.path), known);
	let invokes: RouteInvokes = new Map();
	const mistakesOf = (section: Section): readonly SyntaxProblem[] => problemsOf(section, tree, invokes, settings);
	const texts = new Map<string, Section>();
	const sites = new Map<string, CompiledSite>();
	const problems = new Map<string, readonly SyntaxProblem[]>();
	/** Those whose mistakes were not known. */
	const fresh: Section[] = [];
	/** The sites that are at hand with their routes, by the path of their section. */
	const wholes = new Map<string, Whole>();
	const keepWhole = (section: Section, site: CompiledSite): void => {
		const whole = wholes.get(section.path) ?? createWhole(section);
		whole.site = site;
		wholes.set(section.path, whole);
		settings.recent.add(whole.letGo);
	};
	const letGoOf = ({ path }: Section): void => {
		const whole = wholes.get(path);
		if (whole !== undefined) settings.recent.release(whole.letGo);
	};
	for (const section of sections) {
		if (section === null) return null;
		if (row.push(section) === 1) order = directiveOrder(tree.globalOptions?.lines ?? []);
		const { block, path } = section;
		texts.set(path, section);
		const index = sites.size;
		const outline = known?.sites.get(path);
		const mistakes = known?.problems.get(path);
		problems.set(path, mistakes ?? mistakesOf(section));
		if (mistakes === undefined) fresh.push(section);
		if (block.kind !== 'site') continue;
		if (outline !== undefined) {
			sites.set(path, outline.index === index ? outline : { ...outline, index });
			continue;
		}
		const site = compile(section, block.site, index);
		sites.set(path, outlineOf(site));
		if (settings.recent.hasRoom) keepWhole(section, site);
		else section.letGo();
	}
	const [first] = sites.values();
	if (first === undefined) return null;
	// Whether a named route is there is known only now.
	const routes = tree.namedRoutes;
	invokes = routeInvokes(routes);
	if (0 < routes.length) for (const section of fresh) problems.set(section.path, mistakesOf(section));
	const named = compileNamedRoutes(routes, folder, order, operationIds('routes'));
	const options = readGlobalOptions(tree.globalOptions);
	const outlines = [...sites.values()];
	// Nobody asks a file that is read in sections for the routes of a whole server.
	const servers = buildServers(outlines, options, order, groups).map(server => ({ ...server, routes: [], errorRoutes: [] }));
	const changesServer = [...outlines.map(({ draft }) => draft), ...[...named.values()].map(({ draft }) => draft)].some(replacesServer);
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
	for (const { site } of wholes.values()) if (site !== null) arrangeAsOnListeners(site, context, groups);
	const frame = frameOf(tree);
	return {
		settings,
		sections: row,
		context,
		sites,
		problems,
		named,
		key: JSON.stringify([frame, changesServer]),
		frame,
		argumentKey: JSON.stringify(row.flatMap(section => section.uses.map((name, at) => [name, section.given[at]]))),
		get fileKey() {
			const shared = row.flatMap(({ block, path }) => (block.kind === 'site' ? [] : [path]));
			return JSON.stringify([shared, [...useCounts(row)]]);
		},
		textOf: path => texts.get(path)?.text ?? null,
		wholeOf: section => {
			const made = wholes.get(section.path)?.site ?? null;
			if (made !== null) return made;
			const outline = sites.get(section.path);
			if (outline === undefined) throw new Error('a section without a site has no routes');
			const site = compile(section, outline.block, outline.index, outline.draft.operations);
			arrangeAsOnListeners(site, context, groups);
			keepWhole(section, site);
			return site;
		},
		letGo: section => {
			if (sitesAtHand < sites.size) letGoOf(section);
		},
		replaceGlobals: (old, section) => {
			const at = row.indexOf(old);
			if (at < 0) return false;
			row[at] = section;
			if (frameOf(tree) !== frame) {
				row[at] = old;
				return false;
			}
			for (const held of [texts, problems]) held.delete(old.path);
			texts.set(section.path, section);
			problems.set(section.path, mistakesOf(section));
			return true;
		},
		treeOf: section => liveTree(row, section),
		replace: (old, section) => {
			const replaced = sites.get(old.path);
			const at = row.indexOf(old);
			if (replaced === undefined || at < 0 || section.block.kind !== 'site') return null;
			const site = compile(section, section.block.site, replaced.index);
			arrangeAsOnListeners(site, context, groups);
			keepWhole(section, site);
			const outline = outlineOf(site);
			row[at] = section;
			letGoOf(old);
			for (const held of [texts, sites, problems, wholes]) held.delete(old.path);
			texts.set(section.path, section);
			sites.set(section.path, outline);
			problems.set(section.path, mistakesOf(section));
			return outline;
		},
	};
}

/** The place of a site with its routes; null while it is not at hand. */
interface Whole {
	site: CompiledSite | null;
	readonly letGo: () => void;
}

function createWhole(section: Section): Whole {
	const whole: Whole = {
		site: null,
		letGo: () => {
			whole.site = null;
			section.letGo();
		},
	};
	return whole;
}

/** What compiling a site by itself depends on. */
function frameOf(tree: CaddyfileTree): string {
	return JSON.stringify([wordsOf(tree.globalOptions), localCertificates(tree), tree.namedRoutes.map(({ place }) => place.path)]);
}

/** The words of the global options, line by line. */
function wordsOf(block: Block | null): unknown {
	return block?.lines.map(({ name, args, block: inner }) => [name.text, ...args.map(({ text }) => text), wordsOf(inner)]) ?? null;
}

/** What building the servers does to a site in passing: Caddy's sort is not the same when it is done twice. */
function arrangeAsOnListeners(site: CompiledSite, context: SurfaceContext, groups: GroupCounter): void {
	for (const _server of context.serversBySite.get(site.index) ?? []) {
		site.onListener = true;
		arrangeRoutes(site.values, context.order, groups, true);
		if (0 < site.draft.errorRoutes.length) sortErrorRoutes(site.draft.errorRoutes);
	}
}

function sectionOf({ place }: SiteBlock, sections: ReadonlyMap<string, Section>): Section | undefined {
	return sections.get(place.path);
}

function operationIds(prefix: string): () => string {
	let count = 0;
	return () => `${prefix}#${count++}`;
}
