import { allDirectives } from '../caddyfile/blocks';
import type { Directive, SiteBlock, Token } from '../caddyfile/tree';
import type { CaddyObservation } from '../model/caddyObservation';
import type { Place } from '../text/span';
import { removedFields, setFields } from './headerLines';
import { observationId } from './observationId';

/** Matchers of `header` directives that no request can fit, or only the root (matchers.go MatchPath, 2.11.4; spec/caddy.md section 3). */
export function observeMatchers(site: SiteBlock): readonly CaddyObservation[] {
	const found: CaddyObservation[] = [];
	visit(site.body.lines, { path: null, stripped: null }, definitionsOf(site), site, found);
	return found;
}

/** The requests that reach a block, as far as its `handle` lines say. */
interface Reach {
	/** The path pattern of the innermost `handle`, or null. */
	readonly path: string | null;
	/** The prefix that a `handle_path` has taken off, or null. */
	readonly stripped: string | null;
}

function definitionsOf(site: SiteBlock): ReadonlyMap<string, Directive> {
	const definitions = new Map<string, Directive>();
	for (const directive of allDirectives(site.body.lines))
		if (directive.name.text.startsWith('@')) definitions.set(directive.name.text, directive);
	return definitions;
}

function visit(
	lines: readonly Directive[],
	reach: Reach,
	definitions: ReadonlyMap<string, Directive>,
	site: SiteBlock,
	found: CaddyObservation[],
): void {
	for (const line of lines) {
		const { name, args, block } = line;
		const [first] = args;
		if (name.text === 'header' && first !== undefined) observeHeader(line, first, reach, definitions, site, found);
		if (block === null) continue;
		const pattern = first?.text.startsWith('/') === true ? first.text : null;
		if (name.text === 'handle' || name.text === 'route')
			visit(block.lines, pattern === null ? reach : { ...reach, path: pattern }, definitions, site, found);
		else if (name.text === 'handle_path')
			visit(block.lines, { path: null, stripped: pattern?.replace(/\/?\*$/, '') ?? null }, definitions, site, found);
		else if (name.text === 'handle_errors') visit(block.lines, { path: null, stripped: null }, definitions, site, found);
	}
}

function observeHeader(
	line: Directive,
	first: Token,
	reach: Reach,
	definitions: ReadonlyMap<string, Directive>,
	site: SiteBlock,
	found: CaddyObservation[],
): void {
	const { place } = first;
	const headers = setFields(line);
	const removes = removedFields(line);
	if (headers.length === 0 || 0 < first.environment.length) return;
	if (first.text === '/' && reach.path === null && reach.stripped === null) {
		found.push({ kind: 'matches-root-only', id: observationId('matches-root-only', place), place, headers, removes });
		return;
	}
	const reason = first.text.startsWith('@')
		? whyNamed(definitions.get(first.text), reach, site)
		: first.text.startsWith('/')
			? whyPath(first.text, reach)
			: null;
	if (reason === null) return;
	const named = first.text.startsWith('@') ? first.text : null;
	const remedy = named === null ? strippedRemedy(first, reach) : slashRemedy(definitions.get(named));
	found.push({
		kind: 'never-matches',
		id: observationId('never-matches', place),
		place,
		reason,
		remedy: remedy === null ? null : { ...remedy, matcher: named },
		headers,
		// What is written where the matcher is defined counts for all that use it.
		removes:
			named === null ? removes : [...allDirectives(site.body.lines)].filter(other => usesMatcher(other, named)).flatMap(removedFields),
	});
}

function usesMatcher({ name, args }: Directive, matcher: string): boolean {
	return name.text === 'header' && args[0]?.text === matcher;
}

/** Why a path pattern fits no request that gets here; null where it may. */
function whyPath(pattern: string, { path, stripped }: Reach): string | null {
	if (stripped !== null && stripped !== '' && (pattern === stripped || pattern.startsWith(`${stripped}/`)))
		return `handle_path has already taken ${stripped} off the path`;
	if (path === null || /[*{]/.test(pattern.slice(0, -1)) || /[*{]/.test(path.slice(0, -1))) return null;
	const [inner, outer] = [pattern, path].map(text => text.replace(/\*$/, '').toLowerCase());
	if (inner === undefined || outer === undefined) return null;
	const fits =
		(pattern.endsWith('*') && outer.startsWith(inner)) ||
		(path.endsWith('*') && inner.startsWith(outer)) ||
		(inner === outer && pattern.endsWith('*') === path.endsWith('*'));
	return fits ? null : `only requests for ${path} get here`;
}

/** The pattern without the prefix that `handle_path` took off; nothing where it then fits every path. */
function strippedRemedy({ text, inner, exact }: Token, { stripped }: Reach): { readonly place: Place; readonly text: string } | null {
	if (stripped === null || stripped === '' || !exact || !text.startsWith(stripped)) return null;
	const rest = text.slice(stripped.length);
	return { place: inner, text: rest === '/*' || rest === '*' ? '' : rest === '' ? '/' : rest };
}

/** The slash in front of the only pattern of a `path` matcher. */
function slashRemedy(definition: Directive | undefined): { readonly place: Place; readonly text: string } | null {
	const lines = definition?.block?.lines ?? [];
	const words =
		lines.length === 0 ? (definition?.args ?? []) : lines.flatMap(({ name, args }) => (name.text === 'path' ? [name, ...args] : []));
	const [module, pattern, other] = words;
	if (module?.text !== 'path' || pattern === undefined || other !== undefined || !pattern.exact || !/^[\w-]/.test(pattern.text))
		return null;
	return { place: pattern.inner, text: `/${pattern.text}` };
}

function whyNamed(definition: Directive | undefined, reach: Reach, site: SiteBlock): string | null {
	if (definition === undefined) return null;
	const conditions = definition.block?.lines.map(({ name, args }) => ({ module: name.text, values: args })) ?? [
		{ module: definition.args[0]?.text ?? '', values: definition.args.slice(1) },
	];
	for (const { module, values } of conditions) {
		if (values.length === 0 || values.some(value => /[{]/.test(value.text))) continue;
		if (conditions.filter(other => other.module === module).length !== 1) continue;
		if (module === 'path') {
			const reasons = values.map(({ text }) =>
				/^[/*]/.test(text) ? whyPath(text, reach) : `paths begin with a slash, and ${text} does not`,
			);
			const [reason] = reasons;
			if (reason !== undefined && !reasons.includes(null)) return reason;
		}
		if (module === 'host') {
			const hosts = plainHosts(site);
			if (hosts !== null && values.every(({ text }) => !text.includes('*') && !hosts.includes(text.toLowerCase())))
				return `this site answers for ${hosts.join(', ')} only`;
		}
	}
	return null;
}

/** The hosts of the site's addresses, or null where one of them is open. */
function plainHosts(site: SiteBlock): readonly string[] | null {
	const hosts: string[] = [];
	for (const { text } of site.keys) {
		const host = /^(?:https?:\/\/)?([a-z0-9.-]+)(?::\d+)?$/i.exec(text)?.[1];
		if (host === undefined) return null;
		hosts.push(host.toLowerCase());
	}
	return 0 < hosts.length ? hosts : null;
}
