import { allDirectives } from '../caddyfile/blocks';
import type { Section } from '../caddyfile/sections';
import { findGlobalProblems, findRouteProblems, findSiteProblems, repeatedRoutes } from '../caddyfile/setup';
import { optionFacts } from '../caddyfile/setupAddresses';
import { writeCaddyfileFix } from '../fixes/caddyfileWriter';
import type { DocumentAnalysis, SyntaxProblem } from '../model/analysis';
import { sentLines, settingOperations } from '../model/sentHeaders';
import type { Surface } from '../model/surface';
import { tokensById } from './analyze';
import type { CompiledSite } from './compiledSite';
import { invokedRoutes } from './namedRoutes';
import { observeInvokes } from './observeInvokes';
import { looksAtOtherSites } from './observeStructure';
import type { SectionScope } from './sectionScope';
import { siteSurface } from './surfaces';

/** One section of a file with what is known of it. */
export interface Part {
	readonly section: Section;
	/** Where the section begins in the file, a UTF-16 offset. */
	start: number;
	/** Its surface, if it is a site, and its mistakes, in places of sections. */
	readonly analysis: Pick<DocumentAnalysis, 'source' | 'surfaces' | 'problems' | 'comments' | 'write'>;
	/** What decides on listeners: two sites with the same are interchangeable there. */
	readonly listening: string;
	/** What of the rest of the file its findings depend on; as long as it is the same, they hold. */
	readonly circumstances: string;
	/** What rules about all sites together may see of it. */
	readonly face: string;
}

/** Analyses a section within its file. */
export function createPart(section: Section, site: CompiledSite | null, scope: SectionScope, start: number): Part {
	const surface = site === null ? null : siteSurface(site, scope.context);
	const { context, settings } = scope;
	let face: string | undefined;
	const write: DocumentAnalysis['write'] = intent => {
		const drafts = site === null ? [] : [site.draft, ...invokedRoutes(site.draft, scope.named).map(({ draft }) => draft)];
		return writeCaddyfileFix(intent, {
			path: section.path,
			tree: context.tree,
			text: path => scope.textOf(path) ?? settings.options.files.read(path),
			operations: new Map(drafts.flatMap(tokensById)),
			observations: new Map(drafts.flatMap(({ observedLines }) => [...observedLines])),
			sites: new Map(surface === null || site === null ? [] : [[surface.id, site.block]]),
		});
	};
	return {
		section,
		start,
		analysis: {
			source: context.source,
			surfaces: surface === null ? [] : [surface],
			problems: problemsOf(section, scope),
			comments: [],
			write,
		},
		listening: site === null ? '' : listeningOf(site),
		circumstances: surface === null || site === null ? scope.key : circumstancesOf(section, surface, site, scope),
		get face() {
			face ??= surface === null ? '' : faceOf(surface);
			return face;
		},
	};
}

function problemsOf(section: Section, { routeInvokes, settings, context: { tree } }: SectionScope): readonly SyntaxProblem[] {
	const { block, trailing, problems } = section;
	const version = settings.options.caddyVersion;
	const context = { complete: true, version, trailing, options: optionFacts(tree.globalOptions) };
	if (block.kind === 'site') return [...problems, ...findSiteProblems(block.site, { ...context, routes: routeInvokes })];
	if (block.kind === 'globals') return [...problems, ...findGlobalProblems(block.body, context)];
	if (block.kind !== 'named-route') return problems;
	const repeated = version === 'next' ? repeatedRoutes(tree.namedRoutes).filter(({ place }) => place.path === section.path) : [];
	return [...problems, ...findRouteProblems(block.route, context), ...repeated];
}

function listeningOf({ block, draft }: CompiledSite): string {
	return JSON.stringify([block.keys.map(({ text }) => text), draft.binds, draft.traits.tls, replaces(draft), [...draft.invokes]]);
}

function replaces({ operations }: CompiledSite['draft']): boolean {
	return operations.some(({ action }) => action === 'replace');
}

/** Whether a placeholder for an argument is left in its text: how that is mended depends on all imports of the snippet. */
function lacksArguments({ block }: CompiledSite): boolean {
	for (const { name, args } of allDirectives(block.body.lines))
		if (name.text.includes('{args') || args.some(({ text }) => text.includes('{args'))) return true;
	return false;
}

function circumstancesOf({ uses }: Section, { hosts, transport }: Surface, site: CompiledSite, scope: SectionScope): string {
	const others = looksAtOtherSites(site.block) ? scope.context.tree.sites.flatMap(({ keys }) => keys.map(({ text }) => text)) : [];
	return JSON.stringify([
		scope.key,
		hosts.map(({ scheme, port }) => [scheme, port]),
		transport,
		scope.context.replacesServer,
		site.index === 0 ? scope.fileKey : '',
		others,
		0 < uses.length && lacksArguments(site) ? scope.argumentKey : '',
		observeInvokes(site, scope.context).flatMap(observation => (observation.kind === 'nested-invoke' ? observation.names : [])),
	]);
}

/** What rules/hsts asks of the sites of a domain, and of those that share a line (evidence.ts, sharedLine.ts, hsts-preload-stale-ack.ts). */
function faceOf(surface: Surface): string {
	const plain = surface.hosts.some(({ scheme, port }) => scheme === 'http' || port === 80);
	return JSON.stringify([
		surface.hosts.map(({ name, port, scheme }) => [name, port, scheme]),
		surface.complete,
		surface.upstreams.map(({ dial, removes, protocol }) => [dial, removes, protocol]),
		settingOperations(surface, 'strict-transport-security').map(({ place, value, action, timing }) => [
			place.path === surface.place.path ? '' : place,
			value?.text,
			action,
			timing,
		]),
		surface.observations.some(({ kind }) => kind === 'internal-certificate'),
		plain ? surface.responses.map(response => [response.outcome, sentLines(response, 'location').map(({ value }) => value.text)]) : [],
	]);
}
