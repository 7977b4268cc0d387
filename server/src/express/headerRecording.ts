import { type Call, placeOf } from '../javascript/call';
import { knownText } from '../javascript/operators';
import { withCondition } from '../javascript/run';
import { alternatives, underConditions, type Value } from '../javascript/value';
import { isWithin, type Place } from '../text/span';
import type { RawOperation } from './app';
import type { Recorder } from './trace';

type Form = RawOperation['form'];

/** Each property of a headers object is an operation of its own. */
export function recordObject(value: Value, call: Call, recorder: Recorder): void {
	const found = underConditions(value, call.frame.run.conditions);
	if (found.kind === 'branch') {
		const { run } = call.frame;
		withCondition(run, found.test, true, () => recordObject(found.whenTrue, call, recorder));
		withCondition(run, found.test, false, () => recordObject(found.whenFalse, call, recorder));
		return;
	}
	if (found.kind === 'unknown' || found.kind === 'native' || (found.kind === 'object' && found.open))
		recordUnknown('headers', call, recorder);
	if (found.kind !== 'object') return;
	for (const entry of found.entries)
		recorder.record({
			kind: 'operation',
			operation: {
				action: 'set',
				name: entry.key,
				namePlace: entry.keyPlace,
				value: recorder.fixed(entry.value),
				place: entry.place,
				form: 'object-entry',
				methodPlace: null,
				valuePlace: withQuotes(entry.value, call),
				node: null,
				cookie: null,
			},
			conditions: [...recorder.conditions(), ...entry.conditions],
		});
}

/** `res.setHeader(name, value)` and the like; a name in two cases makes two operations. */
export function record(action: RawOperation['action'], form: Form, call: Call, recorder: Recorder): void {
	const [name, value] = call.args;
	if (name === undefined) return;
	for (const alternative of alternatives(underConditions(name.value, call.frame.run.conditions))) {
		const text = knownText(alternative);
		if (text === null) recordUnknown('the name of a header', call, recorder);
		if (text === null || (action !== 'delete' && value === undefined)) continue;
		const elsewhere = !isWithin(alternative.place, call.place);
		recorder.record({
			kind: 'operation',
			operation: {
				action,
				name: text,
				namePlace: alternative.place,
				value: action === 'delete' || value === undefined ? null : recorder.fixed(value.value),
				place: elsewhere ? propertyPlace(alternative, value?.value, call) : call.place,
				form: elsewhere ? 'object-entry' : form,
				methodPlace: elsewhere ? null : methodPlace(call),
				valuePlace: value === undefined ? null : elsewhere || form === 'other' ? withQuotes(value.value, call) : value.place,
				node: elsewhere ? null : call.node,
				cookie: null,
			},
			conditions: recorder.conditions(),
		});
	}
}

/** A header of a method that has a name of its own: `res.vary(...)`. */
export function recordText(name: string, value: Value | undefined, action: 'set' | 'add', call: Call, recorder: Recorder): void {
	if (value === undefined) return;
	recorder.record({
		kind: 'operation',
		operation: {
			action,
			name,
			namePlace: call.place,
			value: recorder.fixed(value),
			place: call.place,
			form: 'other',
			methodPlace: methodPlace(call),
			valuePlace: null,
			node: call.node,
			cookie: null,
		},
		conditions: recorder.conditions(),
	});
}

/** The property whose key and value reached a call through `Object.entries`. */
function propertyPlace(name: Value, value: Value | undefined, call: Call): Place {
	const key = withQuotes(name, call);
	const end = value === undefined ? key : withQuotes(value, call);
	return end.path === key.path && key.span.start < end.span.end
		? { path: key.path, span: { start: key.span.start, end: end.span.end } }
		: key;
}

/** The place of a literal with its quotes. */
function withQuotes(value: Value, call: Call): Place {
	const { path, span } = value.place;
	const text = call.frame.run.modules.get(path)?.source.text ?? '';
	const quoted = /^['"`]$/.test(text[span.start - 1] ?? '') && text[span.start - 1] === text[span.end];
	return quoted && value.kind === 'string' && value.exact ? { path, span: { start: span.start - 1, end: span.end + 1 } } : value.place;
}

/** The method's name in a call. */
export function methodPlace(call: Call): Place | null {
	const callee = call.node?.type === 'CallExpression' ? call.node.callee : null;
	return callee?.type === 'MemberExpression' ? placeOf(call.frame.module, callee.property) : null;
}

/** Headers whose names are not in sight: nothing is certain of the answer's headers any more. */
function recordUnknown(reason: string, call: Call, recorder: Recorder): void {
	const handler = { kind: 'unknown', reason, place: call.place, conditions: [] } as const;
	recorder.record({ kind: 'run', handler, conditions: recorder.conditions() });
}

/** `res.setHeaders(new Map([[name, value]]))`, or of a Headers object. */
export function recordPairs(value: Value | undefined, call: Call, recorder: Recorder): void {
	const found = value === undefined ? undefined : underConditions(value, call.frame.run.conditions);
	if (found?.kind === 'object') recordObject(found, call, recorder);
	else if (found?.kind === 'array' && !found.open && found.elements.every(({ value: pair }) => pair.kind === 'array'))
		for (const { value: pair } of found.elements) {
			if (pair.kind !== 'array') continue;
			record('set', 'other', { ...call, args: pair.elements.map(each => ({ value: each.value, place: each.value.place })) }, recorder);
		}
	else recordUnknown('headers', call, recorder);
}

/** The headers of `res.writeHead()`: an object, or names and values in turn (Node 20, lib/_http_server.js). */
export function recordHead(value: Value, call: Call, recorder: Recorder): void {
	const found = underConditions(value, call.frame.run.conditions);
	if (found.kind === 'undefined' || found.kind === 'string') return;
	if (found.kind !== 'array') {
		recordObject(found, call, recorder);
		return;
	}
	if (found.open || found.elements.some(({ value: each }) => each.kind === 'array')) {
		recordUnknown('headers', call, recorder);
		return;
	}
	const given = found.elements.map(({ value: each }) => ({ value: each, place: each.place }));
	for (let i = 0; i + 1 < given.length; i += 2) record('set', 'other', { ...call, args: given.slice(i, i + 2) }, recorder);
}
