import type { Token } from '../../caddyfile/tree';
import { hasUnknown } from '../../model/value';
import type { Matcher, MatcherSet } from '../matchers/matcher';
import { expandText } from '../placeholder';
import { type Exchange, placeholdersOf } from './exchange';
import { fileExists, rootOf } from './files';
import { cleanPath } from './pathPattern';

/**
 * Whether one of the files is there, asked of the world; the first one then is `{http.matchers.file.relative}`
 * (modules/caddyhttp/fileserver/matcher.go, `MatchFile.selectFile`, Caddy 2.11.4).
 */
export function matchesFile({ names, root }: Extract<Matcher, { kind: 'file' }>, set: MatcherSet, exchange: Exchange): boolean {
	const folder = rootOf(root, exchange);
	for (const name of names) {
		const wanted = wantedFile(name, exchange);
		if (wanted === null || !fileExists(wanted, folder, set.place, exchange)) continue;
		const known = !hasUnknown(wanted) && !/[*?[\\]/.test(wanted);
		exchange.placeholders.set('http.matchers.file.relative', known ? { kind: 'text', text: wanted } : { kind: 'unknown' });
		return true;
	}
	return false;
}

/** The cleaned path that is looked for, with a slash at the end where it must be a folder. Null for `/`, which is no file. */
function wantedFile(name: Token, exchange: Exchange): string | null {
	const path = expandText(name, placeholdersOf(exchange));
	if (hasUnknown(path)) return path;
	const cleaned = cleanPath(path.startsWith('/') ? path : `/${path}`, true).replace(/(?<=.)\/$/, '');
	if (name.text.endsWith('/')) return cleaned === '/' ? '/' : `${cleaned}/`;
	return cleaned === '/' ? null : cleaned;
}
