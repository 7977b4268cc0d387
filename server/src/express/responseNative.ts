import type { Call } from '../javascript/call';
import { callValue } from '../javascript/calls';
import { knownText } from '../javascript/operators';
import { withCondition } from '../javascript/run';
import type { StaticValue } from '../javascript/staticValue';
import { native, undefinedAt, unknown, type Value } from '../javascript/value';
import { hasUnknown } from '../model/value';
import { resolvePath } from '../text/paths';
import type { Place } from '../text/span';
import type { RawOperation } from './app';
import { cookieText } from './cookies';
import { pathOnDisk } from './filePaths';
import { methodPlace, record, recordHead, recordObject, recordPairs, recordText } from './headerRecording';
import { givenType, sentText } from './sentPages';
import { fileCacheControl } from './staticFiles';
import type { Recorder } from './trace';

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
	if (name === 'type' || name === 'contentType') {
		recorder.record({ kind: 'typed', conditions: recorder.conditions() });
		recorder.type = givenType(call);
	}
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
			recordPairs(first?.value, call, recorder);
			return response;
		case 'writeHead': {
			if (first?.value.kind === 'number') recorder.status = first.value.value;
			const headers = call.args.at(-1);
			if (headers !== undefined && headers !== first) recordHead(headers.value, call, recorder);
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
			// Of express 4 and 5 (lib/response.js, `jsonp`).
			if (name === 'jsonp') recordFixed(name, 'X-Content-Type-Options', 'nosniff', 'set', call, recorder, true);
			if (name === 'sendFile' || name === 'sendfile' || name === 'download') recordFile(name, call, recorder);
			if (name === 'redirect') recorder.status = first?.value.kind === 'number' && second !== undefined ? first.value.value : 302;
			if (name === 'sendStatus') recorder.status = first?.value.kind === 'number' ? first.value.value : null;
			const empty = recorder.status === 204 || recorder.status === 304;
			const page = sentText(name, call, recorder);
			recorder.record({
				kind: 'end',
				status: recorder.status,
				outcome: empty ? 'empty' : ending.outcome,
				body: ending.body,
				...(page === undefined ? {} : { page }),
				place: call.place,
				conditions: recorder.conditions(),
			});
			recorder.status = 200;
			recorder.type = null;
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

/** What send sets beside the file: the headers of its options, and a Cache-Control where there is none (send 1.2, index.js). */
function recordFile(name: string, call: Call, recorder: Recorder): void {
	const options = call.args.slice(1).find(({ value }) => value.kind === 'object' || value.kind === 'unknown');
	const option = (name: string): Value | undefined =>
		options?.value.kind === 'object' ? options.value.entries.findLast(({ key }) => key === name)?.value : undefined;
	recorder.record({ kind: 'file', path: sentFile(call, option('root')), conditions: recorder.conditions() });
	const headers = option('headers');
	if (headers !== undefined) recordObject(headers, call, recorder);
	if (name === 'download' && options?.value.kind === 'unknown') return;
	const written = fileCacheControl(options === undefined ? null : recorder.fixed(options.value), call.place);
	if (written === null) return;
	recordFixed(name, 'Cache-Control', hasUnknown(written.text) ? null : written.text, 'default', call, recorder);
}

/** The file that is sent, absolute; null where it is not known. */
function sentFile(call: Call, root: Value | undefined): string | null {
	const [file] = call.args;
	if (file === undefined) return null;
	if (root === undefined) return pathOnDisk(file.value, call);
	const folder = pathOnDisk(root, call);
	const name = knownText(file.value);
	return folder === null || name === null ? null : resolvePath(folder, name.replace(/^\/+/, ''));
}

/** A header that express sets by itself; `text` null: its value is not known. */
function recordFixed(
	method: string,
	name: string,
	text: string | null,
	action: RawOperation['action'],
	call: Call,
	recorder: Recorder,
	unlessTyped = false,
): void {
	const { place, node } = call;
	const value: StaticValue =
		text === null ? { kind: 'unknown', reason: 'options', place } : { kind: 'string', value: text, place, exact: false };
	const raw: RawOperation = {
		action,
		name,
		namePlace: place,
		value,
		place,
		form: 'other',
		methodPlace: null,
		valuePlace: null,
		node,
		cookie: null,
	};
	const operations = [{ raw, origin: 'default', certain: true, late: false, judged: false, unlessTyped }] as const;
	const handler = { kind: 'sets', label: `res.${method}()`, operations, place, conditions: [] } as const;
	recorder.record({ kind: 'run', handler, conditions: recorder.conditions() });
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
