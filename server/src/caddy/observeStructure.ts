import { allDirectives } from '../caddyfile/blocks';
import { handlerDirectives } from '../caddyfile/directiveNames';
import type { CaddyfileTree, Directive, SiteBlock, Token } from '../caddyfile/tree';
import { isSecurityHeader } from '../headers/names';
import type { CaddyObservation } from '../model/caddyObservation';
import type { SourceText } from '../text/source';
import { removedFields, setFields } from './headerLines';
import { observationId } from './observationId';
import { observeLineBreaks } from './observeLineBreaks';
import { changesPath, observeMatchers, observeRouteMatchers } from './observeMatchers';
import { joinedLines, observeWriting } from './observeWriting';

/**
 * What the text and the nesting of a site show, as far as its headers are concerned; what the routing shows is in `observations.ts`.
 * `tree` is that of its file.
 */
export function observeStructure(site: SiteBlock, tree: CaddyfileTree): readonly CaddyObservation[] {
	return [
		...observeWriting(site.body.lines),
		...observeLineBreaks(site.body.lines),
		...observeMatchers(site, reorders(tree)),
		...neverRunning(site.body.lines),
		...headersInSomeHandles(site),
		...automaticRedirects(site, tree),
	];
}

/**
 * What the text and the nesting of a named route show. `around` are the bodies of the site that invokes it and of the other routes this one
 * invokes: where they leave the path alone, the route sees it as it was asked for.
 */
export function observeRoute(
	lines: readonly Directive[],
	around: readonly (readonly Directive[])[],
	tree: Pick<CaddyfileTree, 'globalOptions'>,
): readonly CaddyObservation[] {
	const changed = around.some(body => body.some(line => changesPath(line, true)));
	return [...observeWriting(lines), ...neverRunning(lines), ...observeRouteMatchers(lines, reorders(tree), changed)];
}

/** Whether the file changes the order of directives, so that `header` need not come first. */
function reorders({ globalOptions }: Pick<CaddyfileTree, 'globalOptions'>): boolean {
	return globalOptions?.lines.some(({ name }) => name.text === 'order') === true;
}

/** What concerns the file as a whole; its first site carries it. */
export function observeFile(tree: CaddyfileTree, source: SourceText): readonly CaddyObservation[] {
	return [...joinedLines(tree.comments, source), ...observeDefinitions(tree)];
}

/** What the named routes and snippets of a file show. */
export function observeDefinitions(tree: CaddyfileTree): readonly CaddyObservation[] {
	return [...namedRoutes(tree), ...unusedSnippets(tree)];
}

/** Whether what `observeStructure` says of the site depends on the addresses of the others. */
export function looksAtOtherSites({ keys }: SiteBlock): boolean {
	return keys.some(catchesPlainHttp);
}

/** Directives that answer every request that reaches them (spec/caddy.md 4.3). */
const answering = new Set(['respond', 'redir', 'abort', 'error', 'reverse_proxy', 'php_fastcgi', 'file_server', 'acme_server', 'metrics']);

/** Whether the directive's first argument is a matcher that lets only some requests through (httptype.go, matcherSetFromMatcherToken). */
export function matcherToken({ args }: Directive): Token | null {
	const [first] = args;
	return first !== undefined && /^[/@]/.test(first.text) ? first : null;
}

/** `header` lines behind a handler that answers, in blocks that keep the order of the file (spec/caddy.md section 8, trap 11). */
function neverRunning(lines: readonly Directive[]): readonly CaddyObservation[] {
	const found: CaddyObservation[] = [];
	for (const { name, block } of allDirectives(lines)) {
		if (name.text !== 'route' || block === null) continue;
		const end = block.lines.find(line => answersAll(line, block.lines));
		if (end === undefined) continue;
		for (const line of block.lines.slice(block.lines.indexOf(end) + 1)) {
			// A snippet's line may well run where else it is imported.
			if (line.name.text !== 'header' || line.name.importedBy.length !== end.name.importedBy.length) continue;
			const { place } = line;
			found.push({
				kind: 'never-runs',
				id: observationId('never-runs', place),
				place,
				after: end.place,
				label: end.name.text,
				headers: setFields(line),
				removes: removedFields(line),
			});
		}
	}
	return found;
}

/** Whether every request that reaches the directive is answered there: by itself, or by the `handle` or `route` for all that it is. */
export function answersAll(line: Directive, siblings: readonly Directive[]): boolean {
	if (matcherToken(line) !== null) return false;
	const { name, block } = line;
	if (answering.has(name.text)) return answersByItself(line);
	// Of several handles in a block only one runs.
	if (name.text === 'handle' ? siblings.some(other => other !== line && other.name.text.startsWith('handle')) : name.text !== 'route')
		return false;
	return block?.lines.some(answersByItself) === true;
}

/**
 * Whether an answering directive lets some requests go on: `php_fastcgi` those for files (it matches `*.php`), `acme_server` all that are
 * not for it, and `reverse_proxy` what a `handle_response` without an answer of its own took (reverseproxy.go, 2.11.4).
 */
function passesThrough({ name, block }: Directive): boolean {
	const lines = block?.lines ?? [];
	if (name.text === 'php_fastcgi' || name.text === 'acme_server') return true;
	if (name.text === 'file_server') return lines.some(line => line.name.text === 'pass_thru');
	const handled = name.text === 'reverse_proxy' ? lines.filter(line => line.name.text === 'handle_response') : [];
	return handled.some(response => response.block?.lines.some(line => answersResponse(line)) !== true);
}

function answersResponse(line: Directive): boolean {
	return answersByItself(line) || (line.name.text === 'copy_response' && matcherToken(line) === null);
}

function answersByItself(line: Directive): boolean {
	return answering.has(line.name.text) && matcherToken(line) === null && !passesThrough(line);
}

/** Security headers that only some of the site's `handle` blocks set. */
function headersInSomeHandles(site: SiteBlock): readonly CaddyObservation[] {
	const handles = site.body.lines.filter(({ name, block }) => (name.text === 'handle' || name.text === 'handle_path') && block !== null);
	const answeringHandles = handles.filter(({ block }) =>
		block?.lines.some(({ name }) => answering.has(name.text) && name.text !== 'redir' && name.text !== 'abort'),
	);
	if (answeringHandles.length < 2) return [];
	const everywhere = new Set(
		site.body.lines
			.filter(line => line.name.text === 'header')
			.flatMap(setFields)
			.map(name => name.toLowerCase()),
	);
	const perHandle = answeringHandles.map(handle => ({
		handle,
		headers: (handle.block?.lines ?? [])
			.filter(line => line.name.text === 'header')
			.flatMap(setFields)
			.filter(name => isSecurityHeader(name) && !everywhere.has(name.toLowerCase())),
	}));
	const without = perHandle.filter(({ headers }) => headers.length === 0);
	const withHeaders = perHandle.filter(({ headers }) => 0 < headers.length);
	const [only] = withHeaders;
	if (withHeaders.length !== 1 || only === undefined || without.length === 0) return [];
	const { handle, headers } = only;
	const place = handle.name.place;
	const label = [handle.name, ...handle.args].map(token => token.text).join(' ');
	return [
		{
			kind: 'headers-in-some-handles',
			id: observationId('headers-in-some-handles', place),
			place,
			label,
			headers: [...new Set(headers)],
			lacking: without.map(({ handle: other }) => other.name.place),
		},
	];
}

/** Sites of other hosts get Caddy's own redirect before a catch-all for port 80 (autohttps.go; spec/caddy.md 4.3). */
function automaticRedirects(site: SiteBlock, tree: CaddyfileTree): readonly CaddyObservation[] {
	const catchAll = site.keys.find(catchesPlainHttp);
	if (
		catchAll === undefined ||
		tree.globalOptions?.lines.some(({ name }) => name.text === 'auto_https' || name.text === 'http_port') === true
	)
		return [];
	const headers = site.body.lines
		.filter(line => line.name.text === 'header')
		.flatMap(setFields)
		.filter(isSecurityHeader);
	const redirects = site.body.lines.some(({ name }) => name.text === 'redir');
	const hosts = tree.sites
		.flatMap(({ keys }) => keys)
		.filter(({ text }) => /^(?:https:\/\/)?[a-z0-9*][a-z0-9.-]*\.[a-z]{2,}(?::443)?$/i.test(text));
	if (headers.length === 0 || !redirects || hosts.length === 0) return [];
	return [
		{
			kind: 'automatic-redirect-first',
			id: observationId('automatic-redirect-first', catchAll.place),
			place: catchAll.place,
			headers: [...new Set(headers)],
			hosts: hosts.map(({ text }) => text),
		},
	];
}

function catchesPlainHttp({ text }: Token): boolean {
	return text === ':80' || text === 'http://' || text === 'http://:80';
}

/** Directives that make several routes, or routes with a group, so that they are not merged into one. */
const manyRoutes = new Set(['handle', 'handle_path', 'root', 'rewrite', 'try_files', 'php_fastcgi', 'forward_auth']);

/** Named routes that keep their first handler only (httptype.go, extractNamedRoutes; spec/caddy.md section 3). */
function namedRoutes(tree: CaddyfileTree): readonly CaddyObservation[] {
	const found: CaddyObservation[] = [];
	for (const { name, nameToken, body } of tree.namedRoutes) {
		if (
			body.lines.length < 2 ||
			body.lines.some(line => line.name.text.startsWith('@') || manyRoutes.has(line.name.text) || matcherToken(line) !== null)
		)
			continue;
		const { place } = nameToken;
		const [first, ...others] = inDefaultOrder(body.lines).map(line => line.name.text);
		found.push({
			kind: 'named-route-keeps-first',
			id: observationId('named-route-keeps-first', place),
			place,
			name,
			kept: first ?? '',
			lost: others,
		});
	}
	return found;
}

function inDefaultOrder(lines: readonly Directive[]): readonly Directive[] {
	const position = ({ name }: Directive): number => {
		const at = handlerDirectives.indexOf(name.text);
		return at < 0 ? handlerDirectives.length : at;
	};
	return lines
		.map((line, order) => ({ line, order }))
		.sort((a, b) => position(a.line) - position(b.line) || a.order - b.order)
		.map(({ line }) => line);
}

/** Snippets with security headers that nothing imports, in a file with sites of its own. */
function unusedSnippets(tree: CaddyfileTree): readonly CaddyObservation[] {
	const named = new Set(
		tree.snippets
			.flatMap(({ body }) => [...allDirectives(body.lines)])
			.flatMap(({ name, args }) => (name.text === 'import' ? [args[0]?.text ?? ''] : [])),
	);
	return tree.snippets.flatMap(({ name, nameToken, body, uses }): readonly CaddyObservation[] => {
		if (0 < uses || named.has(name) || 0 < nameToken.importedBy.length) return [];
		const headers = [...allDirectives(body.lines)]
			.filter(line => line.name.text === 'header')
			.flatMap(setFields)
			.filter(isSecurityHeader);
		if (headers.length === 0) return [];
		const { place } = nameToken;
		return [{ kind: 'unused-snippet', id: observationId('unused-snippet', place), place, name, headers: [...new Set(headers)] }];
	});
}
