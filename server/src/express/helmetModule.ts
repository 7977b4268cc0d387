import type { Call } from '../javascript/call';
import { callValue } from '../javascript/calls';
import { emptyObject } from '../javascript/literals';
import type { HostModule } from '../javascript/run';
import { native, undefinedAt, unknown, type Value } from '../javascript/value';
import type { Place } from '../text/span';
import { type Handler, type HelmetHandler, withHandler } from './app';
import { fixedOptions } from './fixedOptions';
import { defaultDirectives } from './helmet/cspDirectives';
import { fastifyHelmetOutcome } from './helmet/fastifyHelmet';
import { helmetOutcome, isStandalone, standaloneOutcome } from './helmet/helmetOutcome';
import { versionNumber } from './helmet/version';
import type { Session } from './session';

type Library = HelmetHandler['library'];

/** helmet and koa-helmet (which has the same functions): what the module exports, in all import forms. */
export function helmetModule(session: Session, place: Place, library: Library): HostModule {
	session.helmetReads.add(`${place.path}:${place.span.start}`);
	const whole = helmetFunction(session, place, library);
	return {
		namespace: whole,
		default: whole,
		named: name => (name === 'default' ? whole : standaloneFunction(session, name, place, library)),
	};
}

function helmetFunction(session: Session, place: Place, library: Library): Value {
	const value: Value = withHandler(
		native({
			name: 'helmet',
			place,
			call: call => helmetCall(session, call, null, library),
			member: (name, at) => (name === 'default' ? value : standaloneFunction(session, name, at, library)),
		}),
		{ kind: 'not-called', label: 'helmet', whole: true, place, conditions: [] },
	);
	return value;
}

/** `helmet.hsts`; null for a name that no version has. */
function standaloneFunction(session: Session, name: string, place: Place, library: Library): Value | null {
	if (!/^[a-z][A-Za-z]+$/.test(name) || name === 'helmet') return null;
	return withHandler(
		native({
			name: `helmet.${name}`,
			place,
			call: call => helmetCall(session, call, name, library),
			member: (member, at) => {
				if (member === 'dangerouslyDisableDefaultSrc') return { kind: 'disable-default-src', place: at };
				if (member !== 'getDefaultDirectives') return null;
				return native({ name: 'getDefaultDirectives', place: at, call: call => directivesObject(session, call) });
			},
		}),
		{ kind: 'not-called', label: `helmet.${name}`, whole: false, place, conditions: [] },
	);
}

/** `helmet.contentSecurityPolicy.getDefaultDirectives()` of the installed version, as an object that can be spread. */
function directivesObject(session: Session, call: Call): Value {
	const { frame, place } = call;
	if (call.node === null) return unknown('getDefaultDirectives()', place);
	const object = emptyObject(frame, call.node);
	for (const [key, sources] of defaultDirectives(versionNumber(session.helmetVersion(frame.module, 'helmet'))))
		object.entries.push({
			key,
			keyPlace: place,
			place,
			conditions: [],
			value: {
				kind: 'array',
				elements: sources.map(value => ({ value: { kind: 'string', value, place, exact: false }, conditions: [] })),
				open: false,
				iterable: 'array',
				place,
				madeUnder: frame.run.conditions,
			},
		});
	return object;
}

function helmetCall(session: Session, call: Call, middleware: string | null, library: Library): Value {
	const { run, module } = call.frame;
	const options = fixedOptions(call);
	const version = session.helmetVersion(module, library);
	if (
		middleware !== null &&
		!isStandalone(version, middleware) &&
		!isStandalone('3.23.3', middleware) &&
		!isStandalone('6.2.0', middleware) &&
		!hasNoSuchFunction(library, version, middleware)
	)
		return unknown(`helmet.${middleware}()`, call.place, 'helmet');
	const outcome =
		library === '@fastify/helmet'
			? fastifyHelmetOutcome(version, options, call.place)
			: middleware === null
				? helmetOutcome(version, options, call.place)
				: standaloneOutcome(version, middleware, options, call.place);
	const handler: HelmetHandler = {
		kind: 'helmet',
		place: call.place,
		conditions: [...run.conditions],
		middleware,
		library,
		version,
		options,
		outcome,
		argumentsPlace: argumentsPlace(call),
		label: middleware === null ? 'helmet()' : `helmet.${middleware}()`,
		perRequest: 0 < session.recorders.length,
		replaces: false,
	};
	session.helmetCalls.push(handler);
	return middlewareNative(session, handler.label, call.place, handler);
}

/** Whether `helmet.<name>` is surely nothing: helmet 2 and earlier had other names, and what a function has of itself is something. */
function hasNoSuchFunction(library: Library, version: string, name: string): boolean {
	return library === 'helmet' && versionNumber('3.0.0') <= versionNumber(version) && !(name in Function.prototype);
}

/** A middleware as a value: mounted, or called by hand in another one. */
export function middlewareNative(session: Session, name: string, place: Place, handler: Handler): Value {
	return withHandler(
		native({
			name,
			place,
			call: call => {
				const recorder = session.recorders.at(-1);
				if (recorder !== undefined) recorder.record({ kind: 'run', handler, conditions: recorder.conditions() });
				if (handler.kind === 'helmet') session.mounted.add(handler);
				const next = call.args[2];
				return next === undefined ? undefinedAt(call.place) : callValue(next.value, { ...call, args: [] }, undefinedAt(call.place));
			},
		}),
		handler,
	);
}

/** Between the parentheses of a call. */
export function argumentsPlace(call: Call): Place {
	const { path, span } = call.place;
	const first = call.node !== null && call.node.type !== 'TaggedTemplateExpression' ? call.node.arguments[0] : undefined;
	const callee = call.node !== null && call.node.type !== 'TaggedTemplateExpression' ? call.node.callee.range[1] : span.start;
	const open = call.frame.module.source.text.indexOf('(', callee);
	const start = 0 <= open && open < span.end ? open + 1 : (first?.range[0] ?? span.end);
	return { path, span: { start: Math.min(start, span.end), end: Math.max(start, span.end - 1) } };
}
