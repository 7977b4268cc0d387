import type { Call } from '../javascript/call';
import { runFunction } from '../javascript/functions';
import type { ModuleRecord } from '../javascript/module';
import { knownText } from '../javascript/operators';
import { runDeferred } from '../javascript/run';
import type { StaticValue } from '../javascript/staticValue';
import { toStatic } from '../javascript/toStatic';
import { alternatives, type Condition, type FunctionValue, native, truth, undefinedAt, unknown, type Value } from '../javascript/value';
import type { Place } from '../text/span';
import type { AppRecord, Framework, Handler, Trace, TraceEvent } from './app';
import { contextNative } from './contextNative';
import { responseNative } from './responseNative';
import type { Session } from './session';
import { replyHelmet } from './siblings/fastifyHelmet';

/** Collects what a handler does while its code is followed. */
export interface Recorder {
	record(event: TraceEvent): void;
	/** The conditions inside the handler, without those under which it is registered. */
	conditions(): readonly Condition[];
	fixed(value: Value): StaticValue;
	/** The status the answer will have, as far as it has been set. */
	status: number | null;
	/** What `res.type()` was given, the empty text for what is not known; null where it was not called. */
	type: string | null;
}

/** Makes a recorder for code that runs in the same frame as `call`. */
export function createRecorder(call: Call, events: TraceEvent[]): Recorder {
	const { run } = call.frame;
	const base = run.conditions;
	return {
		record: event => {
			events.push(event);
		},
		conditions: () => [...run.conditions.filter(condition => !base.some(({ test }) => test === condition.test)), ...run.unbroken],
		fixed: value =>
			toStatic(value, run.conditions, found => runFunction(found, [], undefinedAt(call.place), { ...call, args: [], open: true })),
		status: 200,
		type: null,
	};
}

/**
 * Follows a middleware or handler `(req, res, next)`, an error handler `(err, req, res, next)`, and what it calls. Callbacks of
 * functions nobody knows are taken to run; what they do counts. `handlesErrors` null: its parameters tell. `isWrapped`: a function out of
 * sight calls it, which is taken to pass its errors on.
 */
export function traceHandler(
	session: Session,
	value: FunctionValue,
	label: string,
	call: Call,
	app: Pick<AppRecord, 'framework' | 'expressMajor'>,
	{ handlesErrors = null, isWrapped = false }: { readonly handlesErrors?: boolean | null; readonly isWrapped?: boolean } = {},
): Trace {
	const { run } = call.frame;
	const events: TraceEvent[] = [];
	const recorder = createRecorder(call, events);
	const { framework } = app;
	const isErrorHandler = handlesErrors ?? ((framework === 'express' || framework === 'nest') && 4 <= value.node.params.length);
	const at = (index: number): Place => {
		const param = value.node.params[index];
		return param === undefined ? value.place : { path: value.place.path, span: { start: param.range[0], end: param.range[1] } };
	};
	const values = passedBy(framework, isErrorHandler, at, recorder, session);
	const args = values.map((argument, index) => ({ value: argument, place: at(index) }));
	const before = run.deferred;
	run.deferred = [];
	const { onThrow, onReject } = run;
	const fail =
		(to: 'error' | 'nowhere') =>
		(place: Place, thrown: Value): void =>
			recorder.record({ kind: 'next', to, guarded: false, status: statusOf(thrown, place), place, conditions: recorder.conditions() });
	run.onThrow = fail('error');
	run.onReject = fail(isWrapped || waitsForPromises(app, session) ? 'error' : 'nowhere');
	session.recorders.push(recorder);
	const result = runFunction(value, args, undefinedAt(call.place), { ...call, args, open: false, node: null });
	if (framework === 'hono' && alternatives(result).some(isForeignResponse))
		recorder.record({
			kind: 'run',
			handler: { kind: 'unknown', reason: 'the response', place: result.place, conditions: [] },
			conditions: recorder.conditions(),
		});
	runDeferred(run);
	session.recorders.pop();
	run.onThrow = onThrow;
	run.onReject = onReject;
	run.deferred = before;
	return { events, isErrorHandler, label };
}

/** Whether a handler of hono answers with a response that somebody else has made: `new Response()`, `fetch()`, another app. */
function isForeignResponse(value: Value): boolean {
	return value.kind === 'unknown' && !/^ctx\.|^c\./.test(value.reason);
}

/**
 * Whether a promise that rejects is passed on as an error: by express from 5 on (router 2, lib/layer.js, `handleRequest`), in 4 only with
 * the package express-async-errors, and by all the others.
 */
function waitsForPromises({ framework, expressMajor }: Pick<AppRecord, 'framework' | 'expressMajor'>, session: Session): boolean {
	if ((framework !== 'express' && framework !== 'nest') || 5 <= expressMajor) return true;
	return [...session.run.modules.values()].some(patchesExpress);
}

const patching = new WeakMap<ModuleRecord, boolean>();

function patchesExpress(module: ModuleRecord): boolean {
	const known = patching.get(module) ?? /express-async-(?:errors|patch)/.test(module.source.text);
	patching.set(module, known);
	return known;
}

/** Follows `setHeaders(res, path, stat)` of static files. */
export function traceSetHeaders(session: Session, value: FunctionValue, call: Call): Trace {
	const events: TraceEvent[] = [];
	const recorder = createRecorder(call, events);
	const args = [{ value: responseNative(value.place, recorder), place: value.place }];
	session.recorders.push(recorder);
	runFunction(value, args, undefinedAt(call.place), { ...call, args, open: true });
	session.recorders.pop();
	return { events, isErrorHandler: false, label: 'setHeaders' };
}

/** What the framework calls a handler with. */
function passedBy(
	framework: Framework,
	isErrorHandler: boolean,
	at: (index: number) => Place,
	recorder: Recorder,
	session: Session,
): readonly Value[] {
	switch (framework) {
		case 'koa':
		case 'hono':
			return [contextNative(framework, at(0), recorder, () => null), nextNative(at(1), recorder)];
		case 'fastify': {
			const shift = isErrorHandler ? 1 : 0;
			const helmet = (call: Call): Handler | null => replyHelmet(session, call);
			const rest = [requestNative(at(shift)), contextNative(framework, at(shift + 1), recorder, helmet)];
			return isErrorHandler ? [unknown('err', at(0)), ...rest] : rest;
		}
		default: {
			const shift = isErrorHandler ? 1 : 0;
			const rest = [requestNative(at(shift)), responseNative(at(shift + 1), recorder), nextNative(at(shift + 2), recorder)];
			return isErrorHandler ? [unknown('err', at(0)), ...rest] : rest;
		}
	}
}

/** `req`: all we know is what its parts are called. */
export function requestNative(place: Place): Value {
	const header = (name: string, at: Place): Value => unknown(`req.headers.${name.toLowerCase()}`, at);
	return native({
		name: 'req',
		place,
		member: (name, at) => {
			if (name === 'headers') return native({ name: 'req.headers', place: at, member: header });
			if (name !== 'get' && name !== 'header') return null;
			return native({
				name: `req.${name}`,
				place: at,
				call: call => {
					const wanted = call.args[0] === undefined ? null : knownText(call.args[0].value);
					return wanted === null ? unknown(`req.${name}()`, call.place) : header(wanted, call.place);
				},
			});
		},
	});
}

/** An error of the language that is made where it is thrown has no status, so that finalhandler takes 500. */
function statusOf(thrown: Value, place: Place): number | null {
	const isHere = place.span.start <= thrown.place.span.start && thrown.place.span.end <= place.span.end;
	return isHere && thrown.kind === 'unknown' && /^new (?:Type|Range|Syntax|Reference)?Error\(/.test(thrown.reason) ? 500 : null;
}

function nextNative(place: Place, recorder: Recorder): Value {
	return native({
		name: 'next',
		place,
		call: call => {
			const first = call.args[0]?.value;
			const isPlain = first === undefined || truth(first) === false;
			const text = first === undefined ? null : knownText(first);
			const to = isPlain ? 'next' : text === 'route' ? 'skip' : text === 'router' ? 'leave' : 'error';
			const status = first === undefined ? null : statusOf(first, call.place);
			const guarded = 0 < call.frame.run.tries;
			recorder.record({ kind: 'next', to, guarded, status, place: call.place, conditions: recorder.conditions() });
			return undefinedAt(call.place);
		},
	});
}
