import type { Directive, Token } from '../../caddyfile/tree';
import type { ResponseMatcher } from '../route';

/**
 * Reads `match status 2xx`, `match header F v` or a block of both (modules/caddyhttp/responsematchers.go,
 * `ParseNamedResponseMatcher`, 2.11.4). Unreadable parts are left out.
 */
export function parseResponseMatcher(directive: Directive): ResponseMatcher {
	let status: number[] | null = null;
	const headers = new Map<string, string[] | null>();
	const read = (kind: string, args: readonly Token[]): void => {
		if (kind === 'status') {
			status ??= [];
			for (const { text } of args) {
				const code = /^\dxx$/.test(text) ? Number(text[0]) : Number.parseInt(text, 10);
				if (Number.isInteger(code)) status.push(code);
			}
		}
		if (kind === 'header') readHeaderMatcher(args, headers);
	};
	const [kind, ...rest] = directive.args;
	if (kind !== undefined) read(kind.text, rest);
	for (const line of directive.block?.lines ?? []) read(line.name.text, line.args);
	return { status, headers };
}

/**
 * Adds `<field> [<value>]` or `!<field>` to a header matcher (modules/caddyhttp/matchers.go, `MatchHeader.UnmarshalCaddyfile`):
 * null wants the field absent; values of one field are alternatives.
 */
export function readHeaderMatcher(args: readonly Token[], headers: Map<string, string[] | null>): void {
	const field = args[0]?.text;
	if (field === undefined) return;
	const absent = field.startsWith('!');
	const name = absent ? field.slice(1) : field;
	if (absent) {
		headers.set(name, null);
		return;
	}
	const value = args[1]?.text;
	if (value === undefined) return;
	headers.set(name, [...(headers.get(name) ?? []), value]);
}
