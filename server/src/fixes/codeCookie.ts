import { type CookieAttribute, cookieAttribute, parseCookie } from '../headers/setCookie';
import type { StaticValue } from '../javascript/staticValue';
import type { CodeLiteral } from '../model/appObservation';
import type { TextEdit } from '../text/edit';
import type { CodeContext, CookieSpans } from './codeContext';
import { addProperties, type Code, editsIn, removeAt, replaceAt } from './codeOptions';
import { keyCode, literalCode } from './codeText';

/** The options of `res.cookie` and of sessions that make an attribute, by its name in lower case. */
const optionNames: ReadonlyMap<string, string> = new Map([
	['secure', 'secure'],
	['httponly', 'httpOnly'],
	['samesite', 'sameSite'],
	['partitioned', 'partitioned'],
	['path', 'path'],
	['domain', 'domain'],
]);

/** Changes the options of a cookie so that `after` is sent instead of `before`. Null where more than its attributes would have to change. */
export function changeCookie(
	before: string,
	after: string,
	spans: CookieSpans,
	path: string,
	context: CodeContext,
): readonly TextEdit[] | null {
	const [old, wanted] = [parseCookie(before), parseCookie(after)];
	if (old.name !== wanted.name || old.value !== wanted.value) return null;
	const edits: TextEdit[] = [];
	const additions: (readonly [name: string, code: Code])[] = [];
	const names = new Set([...old.attributes, ...wanted.attributes].map(({ name }) => name));
	for (const name of names) {
		const [was, will] = [cookieAttribute(old, name), cookieAttribute(wanted, name)];
		if (was !== null && will !== null && was.value === will.value) continue;
		const option = optionNames.get(name);
		if (option === undefined) return null;
		const entry = spans.options?.kind === 'object' ? spans.options.entries.findLast(({ key }) => key === option) : undefined;
		if (will === null) {
			const removed = entry === undefined ? null : removeAt(entry.place, context);
			if (removed === null) return null;
			edits.push(...removed);
			continue;
		}
		const code: Code = (indent, style) => literalCode(optionOf(name, will), style, indent);
		if (entry === undefined) additions.push([option, code]);
		else {
			const written = isKnown(entry.value) ? replaceAt(entry.value.place, code, context) : null;
			if (written === null) return null;
			edits.push(...written);
		}
	}
	if (additions.length === 0) return edits;
	const added = insertOptions(additions, spans, path, context);
	return added === null ? null : [...edits, ...added];
}

function optionOf(name: string, { value }: CookieAttribute): CodeLiteral {
	if (name === 'samesite') return { kind: 'string', value: value.toLowerCase() };
	return name === 'path' || name === 'domain' ? { kind: 'string', value } : { kind: 'boolean', value: true };
}

function isKnown(value: StaticValue): boolean {
	return value.kind !== 'unknown' && value.kind !== 'branch' && value.kind !== 'text';
}

function insertOptions(
	entries: readonly (readonly [name: string, code: Code])[],
	{ options, insert }: CookieSpans,
	path: string,
	context: CodeContext,
): readonly TextEdit[] | null {
	if (options !== null) return options.kind === 'object' ? addProperties(options.place, entries, context) : null;
	if (insert === null) return null;
	const literal: Code = (indent, style) =>
		`{ ${entries.map(([name, code]) => `${keyCode(name, style)}: ${code(indent, style)}`).join(', ')} }`;
	if (insert.kind === 'property') return addProperties(insert.object, [[insert.name, literal]], context);
	const { span } = insert.behind;
	if (insert.behind.path !== path) return null;
	return editsIn(path, [{ span: { start: span.end, end: span.end }, newText: `, ${literal('', context.style)}` }]);
}
