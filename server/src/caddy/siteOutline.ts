import type { CompiledSite } from './compiledSite';
import type { SiteDraft } from './siteDraft';

/**
 * A compiled site without its routes and without what is needed to write fixes: what the sites of a large file have to know of each
 * other. Its operations are those of the site itself. Its lists are copies: V8 would notice that all lists made there are kept, and put those of
 * every site that is compiled later where only full collections look.
 */
export function outlineOf({ index, block, keys, draft }: CompiledSite): CompiledSite {
	return { index, block, keys: keys.map(key => ({ ...key })), draft: draftOutline(draft), values: [], onListener: false };
}

function draftOutline(draft: SiteDraft): SiteDraft {
	return {
		...draft,
		operations: [...draft.operations],
		upstreams: [...draft.upstreams],
		staticRoots: [...draft.staticRoots],
		binds: [...draft.binds],
		traits: { ...draft.traits },
		known: [],
		observations: [],
		operationTokens: [],
		observedLines: noLines,
		samples: [],
		invokes: draft.invokes.size === 0 ? noNames : draft.invokes,
		deferredGroups: [],
		errorRoutes: [],
		unknowns: [],
	};
}

// One for all: an empty map takes more than most of what is kept of a site.
const noLines: SiteDraft['observedLines'] = new Map();
const noNames: SiteDraft['invokes'] = new Set();
