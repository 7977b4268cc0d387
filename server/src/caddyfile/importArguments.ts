import type { ParsedToken } from './token';
import type { EnvironmentUse } from './tree';

/** What an `import` line hands over: its arguments, and the block behind them. */
export interface ImportArguments {
	readonly values: readonly ParsedToken[];
	readonly block: readonly ParsedToken[];
	/** The tokens of the block's sub-blocks by their name: arguments and what is between their braces. */
	readonly blocks: ReadonlyMap<string, readonly ParsedToken[]>;
}

/**
 * The tokens that a token of imported text becomes: `{block}` and `{blocks.name}` the tokens of the import's block, `{args[1:3]}` the
 * arguments, anything else itself with its `{args[0]}` filled in (parse.go doImport and importargs.go, 2.11.4).
 */
export function fillArguments(token: ParsedToken, given: ImportArguments): readonly ParsedToken[] {
	const { text } = token;
	if (!text.includes('{')) return [token];
	if (text === '{block}') return given.block;
	if (text.startsWith('{blocks.') && text.endsWith('}')) return given.blocks.get(text.slice('{blocks.'.length, -1)) ?? [];
	if (!text.includes('args')) return [token];
	const range = variadicRange(text, given.values.length);
	if (range !== null)
		return given.values.slice(range.start, range.end).map(value => ({
			...token,
			text: value.text,
			environment: value.environment,
			exact: false,
		}));
	const filled = replaceIndexes(text, token.environment, given.values);
	return [filled === null ? token : { ...token, ...filled, exact: false }];
}

/** The range of `{args[:]}`, `{args[1:]}`, `{args[:2]}`, `{args[1:2]}` as a whole token; null where it is none or out of bounds. */
function variadicRange(text: string, count: number): { readonly start: number; readonly end: number } | null {
	if (!text.startsWith('{args[') || !text.endsWith(']}')) return null;
	const inside = text.slice('{args['.length, -2);
	const colon = inside.indexOf(':');
	if (colon < 0) return null;
	const first = inside.slice(0, colon);
	const last = inside.slice(colon + 1);
	if (first.includes('}') || last.includes('{')) return null;
	const start = first === '' ? 0 : goInteger(first);
	const end = last === '' ? count : goInteger(last);
	if (start === null || end === null || start < 0 || end < start || count < end) return null;
	return { start, end };
}

/** What strconv.Atoi reads: an optional sign and digits. */
function goInteger(text: string): number | null {
	return /^[+-]?[0-9]{1,18}$/.test(text) ? Number(text) : null;
}

/**
 * Fills `{args[0]}` and the older `{args.0}` into a text by the scan of Caddy's replacer (replacer.go, replace, 2.11.4), which
 * drops the backslash of `\{` and `\}` on its way. Null where nothing changes.
 */
function replaceIndexes(
	text: string,
	environment: readonly EnvironmentUse[],
	values: readonly ParsedToken[],
): { readonly text: string; readonly environment: readonly EnvironmentUse[] } | null {
	const uses: EnvironmentUse[] = [];
	let result = '';
	let written = 0;
	let unclosed = 0;
	const write = (until: number): void => {
		for (const use of environment) if (written <= use.start && use.end <= until) uses.push(shifted(use, result.length - written));
		result += text.slice(written, until);
	};
	scan: for (let i = 0; i < text.length; i++) {
		const character = text[i];
		if (character !== '{' && character !== '}') continue;
		if (0 < i && text[i - 1] === '\\') {
			write(i - 1);
			written = i;
			continue;
		}
		if (character === '}') continue;
		// Caddy gives up on such a text; its replacer then answers with nothing.
		if (100 < unclosed) return { text: '', environment: [] };
		let end = text.indexOf('}', i);
		if (end < 0) {
			unclosed++;
			continue;
		}
		while (0 < end && end < text.length - 1 && text[end - 1] === '\\') {
			const later = text.indexOf('}', end + 1);
			if (later < 0) {
				unclosed++;
				continue scan;
			}
			end = later;
		}
		write(i);
		written = i;
		const value = argumentFor(text.slice(i + 1, end), values);
		if (value === null) continue;
		for (const use of value.environment) uses.push(shifted(use, result.length));
		result += value.text;
		i = end;
		written = end + 1;
	}
	write(text.length);
	return result === text ? null : { text: result, environment: uses };
}

function shifted(use: EnvironmentUse, by: number): EnvironmentUse {
	return { ...use, start: use.start + by, end: use.end + by };
}

/** The argument that a placeholder's inside, such as `args[0]`, names; null for any other placeholder and out of bounds. */
function argumentFor(key: string, values: readonly ParsedToken[]): ParsedToken | null {
	const index = /^args\.(.+)$/.exec(key)?.[1] ?? /^args\[(.+)\]$/.exec(key)?.[1];
	if (index === undefined || index.includes(':')) return null;
	const at = goInteger(index);
	return at === null ? null : (values[at] ?? null);
}
