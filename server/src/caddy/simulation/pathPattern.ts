import { matchesEscapedPath } from './escapedPath';

/**
 * Whether a path matcher's pattern fits a decoded request path (modules/caddyhttp/matchers.go, `MatchPath.MatchWithError`, Caddy
 * 2.11.4): case-insensitive, repeated slashes merged unless the pattern has some. Patterns with `%` compare the escaped path; null
 * where that holds bytes that are no text.
 */
export function matchesPath(
	pattern: string,
	url: { readonly path: string; readonly escapedPath: string },
	version: '2.11' | 'next',
): boolean | null {
	if (pattern === '*') return true;
	const wanted = pattern.toLowerCase();
	if (pattern.includes('%')) return matchesEscapedPath(wanted, url.escapedPath, version);
	const cleaned = cleanedLower(url.path, !wanted.includes('//'));
	const stars = wanted.split('*').length - 1;
	if (stars === 2 && wanted.startsWith('*') && wanted.endsWith('*')) return cleaned.includes(wanted.slice(1, -1));
	if (stars === 1) {
		if (wanted.startsWith('*')) return cleaned.endsWith(wanted.slice(1));
		if (wanted.endsWith('*')) return cleaned.startsWith(wanted.slice(0, -1));
	}
	return matchesGlob(wanted, cleaned);
}

/** The last path cleaned: the matchers of a request all ask for the same one. */
let lastCleaned = { path: '', merge: true, cleaned: '.' };

function cleanedLower(path: string, merge: boolean): string {
	if (lastCleaned.path !== path || lastCleaned.merge !== merge)
		lastCleaned = { path, merge, cleaned: cleanPath(path.toLowerCase(), merge) };
	return lastCleaned.cleaned;
}

/** Go's `path.Clean` that keeps a trailing slash, and repeated slashes where `merge` is false (caddyhttp.go, `CleanPath`). */
export function cleanPath(path: string, merge: boolean): string {
	if (merge) return cleanMerged(path);
	// A character no path holds stands in for the empty segments while cleaning.
	const filler = '\uFFFF';
	let filled = '';
	for (let i = 0; i < path.length; i++) {
		filled += path[i] ?? '';
		if (path[i] === '/' && path[i + 1] === '/') filled += filler;
	}
	return cleanMerged(filled).replaceAll(filler, '');
}

/** A path without a slash in front, as stripping a prefix can leave it, stays one. */
function cleanMerged(path: string): string {
	const root = path.startsWith('/') ? '/' : '';
	const kept: string[] = [];
	for (const part of path.split('/')) {
		if (part === '' || part === '.') continue;
		if (part !== '..') kept.push(part);
		else if (0 < kept.length && kept[kept.length - 1] !== '..') kept.pop();
		else if (root === '') kept.push(part);
	}
	const cleaned = root + kept.join('/') || '.';
	const slash = path.endsWith('/') && cleaned !== '/';
	return slash ? `${cleaned}/` : cleaned;
}

/** Go's `path.Match`: `*` and `?` do not cross `/`, `[...]` classes, `\` escapes. A malformed pattern does not match. */
export function matchesGlob(pattern: string, path: string): boolean {
	const source = globSource(pattern);
	if (source === null) return false;
	return new RegExp(`^${source}$`, 'su').test(path);
}

function globSource(pattern: string): string | null {
	let source = '';
	for (let i = 0; i < pattern.length; i++) {
		const character = pattern[i] ?? '';
		if (character === '*') {
			// Neighbouring stars are one: this keeps the expression from backtracking.
			if (!source.endsWith('[^/]*')) source += '[^/]*';
		} else if (character === '?') source += '[^/]';
		else if (character === '\\') {
			i++;
			const next = pattern[i];
			if (next === undefined) return null;
			source += escaped(next);
		} else if (character === '[') {
			const close = classEnd(pattern, i);
			if (close === -1) return null;
			const negated = pattern[i + 1] === '^';
			const body = pattern.slice(i + (negated ? 2 : 1), close).replace(/[[\]^]/g, '\\$&');
			source += `(?!/)[${negated ? '^' : ''}${body}]`;
			i = close;
		} else source += escaped(character);
	}
	return source;
}

function classEnd(pattern: string, open: number): number {
	let i = open + 1;
	if (pattern[i] === '^') i++;
	const first = i;
	for (; i < pattern.length; i++) {
		if (pattern[i] === '\\') i++;
		else if (pattern[i] === ']' && first < i) return i;
	}
	return -1;
}

function escaped(character: string): string {
	return character.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
}
