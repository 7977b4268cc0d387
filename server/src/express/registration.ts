import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { type Call, placeOf, textOf } from '../javascript/call';
import { knownText } from '../javascript/operators';
import { resolveModule } from '../javascript/resolution';
import { alternatives, type Condition, underConditions, type Value } from '../javascript/value';
import type { Place } from '../text/span';
import { type AppRecord, appOf, type Entry, type Handler, handlerOf } from './app';
import { mayTouchHeaders, packageBehaviour } from './packages';
import { compileExpression, compilePath, isUndecided, type PathPattern, undecided } from './pathPattern';
import type { Session } from './session';
import { traceHandler } from './trace';

/** Registers what a call of `app.use`, `app.get`, ... adds to the chain. `method` is null for `use` and `all`. */
export function register(
	session: Session,
	app: AppRecord,
	kind: Entry['kind'],
	method: string | null,
	call: Call,
	fixedPath: readonly Value[] | null = null,
	route: Place | null = null,
): void {
	const first = call.args[0]?.value;
	const hasPath = fixedPath === null && first !== undefined && isPath(first, kind, call.args.length);
	const pathValues = fixedPath ?? (hasPath && first !== undefined ? [first] : []);
	const paths = pathValues.flatMap(value => patternsOf(value, app, session, kind === 'route'));
	const pathLabel = paths.map(pattern => pattern.source).join(', ');
	const callee = call.node?.type === 'CallExpression' ? call.node.callee : null;
	const written = callee === null ? 'app.use' : calleeText(call);
	// What another file calls the app is no name for it in its own.
	if (call.place.path === app.place.path)
		noteName(app, callee?.type === 'MemberExpression' ? textOf(call.frame.module, callee.object) : null);
	const mounted = call.args.slice(hasPath ? 1 : 0).flatMap(({ value, place }) => {
		const at = mountingAt(place, call, app);
		return handlersOf(session, value, at).map(handler => ({ handler, shown: shownHandler(handler, place, call) }));
	});
	const handlers = mounted.map(({ handler }) => handler);
	const label = `${written}(${
		paths.length === 0
			? mounted
					.map(({ shown }) => shown)
					.slice(0, 2)
					.join(', ')
			: paths.map(pattern => (isUndecided(pattern) ? pattern.source.replace(/^\{(.*)\}$/, '$1') : `'${pattern.source}'`)).join(', ')
	})`;
	for (const handler of handlers) {
		if (handler.kind === 'helmet') session.mounted.add(handler);
		if (handler.kind === 'router') noteMounted(handler.app, app, call);
		if (handler.kind === 'unknown') app.unknowns.push({ reason: `${handler.reason} is not known`, place: handler.place });
	}
	if (call.open) app.unknowns.push({ reason: 'not all arguments are known', place: call.place });
	if (handlers.length === 0 && kind === 'use' && !call.open) return;
	const isEverywhere = kind === 'use' && paths.some(pattern => pattern.source === '/' || pattern.source === '');
	for (const part of withErrorsApart(handlers, kind))
		app.entries.push({
			kind,
			method,
			paths: isEverywhere ? [] : paths,
			pathLabel: isEverywhere ? '' : pathLabel,
			handlers: part,
			route,
			label,
			place: call.place,
			node: call.node,
			conditions: [...call.frame.run.conditions],
		});
}

/**
 * Express makes a layer of each middleware, and one with four parameters runs for errors only (router 2, lib/layer.js), also where
 * it stands among others in one call. Of a route's handlers those for errors come after the rest.
 */
function withErrorsApart(handlers: readonly Handler[], kind: Entry['kind']): readonly (readonly Handler[])[] {
	const handlesErrors = (handler: Handler): boolean => handler.kind === 'code' && handler.trace.isErrorHandler;
	if (!handlers.some(handlesErrors) || handlers.every(handlesErrors)) return [handlers];
	if (kind === 'route') return [handlers.filter(handler => !handlesErrors(handler)), handlers.filter(handlesErrors)];
	const parts: Handler[][] = [];
	for (const handler of handlers) {
		const last = parts.at(-1);
		if (last?.[0] !== undefined && handlesErrors(last[0]) === handlesErrors(handler)) last.push(handler);
		else parts.push([handler]);
	}
	return parts;
}

/** An app that has no router yet takes over the settings of the one it is mounted on (express 5, lib/application.js, `mount`). */
function noteMounted(child: AppRecord, app: AppRecord, call: Call): void {
	child.mountedAt ??= call.place;
	if (child.kind === 'app' && app.kind === 'app' && child.entries.length + child.params.length === 0 && child.framework === 'express')
		child.routing = app.settings;
}

/** What is called, as written; in a chain only the method. */
function calleeText(call: Call): string {
	const callee = call.node?.type === 'CallExpression' ? call.node.callee : null;
	if (callee?.type !== 'MemberExpression') return callee === null ? 'app.use' : textOf(call.frame.module, callee);
	const { object } = callee;
	const name = textOf(call.frame.module, callee.property);
	return object.type === 'Identifier' || object.type === 'ThisExpression' || object.type === 'MemberExpression'
		? `${textOf(call.frame.module, object)}.${name}`
		: `.${name}`;
}

function noteName(app: AppRecord, written: string | null): void {
	if (app.name === '' && written !== null && /^[\w$.]+$/.test(written)) app.name = written;
}

/** `place` is the argument it is passed by. */
function shownHandler(handler: Handler, { span }: Place, { frame }: Call): string {
	switch (handler.kind) {
		case 'helmet':
		case 'harmless':
		case 'sets':
		case 'not-called':
			return handler.label;
		case 'helmet-undone':
			return 'helmet: false';
		case 'cors':
			return 'cors()';
		case 'static':
			return 'express.static()';
		case 'router':
			// The function that makes a router says more than what the router is called inside it.
			return (
				/^[\w$.]+(?=\()/.exec(frame.module.source.text.slice(span.start, span.end))?.[0].concat('()') ??
				(handler.app.name === '' ? 'router' : handler.app.name)
			);
		case 'code':
			return handler.trace.label;
		default:
			return handler.reason.length <= 40 ? handler.reason : '...';
	}
}

/** Whether the first argument is a path: anything but a middleware. */
function isPath(value: Value, kind: Entry['kind'], count: number): boolean {
	const [found] = alternatives(value);
	if (found === undefined) return false;
	if (found.kind === 'string' || found.kind === 'text' || found.kind === 'number') return true;
	if (found.kind === 'array')
		return (
			found.elements.some(element => element.value.kind === 'string' || isExpression(element.value)) ||
			(kind === 'route' && found.elements.length === 0)
		);
	return (
		found.kind === 'unknown' &&
		1 < count &&
		(kind === 'route' || found.wraps === undefined) &&
		(kind === 'route' || isExpression(found) || /path|url|route|prefix|base|^\/.+\/\w*$/i.test(found.reason))
	);
}

function isExpression(value: Value): boolean {
	return value.kind === 'unknown' && value.expression !== undefined;
}

/** The patterns of a path argument; the root path is no restriction for `use`. */
function patternsOf(value: Value, app: AppRecord, session: Session, isExact: boolean, isListed = false): readonly PathPattern[] {
	const found = underConditions(value, session.run.conditions);
	if (found.kind === 'array') return found.elements.flatMap(element => patternsOf(element.value, app, session, isExact, true));
	const text = knownText(found);
	if (found.kind === 'unknown' && found.expression !== undefined) {
		const { source, flags } = found.expression;
		// Express 4 makes one expression of a list, with flags of its own (path-to-regexp 0.1, index.js).
		return [compileExpression(source, isListed && app.expressMajor < 5 ? (app.routing.caseSensitive ? '' : 'i') : flags)];
	}
	if (text === null) return [undecided(found.kind === 'unknown' ? `{${found.reason}}` : '{...}')];
	const syntax = app.framework === 'fastify' || app.framework === 'hono' ? app.framework : app.expressMajor;
	return [
		compilePath(text, syntax, { caseSensitive: app.routing.caseSensitive, strict: (isExact || syntax === 'hono') && app.routing.strict }),
	];
}

/** The argument a middleware is passed by. */
export interface Mounting {
	readonly call: Call;
	readonly place: Place;
	readonly app: AppRecord;
	/** As shown to people, where it is short; empty otherwise. */
	readonly label: string;
}

function mountingAt(place: Place, call: Call, app: AppRecord): Mounting {
	const { text, path } = call.frame.module.source;
	const written = place.path === path ? text.slice(place.span.start, Math.min(place.span.end, place.span.start + 40)) : '';
	return { call, place, app, label: /^[\w$.]+$/.test(written) ? written : '' };
}

/** What a value does when it is mounted; several for an array, and for each case of a branch. */
export function handlersOf(session: Session, value: Value, at: Mounting, conditions: readonly Condition[] = []): readonly Handler[] {
	const found = underConditions(value, [...session.run.conditions, ...conditions]);
	switch (found.kind) {
		case 'native': {
			const app = appOf(found);
			if (app !== null) return [{ kind: 'router', app, place: found.place, conditions }];
			const handler = handlerOf(found);
			if (handler === null) return [{ kind: 'unknown', reason: found.name, place: found.place, conditions }];
			return [{ ...handler, conditions, ...(handler.kind === 'not-called' ? { place: withoutType(at) } : {}) }].map(each =>
				same(session, handler, each),
			);
		}
		case 'array':
			return found.elements.flatMap(element => handlersOf(session, element.value, at, [...conditions, ...element.conditions]));
		case 'branch':
			return [
				...handlersOf(session, found.whenTrue, at, [...conditions, { test: found.test, holds: true }]),
				...handlersOf(session, found.whenFalse, at, [...conditions, { test: found.test, holds: false }]),
			];
		case 'function':
			return [traced(session, found, at, conditions)];
		case 'unknown':
			return unknownHandler(session, found, at, conditions);
		default:
			return [];
	}
}

/** Where the middleware itself is written: `helmet` of `helmet as RequestHandler`. */
function withoutType({ place, call }: Mounting): Place {
	if (call.node === null || call.node.type === 'TaggedTemplateExpression' || place.path !== call.frame.module.source.path) return place;
	let found: TSESTree.Node | undefined = call.node.arguments.find(
		({ range }) => range[0] === place.span.start && range[1] === place.span.end,
	);
	while (
		found?.type === 'TSAsExpression' ||
		found?.type === 'TSSatisfiesExpression' ||
		found?.type === 'TSNonNullExpression' ||
		found?.type === 'TSTypeAssertion'
	)
		found = found.expression;
	return found === undefined ? place : placeOf(call.frame.module, found);
}

/** A copy of a handler under other conditions counts as mounted when the original does. */
function same(session: Session, original: Handler, copy: Handler): Handler {
	if (original.kind === 'helmet') session.mounted.add(original);
	return copy;
}

function traced(
	session: Session,
	value: Extract<Value, { kind: 'function' }>,
	at: Mounting,
	conditions: readonly Condition[],
	isWrapped = false,
): Handler {
	let trace = session.traces.get(value);
	if (trace === undefined) {
		const label = value.node.id?.name ?? (at.label === '' ? '(req, res) => ...' : at.label);
		trace = traceHandler(session, value, label, at.call, at.app, { isWrapped });
		session.traces.set(value, trace);
	}
	return { kind: 'code', trace, place: value.place, conditions };
}

function unknownHandler(
	session: Session,
	value: Extract<Value, { kind: 'unknown' }>,
	at: Mounting,
	conditions: readonly Condition[],
): readonly Handler[] {
	// `test && helmet()` leaves the failed test itself in the other case: nothing is mounted then.
	if (conditions.some(({ test }) => test === value.reason)) return [];
	if (value.wraps !== undefined) return value.wraps.map(wrapped => traced(session, wrapped, at, conditions, true));
	const { from, place } = value;
	const behaviour = from === null ? null : packageBehaviour(from);
	if (behaviour !== null) return [{ kind: 'harmless', label: value.reason, answers: behaviour.answers, place, conditions }];
	if (from !== null && !mayTouchHeaders(from)) return [{ kind: 'harmless', label: value.reason, answers: true, place, conditions }];
	const file = from === null ? null : resolveModule(from, at.call.frame.module.source.path, session.run);
	return [{ kind: 'unknown', reason: value.reason, file, place, conditions }];
}
