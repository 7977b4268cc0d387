import { ANY_TEXT, type HeaderValue, hasUnknown } from '../../model/value';
import { canonicalFieldName } from '../fieldName';
import { expandPlain, expandText, expandToken } from '../placeholder';
import type { FieldChange, HeaderOperations } from '../route';
import { type Exchange, placeholdersOf } from './exchange';
import { compileGoRegexp, replaceAllGo } from './goRegexp';
import { addField, clearFields, deleteField, deletePattern, type HeaderLine, type HeaderMap, mayHide, setField } from './headerMap';

/**
 * Applies the operations of one handler in Caddy's fixed order: delete all, add, set, delete, replace
 * (modules/caddyhttp/headers/headers.go, `HeaderOps.ApplyTo`, 2.11.4). What an unset `{$NAME}` is part of becomes unsure.
 */
export function applyOperations(operations: HeaderOperations, headers: HeaderMap, exchange: Exchange): void {
	const lookup = placeholdersOf(exchange);
	const nameOf = (change: FieldChange): string => {
		if (change.name !== null) return change.name;
		const name = expandPlain(change.field, lookup);
		if (hasUnknown(name) || change.field.includes('{$')) {
			const reason = `the name of the field "${change.field}" is not known`;
			exchange.world.taint({ reason, place: change.operation.namePlace ?? change.operation.place, headers: null });
		}
		return name;
	};
	const removed = operations.remove.length === 0 ? none : operations.remove.map(nameOf);
	if (removed.includes('*')) clearFields(headers);
	for (const change of operations.add) addField(headers, nameOf(change), change.line ?? lineOf(change, exchange));
	for (const change of operations.set) setField(headers, nameOf(change), change.line ?? lineOf(change, exchange));
	for (const name of removed) {
		if (name === '*') continue;
		if (name.startsWith('*') || name.endsWith('*')) deletePattern(headers, name);
		else deleteField(headers, name);
	}
	for (const change of operations.replace) replaceIn(headers, canonicalFieldName(nameOf(change)), change, exchange);
}

const none: readonly string[] = [];

function lineOf(change: FieldChange, exchange: Exchange): HeaderLine {
	const value = change.value === null ? { text: '', segments: [] } : changeValue(change, exchange);
	return { value, operation: change.operation, overrode: [], origin: 'written', sure: sureToken(change, exchange) };
}

function changeValue(change: FieldChange, exchange: Exchange): HeaderValue {
	const written = change.operation.value ?? { text: '', segments: [] };
	// Samples of a surface keep the value of the operation, so that rules find its characters again.
	if (change.value === null || exchange.exploring || !hasUnknown(written.text)) return written;
	return expandToken(change.value, placeholdersOf(exchange));
}

/** False where an unset `{$NAME}` may change how the line is read or what it sends; it is then listed as unknown. */
function sureToken(change: FieldChange, exchange: Exchange): boolean {
	const uses = [...(change.search?.environment ?? []), ...(change.value?.environment ?? [])];
	const first = uses[0];
	if (first === undefined) return true;
	const reason = `the environment variable ${[...new Set(uses.map(({ name }) => name))].join(', ')} is not set here`;
	const place = change.value?.place ?? change.operation.place;
	exchange.world.note({ reason, place, headers: [change.operation.name.toLowerCase()] });
	return false;
}

function replaceIn(headers: HeaderMap, name: string, change: FieldChange, exchange: Exchange): void {
	const lookup = placeholdersOf(exchange);
	const search = change.search === null ? '' : expandText(change.search, lookup);
	const template = change.value === null ? '' : expandText(change.value, lookup);
	const expression = hasUnknown(search) || search === '' ? null : compileGoRegexp(search);
	const fields = name === '*' ? [...headers.lines.keys()] : [name];
	// With one word less the line sets the field.
	const sure = sureToken(change, exchange);
	for (const field of fields) {
		const lines = headers.lines.get(field);
		if (lines === undefined) continue;
		headers.lines.set(
			field,
			lines.map(line => ({ ...replaced(line, change, expression, template), ...(sure ? {} : { sure }) })),
		);
	}
	if (name !== '*' && mayHide(headers, name)) {
		exchange.world.note({
			reason: `whether the upstream ${headers.hidden?.from ?? ''} sends ${name} is not known`,
			place: change.operation.place,
			headers: [name.toLowerCase()],
		});
	}
}

function replaced(line: HeaderLine, change: FieldChange, expression: RegExp | null, template: string): HeaderLine {
	const unknown: HeaderLine = {
		...line,
		value: { text: ANY_TEXT, segments: [{ start: 0, end: 1, place: change.operation.place, exact: false, label: '...' }] },
		sure: line.sure,
	};
	if (change.search === null || change.search.text === '') return line;
	if (expression === null || hasUnknown(line.value.text)) return unknown;
	const text = replaceAllGo(expression, line.value.text, template);
	if (text === line.value.text) return line;
	if (hasUnknown(text)) return unknown;
	const overrode = line.operation === null ? line.overrode : [...line.overrode, line.operation];
	return {
		value: { text, segments: [{ start: 0, end: text.length, place: change.operation.place, exact: false }] },
		operation: change.operation,
		overrode,
		origin: 'written',
		sure: line.sure,
	};
}
