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
export function matchesFile(matcher: Extract<Matcher, { kind: 'file' }>, set: MatcherSet, exchange: Exchange): boolean {
	const { names, root, split } = matcher;
	const folder = rootOf(root, exchange);
	if (matcher.policy !== 'first') return decidedFile(matcher, folder, set, exchange);
	for (const name of names) {
		const wanted = wantedFile(name, split, exchange);
		if (wanted === null || !fileExists(wanted, folder, set.place, exchange)) continue;
		const known = !hasUnknown(wanted) && !/[*?[\\]/.test(wanted);
		exchange.placeholders.set(
			'http.matchers.file.relative',
			known ? { kind: 'text', text: relativeTo(folder, wanted) } : { kind: 'unknown' },
		);
		return true;
	}
	return false;
}

/** Below the folder Caddy runs in, which counts where no `root` is set, a path has no slash in front, nor a dot (matcher.go, `TrimPrefix`). */
function relativeTo(folder: string, path: string): string {
	return folder === '.' && path !== '/' ? path.slice(1).replace(/^\./, '') : path;
}

/** Size and time choose among files and folders alike: which one it is cannot be known, not even that it is one of the files. */
function decidedFile({ names }: Extract<Matcher, { kind: 'file' }>, folder: string, set: MatcherSet, exchange: Exchange): boolean {
	const reason = `whether one of the files of ${set.label} is there is not known`;
	const shown = names.map(name => expandText(name, placeholdersOf(exchange))).join(' ');
	if (!exchange.world.decide(`any of ${folder} ${shown}`, { reason, place: set.place, headers: null })) return false;
	exchange.placeholders.set('http.matchers.file.relative', { kind: 'unknown' });
	return true;
}

/** The cleaned path that is looked for, with a slash at the end where it must be a folder. Null for `/`, which is no file. */
function wantedFile(name: Token, split: readonly string[], exchange: Exchange): string | null {
	const path = expandText(name, placeholdersOf(exchange));
	if (hasUnknown(path)) return path;
	const cleaned = beforeSplit(cleanPath(path.startsWith('/') ? path : `/${path}`, true).replace(/(?<=.)\/$/, ''), split);
	if (name.text.endsWith('/')) return cleaned === '/' ? '/' : `${cleaned}/`;
	return cleaned === '/' ? null : cleaned;
}

/** The path up to the first of the words that ends one of its parts; of each only the first place counts (matcher.go, `firstSplit`). */
function beforeSplit(path: string, words: readonly string[]): string {
	const lower = path.toLowerCase();
	for (const word of words) {
		const at = lower.indexOf(word.toLowerCase());
		const end = at + word.length;
		if (at !== -1 && (end === path.length || path[end] === '/')) return path.slice(0, end);
	}
	return path;
}
