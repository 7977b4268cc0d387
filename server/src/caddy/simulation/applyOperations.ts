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
	for (const change of ordered(operations.add, nameOf, exchange))
		addField(headers, nameOf(change), change.line ?? lineOf(change, exchange));
	for (const change of ordered(operations.set, nameOf, exchange))
		setField(headers, nameOf(change), change.line ?? lineOf(change, exchange));
	for (const name of removed) {
		if (name === '*') continue;
		if (name.startsWith('*') || name.endsWith('*')) deletePattern(headers, name);
		else deleteField(headers, name);
	}
	for (const change of ordered(operations.replace, nameOf, exchange))
		replaceIn(headers, canonicalFieldName(nameOf(change)), change, exchange);
}

const none: readonly string[] = [];

/**
 * The operations of one kind, field by field. Caddy goes through a Go map, so that two fields of which one is named by a placeholder and is the
 * other one for this request, or one of which stands for all, come in an order that changes with each request (headers.go, `ApplyTo`).
 */
function ordered(changes: readonly FieldChange[], nameOf: (change: FieldChange) => string, exchange: Exchange): readonly FieldChange[] {
	if (changes.length < 2 || changes.every(({ name }) => name !== null && name !== '*')) return changes;
	const byKey = new Map<string, FieldChange[]>();
	for (const change of changes) byKey.set(change.name ?? change.field, [...(byKey.get(change.name ?? change.field) ?? []), change]);
	const names = [...byKey.values()].flatMap(([first]) => (first === undefined ? [] : [canonicalFieldName(nameOf(first))]));
	const [first] = changes;
	if (first === undefined || names.length < 2 || (new Set(names).size === names.length && !names.includes('*'))) return changes;
	const { place, group } = first.operation;
	const reason = `which of the fields that have one name for this request is changed first is by chance`;
	if (2 < names.length) exchange.world.taint({ reason, place, headers: null });
	const asWritten = exchange.world.decide(`order of ${group} ${first.operation.action}`, {
		reason,
		yes: `the fields are changed as they are written`,
		no: `the fields are changed the other way round`,
		place,
		headers: null,
	});
	return asWritten ? changes : [...byKey.values()].reverse().flat();
}

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
