import type { HeaderOperation } from '../model/operation';
import type { EffectiveHeader } from '../model/surface';
import type { HeaderValue } from '../model/value';

/** The header fields of an answer that is being worked out, by lower-case name. */
export type HeaderFields = Map<string, readonly EffectiveHeader[]>;

/** Does what an operation says; where that is not sure, what was there before may stay. */
export function applyOperation(fields: HeaderFields, operation: HeaderOperation, unsure: boolean): void {
	const key = operation.name.toLowerCase();
	const before = fields.get(key) ?? [];
	if (operation.action === 'delete') {
		if (before.length === 0) return;
		if (unsure) fields.set(key, before.map(perhaps));
		else fields.delete(key);
		return;
	}
	if (operation.value === null || (operation.action === 'default' && isThere(before))) return;
	const made: EffectiveHeader = {
		name: operation.name,
		value: operation.value,
		certainty: unsure ? 'maybe' : 'always',
		operation,
		overrode: operation.action === 'add' ? [] : overridden(before),
		origin: operation.origin,
	};
	if (operation.action === 'default') fields.set(key, [...before, 0 < before.length ? perhaps(made) : made]);
	else if (operation.action === 'add') fields.set(key, [...before, made]);
	else fields.set(key, unsure ? [...before.map(perhaps), made] : [made]);
}

/** Sets a field that the software sets unasked. */
export function serverSets(fields: HeaderFields, name: string, value: HeaderValue, unsure: boolean): void {
	const before = fields.get(name.toLowerCase()) ?? [];
	const certainty = unsure ? 'maybe' : 'always';
	const made: EffectiveHeader = { name, value, certainty, operation: null, overrode: overridden(before), origin: 'server' };
	fields.set(name.toLowerCase(), unsure ? [...before.map(perhaps), made] : [made]);
}

/** Sets a field that the software sets where there is none yet. */
export function serverDefaults(fields: HeaderFields, name: string, value: HeaderValue, unsure: boolean): void {
	const before = fields.get(name.toLowerCase()) ?? [];
	if (isThere(before)) return;
	const certainty = unsure || 0 < before.length ? 'maybe' : 'always';
	fields.set(name.toLowerCase(), [...before, { name, value, certainty, operation: null, overrode: [], origin: 'server' }]);
}

function isThere(before: readonly EffectiveHeader[]): boolean {
	return before.some(({ certainty }) => certainty === 'always');
}

/** Takes out again what certain operations have set. */
export function undo(fields: HeaderFields, isUndone: (operation: HeaderOperation) => boolean, unsure: boolean): void {
	for (const [name, values] of fields) {
		const kept = values.flatMap(each => {
			if (each.operation === null || !isUndone(each.operation)) return [each];
			return unsure ? [perhaps(each)] : [];
		});
		if (kept.length === 0) fields.delete(name);
		else fields.set(name, kept);
	}
}

/** Puts the fields back as they were. */
export function restore(fields: HeaderFields, before: ReadonlyMap<string, readonly EffectiveHeader[]>): void {
	fields.clear();
	for (const [name, values] of before) fields.set(name, values);
}

/** Something not known has happened: no field is certain any more. */
export function doubtAll(fields: HeaderFields): void {
	for (const [name, values] of fields) fields.set(name, values.map(perhaps));
}

/** The same field, of which it is not certain that it is sent. */
export function perhaps(header: EffectiveHeader): EffectiveHeader {
	return { ...header, certainty: 'maybe' };
}

/**
 * Each operation once, of those the last: where several may have set the field, their lists overlap, and joining all of them would take
 * cubic time in an app that sets it a hundred times.
 */
function overridden(before: readonly EffectiveHeader[]): readonly HeaderOperation[] {
	const last = before.slice(-rememberedOperations);
	const operations = last.flatMap(each => [...each.overrode, ...(each.operation === null ? [] : [each.operation])]);
	return [...new Set(operations)].slice(-rememberedOperations);
}

/** As many as a Caddyfile's answers remember. */
const rememberedOperations = 20;
