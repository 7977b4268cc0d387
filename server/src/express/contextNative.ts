import type { Call } from '../javascript/call';
import { knownText } from '../javascript/operators';
import { native, undefinedAt, unknown, type Value } from '../javascript/value';
import type { Place } from '../text/span';
import type { Framework, Handler } from './app';
import { record, recordObject } from './headerRecording';
import type { Recorder } from './trace';

/** What sends the answer: hono's `c.json()`, fastify's `reply.send()`. */
const endings: ReadonlyMap<string, 'json' | 'html' | 'unknown'> = new Map([
	['json', 'json'],
	['html', 'html'],
	['text', 'unknown'],
	['body', 'unknown'],
	['send', 'unknown'],
	['redirect', 'unknown'],
	['notFound', 'unknown'],
]);

/**
 * Koa's `ctx`, hono's `c` and fastify's `reply`: one object that headers are set on. Koa answers with what `ctx.body` is, the
 * others with a call. `helmet` is what `reply.helmet()` does.
 */
export function contextNative(framework: Framework, place: Place, recorder: Recorder, helmet: (call: Call) => Handler | null): Value {
	const end = (at: Place, body: 'json' | 'html' | 'unknown', isRedirect: boolean): void =>
		recorder.record({
			kind: 'end',
			status: isRedirect ? 302 : recorder.status,
			outcome: isRedirect ? 'redirect' : 'content',
			body,
			place: at,
			conditions: recorder.conditions(),
		});
	const context: Value = native({
		name: 'context',
		place,
		member: (name, at) => {
			if (name === 'response' || name === 'res' || (name === 'headers' && framework !== 'fastify') || name === 'raw')
				return name === 'raw' ? unknown('reply.raw', at) : context;
			if (name === 'state' || name === 'request' || name === 'req') return unknown(`ctx.${name}`, at);
			return native({
				name: `ctx.${name}`,
				place: at,
				call: call => {
					const first = call.args[0]?.value;
					switch (name) {
						case 'set':
						case 'header':
						case 'headers':
							if (first?.kind === 'object') recordObject(first, call, recorder);
							else if (framework !== 'hono' || first === undefined || knownText(first)?.includes('-') === true)
								record('set', name === 'set' ? 'set' : 'header', call, recorder);
							return context;
						case 'append':
							record('add', 'append', call, recorder);
							return context;
						case 'remove':
						case 'removeHeader':
						case 'delete':
							record('delete', 'removeHeader', call, recorder);
							return context;
						case 'status':
						case 'code':
							recorder.status = first?.kind === 'number' ? first.value : null;
							return context;
						case 'helmet': {
							const handler = helmet(call);
							if (handler !== null) recorder.record({ kind: 'run', handler, conditions: recorder.conditions() });
							return undefinedAt(call.place);
						}
						case 'throw':
							recorder.record({
								kind: 'next',
								to: 'error',
								guarded: false,
								status: null,
								place: call.place,
								conditions: recorder.conditions(),
							});
							return undefinedAt(call.place);
						default: {
							const body = endings.get(name);
							if (body === undefined) return unknown(`ctx.${name}()`, call.place);
							if (name === 'notFound') recorder.status = 404;
							// Hono takes the status, and then headers, behind what is sent.
							if (framework === 'hono' && 1 < call.args.length) {
								const [, status, headers] = call.args;
								recorder.status = status?.value.kind === 'number' ? status.value.value : null;
								if (headers !== undefined) recordObject(headers.value, call, recorder);
							}
							end(call.place, body, name === 'redirect');
							return context;
						}
					}
				},
			});
		},
		assign: (name, value, at) => {
			if (name === 'status') {
				recorder.status = value.kind === 'number' ? value.value : null;
				// Koa sends an answer with a status alone, too.
				if (framework === 'koa') end(at, 'unknown', false);
			} else if (name === 'body') end(at, value.kind === 'object' || value.kind === 'array' ? 'json' : 'unknown', false);
		},
	});
	return context;
}
