import type { Token } from '../../caddyfile/tree';
import { hasUnknown } from '../../model/value';
import { expandText, type PlaceholderMeaning } from '../placeholder';
import type { PlaceholderMap } from '../route';
import { type Exchange, placeholdersOf } from './exchange';
import { compileGoRegexp } from './goRegexp';
import { emptyForUnknownNames } from './rewriting';

/**
 * What a placeholder stands for by the `map` handlers that ran, the first of them that names it; null where none does. The source is
 * read when the placeholder is, after any rewriting in between (modules/caddyhttp/map/map.go, `ServeHTTP`, Caddy 2.11.4).
 */
export function mappedValue(key: string, exchange: Exchange): PlaceholderMeaning | null {
	for (const map of exchange.maps) {
		const index = map.destinations.indexOf(key);
		if (index === -1) continue;
		// Maps that read each other would go on without end, in Caddy as well.
		if (maximumDepth <= exchange.mapDepth) return unknown;
		exchange.mapDepth++;
		const text = outputOf(map, index, exchange);
		exchange.mapDepth--;
		return text === null || hasUnknown(text) ? unknown : { kind: 'text', text };
	}
	return null;
}

const maximumDepth = 4;

const unknown: PlaceholderMeaning = { kind: 'unknown' };

/** The output of the first row that fits and has one; null where that cannot be told. */
function outputOf({ source, rows, defaults }: PlaceholderMap, index: number, exchange: Exchange): string | null {
	const lookup = emptyForUnknownNames(placeholdersOf(exchange));
	const input = expandText(source, lookup);
	if (hasUnknown(input)) return null;
	for (const { input: wanted, regexp, outputs } of rows) {
		const output = outputs[index];
		if (output === undefined || output.text === '-') continue;
		if (!regexp) {
			if (wanted.text === input) return expandText(output, lookup);
			continue;
		}
		const expression = compileGoRegexp(wanted.text.slice(1));
		if (expression === null) return null;
		const match = expression.exec(input);
		if (match !== null) return expandGroups(output, match);
	}
	const fallback = defaults[index];
	return fallback === undefined ? '' : expandText(fallback, lookup);
}

/** The output with the groups of a match (Go's `Regexp.Expand`); placeholders in it are left as they stand, which is not followed. */
function expandGroups({ text, environment }: Token, match: RegExpExecArray): string | null {
	if (/(?<!\$)\{/.test(text) || 0 < environment.length) return null;
	return text.replace(/\$\$|\$\{(\w+)\}|\$(\w+)/g, (written, braced: string | undefined, bare: string | undefined) => {
		if (written === '$$') return '$';
		const name = braced ?? bare ?? '';
		return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? '';
	});
}
