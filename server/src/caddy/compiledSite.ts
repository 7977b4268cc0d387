import { parseSiteAddress, type SiteAddress } from '../caddyfile/siteAddress';
import type { SiteBlock, Token } from '../caddyfile/tree';
import type { HeaderOperation } from '../model/operation';
import { ANY_TEXT } from '../model/value';
import { compileDirectives } from './compileBlock';
import { type CompileScope, createSiteDraft, type DirectiveRoutes, type GroupCounter, type SiteDraft } from './siteDraft';

/** A site block with its addresses and the routes of its directives. */
export interface CompiledSite {
	/** Its number among the site blocks of the file. */
	readonly index: number;
	readonly block: SiteBlock;
	readonly keys: readonly SiteKey[];
	readonly draft: SiteDraft;
	/** Whether it stands on a listener: not so where all its addresses are unknown. */
	onListener: boolean;
	/** Sorted in place when servers are built. */
	readonly values: DirectiveRoutes[];
}

export interface SiteKey {
	readonly token: Token;
	/** Unset `{$NAME}` are `ANY_TEXT` in its parts. */
	readonly address: SiteAddress;
	/** True where an unset `{$NAME}` decides about host and port together: then the listener is not known. */
	readonly floating: boolean;
}

/** Compiles one site block. Unreadable addresses are left out. `known`: see `SiteDraft`. */
export function compileSite(
	block: SiteBlock,
	index: number,
	folder: string,
	order: ReadonlyMap<string, number>,
	groups: GroupCounter,
	nextId: () => string,
	known: readonly HeaderOperation[] = [],
): CompiledSite {
	const draft = createSiteDraft(block.body.lines, folder, nextId, known);
	const scope = siteScope(draft, order, groups);
	const values = compileDirectives(block.body.lines, scope);
	const keys: SiteKey[] = [];
	for (const token of block.keys) {
		const address = parseSiteAddress(withoutEnvironment(token));
		if (address !== null)
			keys.push({ token, address, floating: address.host === ANY_TEXT && address.port === '' && address.scheme === '' });
	}
	return { index, block, keys, draft, values, onListener: false };
}

/** The scope of a site's or fragment's own directives. */
export function siteScope(draft: SiteDraft, order: ReadonlyMap<string, number>, groups: GroupCounter): CompileScope {
	return {
		site: draft,
		matchers: { own: new Map(), outer: null },
		requests: null,
		groups,
		order,
		root: null,
		mount: '',
		sample: null,
		forErrors: false,
		grpc: false,
		depth: 0,
		topLevel: true,
	};
}

/** A token's text with every unset `{$NAME}` as `ANY_TEXT`. */
function withoutEnvironment(token: Token): string {
	let text = '';
	let copied = 0;
	for (const { start, end } of token.environment) {
		text += token.text.slice(copied, start) + ANY_TEXT;
		copied = end;
	}
	return text + token.text.slice(copied);
}
