import { type Call, placeOf } from '../javascript/call';
import { callValue } from '../javascript/calls';
import { knownText } from '../javascript/operators';
import { withCondition } from '../javascript/run';
import { alternatives, native, undefinedAt, underConditions, unknown, type Value } from '../javascript/value';
import type { Place } from '../text/span';
import type { RawOperation } from './app';
import { cookieText } from './cookies';
import type { Recorder } from './trace';

type Form = RawOperation['form'];

/** Methods of `res` that send the answer, with what it holds. */
const endings: ReadonlyMap<string, { readonly outcome: 'content' | 'redirect' | 'empty'; readonly body: 'json' | 'html' | 'unknown' }> =
	new Map([
		['json', { outcome: 'content', body: 'json' }],
		['jsonp', { outcome: 'content', body: 'json' }],
		['send', { outcome: 'content', body: 'unknown' }],
		['end', { outcome: 'content', body: 'unknown' }],
		['render', { outcome: 'content', body: 'html' }],
		['sendFile', { outcome: 'content', body: 'html' }],
		['sendfile', { outcome: 'content', body: 'html' }],
		['download', { outcome: 'content', body: 'unknown' }],
		['redirect', { outcome: 'redirect', body: 'unknown' }],
		['sendStatus', { outcome: 'empty', body: 'unknown' }],
	]);

/** `res`: records what is done to the answer. Every method that express chains gives `res` back (express 5, lib/response.js). */
export function responseNative(place: Place, recorder: Recorder): Value {
	const response: Value = native({
		name: 'res',
		place,
		member: (name, at) => {
			if (name === 'locals') return native({ name: 'res.locals', place: at, member: (key, where) => unknown(`res.locals.${key}`, where) });
			// A handler that runs after the answer has gone out changes nothing of it.
			if (name === 'headersSent' || name === 'writableEnded' || name === 'finished') return { kind: 'boolean', value: false, place: at };
			return native({ name: `res.${name}`, place: at, call: call => callMethod(name, call, recorder, response) });
		},
		assign: (name, value) => {
			if (name === 'statusCode') recorder.status = value.kind === 'number' ? value.value : null;
		},
	});
	return response;
}

function callMethod(name: string, call: Call, recorder: Recorder, response: Value): Value {
	const [first, second] = call.args;
	switch (name) {
		case 'setHeader':
			record('set', 'setHeader', call, recorder);
			return response;
		case 'set':
		case 'header':
			recordAll(name, call, recorder);
			return response;
		case 'append':
		case 'appendHeader':
			record('add', 'append', call, recorder);
			return response;
		case 'removeHeader':
			record('delete', 'removeHeader', call, recorder);
			return undefinedAt(call.place);
		case 'setHeaders':
			return response;
		case 'writeHead': {
			if (first?.value.kind === 'number') recorder.status = first.value.value;
			const headers = call.args.at(-1);
			if (headers !== undefined && headers !== first) recordObject(headers.value, call, recorder);
			return response;
		}
		case 'cookie':
		case 'clearCookie':
			recordCookie(call, recorder, name === 'clearCookie');
			return response;
		case 'status':
			recorder.status = first?.value.kind === 'number' ? first.value.value : null;
			return response;
		case 'format': {
			const { run } = call.frame;
			if (first?.value.kind !== 'object') return unknown('res.format()', call.place);
			for (const { key, value } of first.value.entries)
				withCondition(run, `the request accepts ${key}`, true, () => callValue(value, { ...call, args: [] }, undefinedAt(call.place)));
			return response;
		}
		case 'getHeader':
		case 'get':
			return unknown(`res.${name}()`, call.place);
		case 'vary':
			recordText('Vary', first?.value, 'add', call, recorder);
			return response;
		default: {
			const ending = endings.get(name);
			if (ending === undefined)
				return ['type', 'contentType', 'links', 'location', 'attachment', 'write'].includes(name)
					? response
					: unknown(`res.${name}()`, call.place);
			if (name === 'redirect') recorder.status = first?.value.kind === 'number' && second !== undefined ? first.value.value : 302;
			if (name === 'sendStatus') recorder.status = first?.value.kind === 'number' ? first.value.value : null;
			const empty = recorder.status === 204 || recorder.status === 304;
			recorder.record({
				kind: 'end',
				status: recorder.status,
				outcome: empty ? 'empty' : ending.outcome,
				body: ending.body,
				place: call.place,
				conditions: recorder.conditions(),
			});
			recorder.status = 200;
			return response;
		}
	}
}

/** `res.set(name, value)` or `res.set({ name: value })`. */
function recordAll(form: 'set' | 'header', call: Call, recorder: Recorder): void {
	const first = call.args[0];
	if (first === undefined) return;
	if (1 < call.args.length) record('set', form, call, recorder);
	else recordObject(first.value, call, recorder);
}

/** Each property of a headers object is an operation of its own. */
export function recordObject(value: Value, call: Call, recorder: Recorder): void {
	const found = underConditions(value, call.frame.run.conditions);
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
		if (text === null || (action !== 'delete' && value === undefined)) continue;
		const elsewhere = !within(alternative.place, call.place);
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
				valuePlace: value === undefined ? null : elsewhere ? withQuotes(value.value, call) : value.place,
				node: elsewhere ? null : call.node,
				cookie: null,
			},
			conditions: recorder.conditions(),
		});
	}
}

function recordText(name: string, value: Value | undefined, action: 'set' | 'add', call: Call, recorder: Recorder): void {
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

function recordCookie(call: Call, recorder: Recorder, clears: boolean): void {
	const [name, value, options] = call.args;
	if (name === undefined) return;
	const given = cookieOptions(call, clears, recorder);
	const written = cookieText(
		recorder.fixed(name.value),
		clears ? null : recorder.fixed(value?.value ?? unknown('value', call.place)),
		given,
		call.place,
	);
	recorder.record({
		kind: 'operation',
		operation: {
			action: 'add',
			name: 'Set-Cookie',
			namePlace: call.place,
			value: written,
			place: call.place,
			form: 'other',
			methodPlace: methodPlace(call),
			valuePlace: options?.place ?? null,
			node: call.node,
			cookie: { options: given, insert: value === undefined ? null : { kind: 'argument', behind: value.place } },
		},
		conditions: recorder.conditions(),
	});
}

function cookieOptions(call: Call, clears: boolean, recorder: Recorder): ReturnType<Recorder['fixed']> | null {
	const options = call.args[clears ? 1 : 2];
	return options === undefined ? null : recorder.fixed(options.value);
}

function within(inner: Place, outer: Place): boolean {
	return inner.path === outer.path && outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
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

function methodPlace(call: Call): Place | null {
	const callee = call.node?.type === 'CallExpression' ? call.node.callee : null;
	return callee?.type === 'MemberExpression' ? placeOf(call.frame.module, callee.property) : null;
}
