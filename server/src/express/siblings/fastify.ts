import type { Call } from '../../javascript/call';
import { callValue } from '../../javascript/calls';
import { knownText } from '../../javascript/operators';
import type { HostModule } from '../../javascript/run';
import { type FunctionValue, native, undefinedAt, type Value } from '../../javascript/value';
import type { Place } from '../../text/span';
import { type AppRecord, appOf, type Entry, type Handler, handlerOf } from '../app';
import { isSet, listen, makeApp } from '../appNative';
import { corsCall } from '../corsModule';
import { fixedValue } from '../fixedOptions';
import { mayTouchHeaders } from '../packages';
import { compilePath, type Routing, undecided } from '../pathPattern';
import { handlersOf, register } from '../registration';
import type { Session } from '../session';
import { traceHandler } from '../trace';
import { isGlobal, loadedForChild, noteHelmet, noteLoaded, noteParent, routeHelmet } from './fastifyHelmet';

const methods = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all']);

/** fastify: the factory in all its import forms. */
export function fastifyModule(session: Session, place: Place): HostModule {
	const value: Value = native({
		name: 'fastify',
		place,
		call: call => makeFastify(session, 'app', call, routingOf(call.args[0]?.value)),
		member: name => (name === 'default' || name === 'fastify' ? value : null),
	});
	return { namespace: value, default: value, named: name => (name === 'fastify' || name === 'default' ? value : null) };
}

/** @fastify/cors: registered, not called. */
export function fastifyCorsModule(session: Session, place: Place): HostModule {
	const value = native({ name: '@fastify/cors', place, call: call => corsCall(session, call, 'other') });
	return { namespace: value, default: value, named: name => (name === 'default' ? value : null) };
}

function makeFastify(session: Session, kind: AppRecord['kind'], call: Call, routing: Routing): Value {
	return makeApp(
		session,
		{ kind, framework: 'fastify', place: call.place, module: call.frame.module, partial: false, node: call.node, routing },
		(app, value, name, at) => fastifyMember(session, app, value, name, at),
	);
}

/** `Fastify({ caseSensitive: false, ignoreTrailingSlash: true })`, in newer ones within `routerOptions`. */
function routingOf(options: Value | undefined): Routing {
	const inner = optionOf(options, 'routerOptions');
	const caseSensitive = isSet(options, 'caseSensitive', isSet(inner, 'caseSensitive', true));
	return { caseSensitive, strict: !isSet(options, 'ignoreTrailingSlash', isSet(inner, 'ignoreTrailingSlash', false)) };
}

/** Hooks that run before an answer is sent; the others see nothing of headers. */
const hooks = new Set(['onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onSend']);

/** Members that give the instance back and touch no header. */
const chained = new Set([
	'withTypeProvider',
	'decorate',
	'decorateRequest',
	'decorateReply',
	'addSchema',
	'addContentTypeParser',
	'removeContentTypeParser',
	'removeAllContentTypeParsers',
	'setValidatorCompiler',
	'setSerializerCompiler',
	'setSchemaErrorFormatter',
	'setSchemaController',
	'setReplySerializer',
	'ready',
]);

function fastifyMember(session: Session, app: AppRecord, value: Value, name: string, place: Place): Value | null {
	const method = (call: (call: Call) => void): Value =>
		native({
			name: `fastify.${name}`,
			place,
			call: made => {
				call(made);
				if (isAwaited(made)) noteLoaded(app);
				return value;
			},
		});
	if (methods.has(name)) return method(call => shorthandRoute(session, app, name === 'all' ? null : name.toUpperCase(), call));
	if (chained.has(name)) return method(() => undefined);
	switch (name) {
		case 'register':
			return method(call => registerPlugin(session, app, call));
		case 'route':
			return method(call => addRoute(session, app, call));
		case 'after':
			return method(call => {
				noteLoaded(app);
				const callback = call.args[0]?.value;
				if (callback?.kind === 'function') callValue(callback, { ...call, args: [] }, undefinedAt(call.place));
			});
		case 'addHook':
			return method(call => {
				const hook = call.args[0] === undefined ? null : knownText(call.args[0].value);
				if (hook !== null && !hooks.has(hook)) return;
				const before = app.entries.length;
				register(session, app, 'use', null, { ...call, args: call.args.slice(1) });
				for (const [index, entry] of app.entries.entries()) if (before <= index) app.entries[index] = { ...entry, hook };
			});
		case 'setErrorHandler':
		case 'setNotFoundHandler':
			return method(call => setHandler(session, app, name === 'setErrorHandler', call));
		case 'listen':
			return method(call => listen(app, call.args[0]?.value, call));
		default:
			return null;
	}
}

function isAwaited({ node, frame }: Call): boolean {
	return node !== null && frame.module.tree.parentOf(node)?.type === 'AwaitExpression';
}

/** `fastify.get(path, options, handler)`; the options may hold the handler, and what helmet is to do. */
function shorthandRoute(session: Session, app: AppRecord, method: string | null, call: Call): void {
	const options = call.args.slice(1).find(({ value }) => value.kind === 'object')?.value;
	const [url] = call.args;
	if (url === undefined) return;
	const handler = call.args.slice(1).findLast(({ value }) => value.kind !== 'object')?.value ?? optionOf(options, 'handler');
	if (handler !== undefined) mountRoute(session, app, method, [url.value], handler, options, call);
}

/** `fastify.route({ method, url, handler })`. */
function addRoute(session: Session, app: AppRecord, call: Call): void {
	const options = call.args[0]?.value;
	const url = optionOf(options, 'url') ?? optionOf(options, 'path');
	const handler = optionOf(options, 'handler');
	const method = optionOf(options, 'method');
	if (url === undefined || handler === undefined) return;
	for (const each of method === undefined ? [] : method.kind === 'array' ? method.elements.map(({ value }) => value) : [method])
		mountRoute(session, app, knownText(each)?.toUpperCase() ?? null, [url], handler, options, call);
}

function mountRoute(
	session: Session,
	app: AppRecord,
	method: string | null,
	url: readonly Value[],
	handler: Value,
	options: Value | undefined,
	call: Call,
): void {
	const args = [...routeHooks(options), handler].map(value => ({ value, place: value.place }));
	register(session, app, 'route', method, { ...call, args }, url);
	const own = optionOf(options, 'helmet') ?? optionOf(optionOf(options, 'config'), 'helmet');
	const entry = app.entries.at(-1);
	if (own === undefined || entry === undefined) return;
	const handlers = routeHelmet(app, fixedValue(own, call), own.place);
	for (const each of handlers) if (each.kind === 'helmet') session.mounted.add(each);
	app.entries[app.entries.length - 1] = { ...entry, handlers: [...handlers, ...entry.handlers] };
}

/** Hooks of one route: `{ preHandler: auth }` or `{ onRequest: [a, b] }`. Those out of sight check who asks, as a rule. */
function routeHooks(options: Value | undefined): readonly Value[] {
	return [...hooks].flatMap(name => {
		const hook = optionOf(options, name);
		const each = hook?.kind === 'array' ? hook.elements.map(({ value }) => value) : hook === undefined ? [] : [hook];
		return each.filter(({ kind }) => kind === 'function');
	});
}

function optionOf(options: Value | undefined, key: string): Value | undefined {
	return options?.kind === 'object' ? options.entries.findLast(entry => entry.key === key)?.value : undefined;
}

/** `setErrorHandler((error, request, reply) => ...)` and `setNotFoundHandler((request, reply) => ...)`. */
function setHandler(session: Session, app: AppRecord, forErrors: boolean, call: Call): void {
	const found = call.args.at(-1)?.value;
	if (found?.kind !== 'function') return;
	const label = forErrors ? 'setErrorHandler' : 'setNotFoundHandler';
	const trace = traceHandler(session, found, label, call, app, { handlesErrors: forErrors });
	const handler: Handler = { kind: 'code', trace, place: found.place, conditions: [] };
	app.entries.push({ ...bareEntry(call), kind: forErrors ? 'use' : 'route', handlers: [handler], label: `fastify.${label}()` });
}

function bareEntry({ place, node, frame }: Call): Omit<Entry, 'kind' | 'handlers' | 'label'> {
	return { method: null, paths: [], pathLabel: '', route: null, place, node, conditions: [...frame.run.conditions] };
}

/** A known plugin is mounted; a function gets an instance of its own, on which what it registers stays. */
function registerPlugin(session: Session, app: AppRecord, call: Call): void {
	const [plugin, options] = call.args;
	if (plugin === undefined) return;
	const found = plugin.value;
	if (found.kind === 'native' && found.call !== null) {
		const made = found.call({ ...call, args: options === undefined ? [] : [options] });
		const isHelmet = handlerOf(found)?.kind === 'not-called';
		const handlers = handlersOf(session, made, { call, place: call.place, label: '', app });
		for (const handler of handlers) if (handler.kind === 'helmet') session.mounted.add(handler);
		mountPlugin(session, app, handlers, isHelmet ? 'register(helmet)' : `register(${found.name})`, call);
	} else if (found.kind === 'function') registerFunction(session, app, found, call);
	else if (found.kind === 'unknown') registerUnknown(app, found, call);
}

function mountPlugin(session: Session, app: AppRecord, handlers: readonly Handler[], label: string, call: Call): void {
	const mounted = handlers.flatMap((handler): readonly Handler[] => {
		if (handler.kind !== 'helmet') return [handler];
		noteHelmet(session, app, handler);
		const everywhere = isGlobal(handler.options);
		if (everywhere === false) return [];
		return everywhere ? [handler] : [{ ...handler, conditions: [...handler.conditions, { test: 'global', holds: true }] }];
	});
	if (0 < mounted.length) app.entries.push({ ...bareEntry(call), kind: 'use', handlers: mounted, label });
}

/** What the plugin does runs later than the code around it, when all plugins above it have. */
function registerFunction(session: Session, app: AppRecord, plugin: FunctionValue, call: Call): void {
	const options = call.args[1]?.value;
	const child = makeFastify(session, 'router', call, app.routing);
	const record = appOf(child);
	if (record === null) return;
	noteParent(record, app);
	loadedForChild(app, () =>
		callValue(plugin, { ...call, args: [{ value: child, place: call.place }, ...call.args.slice(1)] }, undefinedAt(call.place)),
	);
	const prefix = optionOf(options, 'prefix');
	const text = prefix === undefined ? null : knownText(prefix);
	const paths =
		prefix === undefined ? [] : [text === null ? undecided('prefix') : compilePath(text, 'fastify', { ...app.routing, strict: false })];
	const handlers: readonly Handler[] = [{ kind: 'router', app: record, place: call.place, conditions: [] }];
	app.entries.push({ ...bareEntry(call), kind: 'use', paths, pathLabel: text ?? '', route: null, handlers, label: 'register(plugin)' });
}

/** `fastify-plugin` lets a function register on the instance itself; of other plugins only their names tell. */
function registerUnknown(app: AppRecord, { from, reason, wraps, place }: Extract<Value, { kind: 'unknown' }>, call: Call): void {
	if (from === 'fastify-plugin' && wraps !== undefined && 0 < wraps.length) {
		for (const plugin of wraps)
			callValue(plugin, { ...call, args: [{ value: app.value, place: call.place }, ...call.args.slice(1)] }, undefinedAt(call.place));
		return;
	}
	if (from !== null && from !== '@fastify/autoload' && !mayTouchHeaders(from)) return;
	app.unknowns.push({ reason: `${reason} is not known`, place });
	const handler: Handler = { kind: 'unknown', reason, place, conditions: [] };
	app.entries.push({ ...bareEntry(call), kind: 'use', handlers: [handler], label: `register(${reason})` });
}
