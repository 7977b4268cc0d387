import type { Section } from '../caddyfile/sections';
import { writeCaddyfileFix } from '../fixes/caddyfileWriter';
import type { DocumentAnalysis } from '../model/analysis';
import { sentLines, settingOperations } from '../model/sentHeaders';
import type { Surface } from '../model/surface';
import { tokensById } from './analyze';
import type { CompiledSite } from './compiledSite';
import { keptSurface } from './keptSurface';
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
	/** Its number among the sites of the file; null where it is none. */
	readonly index: number | null;
	/** Its surface, if it is a site, and its mistakes, in places of sections. */
	readonly analysis: SectionAnalysis;
	/** What decides on listeners: two sites with the same are interchangeable there. */
	readonly listening: string;
	/** What of the rest of the file its findings depend on; as long as it is the same, they hold. */
	readonly circumstances: string;
	/** What rules about all sites together may see of it. */
	readonly face: string;
	/** The analysis to judge the section by: what rules work out of its surface is let go with it. */
	closely(): SectionAnalysis;
	/** Lets go of what was made for that, in a file of so many sites that it would not stay at hand. */
	letGo(): void;
}

export type SectionAnalysis = Pick<DocumentAnalysis, 'source' | 'surfaces' | 'problems' | 'comments' | 'write'>;

/** The scope that the parts of a file stand in; another one once they were arranged anew. */
export interface Surroundings {
	scope: SectionScope;
}

/** Analyses a section within its file. */
export function createPart(section: Section, around: Surroundings, start: number): Part {
	return new SectionPart(section, around, start);
}

/** A class, since a file may have thousands, and each closure of each of them would stay in memory. */
class SectionPart implements Part {
	readonly section: Section;
	start: number;
	readonly index: number | null;
	readonly analysis: SectionAnalysis;
	readonly listening: string;
	readonly circumstances: string;
	readonly #around: Surroundings;
	#face: string | null = null;

	constructor(section: Section, around: Surroundings, start: number) {
		this.section = section;
		this.start = start;
		this.#around = around;
		const { scope } = around;
		const site = scope.sites.get(section.path) ?? null;
		const near = this.#near();
		const surface = near === null ? null : keptSurface(near, () => this.#near());
		this.index = site?.index ?? null;
		this.analysis = this.#analysisWith(surface === null ? [] : [surface]);
		this.listening = site === null ? '' : listeningOf(site);
		this.circumstances =
			surface === null || site === null ? scope.key : circumstancesOf(section, surface, site, () => this.#whole(), scope);
	}

	get face(): string {
		const [surface] = this.analysis.surfaces;
		this.#face ??= surface === undefined ? '' : faceOf(surface);
		return this.#face;
	}

	closely(): SectionAnalysis {
		const near = this.#near();
		return this.#analysisWith(near === null ? [] : [near]);
	}

	letGo(): void {
		this.#around.scope.letGo(this.section);
	}

	#whole(): CompiledSite {
		return this.#around.scope.wholeOf(this.section);
	}

	/** The surface with all that is worked out of it. */
	#near(): Surface | null {
		const { sites, context } = this.#around.scope;
		const outline = sites.get(this.section.path);
		return outline === undefined ? null : siteSurface(outline, context, () => this.#whole());
	}

	#analysisWith(surfaces: readonly Surface[]): SectionAnalysis {
		const { context, problems } = this.#around.scope;
		const found = problems.get(this.section.path) ?? [];
		return { source: context.source, surfaces, problems: found, comments: [], write: intent => this.#write(intent) };
	}

	#write(intent: Parameters<DocumentAnalysis['write']>[0]): ReturnType<DocumentAnalysis['write']> {
		const { context, named, settings, textOf, treeOf } = this.#around.scope;
		const [surface] = this.analysis.surfaces;
		const whole = surface === undefined ? null : this.#whole();
		const drafts = whole === null ? [] : [whole.draft, ...invokedRoutes(whole.draft, named).map(({ draft }) => draft)];
		return writeCaddyfileFix(intent, {
			path: this.section.path,
			tree: whole === null ? context.tree : treeOf(this.section),
			text: path => textOf(path) ?? settings.options.files.read(path),
			operations: new Map(drafts.flatMap(tokensById)),
			observations: new Map(drafts.flatMap(({ observedLines }) => [...observedLines])),
			sites: new Map(surface === undefined || whole === null ? [] : [[surface.id, whole.block]]),
		});
	}
}

function listeningOf({ block, draft }: CompiledSite): string {
	return JSON.stringify([block.keys.map(({ text }) => text), draft.binds, draft.traits.tls, replaces(draft), [...draft.invokes]]);
}

function replaces({ operations }: CompiledSite['draft']): boolean {
	return operations.some(({ action }) => action === 'replace');
}

function circumstancesOf(
	section: Section,
	{ hosts, transport }: Surface,
	site: CompiledSite,
	wholeOf: () => CompiledSite,
	scope: SectionScope,
): string {
	const others = looksAtOtherSites(site.block) ? scope.context.tree.sites.flatMap(({ keys }) => keys.map(({ text }) => text)) : [];
	return JSON.stringify([
		scope.key,
		hosts.map(({ scheme, port }) => [scheme, port]),
		transport,
		scope.context.replacesServer,
		site.index === 0 ? scope.fileKey : '',
		others,
		section.lacksArguments ? scope.argumentKey : '',
		(site.draft.invokes.size === 0 ? [] : observeInvokes(wholeOf(), scope.context)).flatMap(observation =>
			observation.kind === 'nested-invoke' ? observation.names : [],
		),
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
		surface.internalCertificate !== undefined,
		plain ? surface.responses.map(response => [response.outcome, sentLines(response, 'location').map(({ value }) => value.text)]) : [],
	]);
}
