import type { Call } from '../javascript/call';
import { deferIfFunction } from '../javascript/calls';
import { knownText } from '../javascript/operators';
import { alternatives, type Condition, native, truth, undefinedAt, underConditions, unknown, type Value } from '../javascript/value';
import type { Place } from '../text/span';
import { type AppRecord, type Handler, withApp } from './app';
import { looseRouting, type Routing } from './pathPattern';
import { register } from './registration';
import type { Session } from './session';
import { traceHandler } from './trace';

const methods = new Set([
	'get',
	'post',
	'put',
	'patch',
	'delete',
	'head',
	'options',
	'all',
	'search',
	'link',
	'unlink',
	'del',
	'm-search',
	'propfind',
]);

/** What `app.<name>` is; null for a member that is not known. */
type Members = (app: AppRecord, value: Value, name: string, place: Place) => Value | null;

/** Makes an app or router, of express unless another framework's members are given, and the native that stands for it. */
export function makeApp(
	session: Session,
	made: Pick<AppRecord, 'kind' | 'place' | 'module' | 'partial' | 'node'> & Partial<Pick<AppRecord, 'framework' | 'routing'>>,
	members: Members = (app, value, name, place) => appMember(session, app, value, name, place),
): Value {
	const { kind, place, module } = made;
	const app: AppRecord = {
		framework: 'express',
		routing: looseRouting,
		settings: made.routing ?? looseRouting,
		...made,
		name: '',
		entries: [],
		params: [],
		poweredBy: [],
		unknowns: [],
		listens: [],
		listening: null,
		entriesBeforeListening: null,
		expressMajor: Number.parseInt(session.version('express', module).version, 10),
		conditions: [...session.run.conditions],
		routingSet: null,
		value: undefinedAt(place),
		mountedAt: null,
	};
	session.apps.push(app);
	const value: Value = withApp(native({ name: kind, place, member: (name, at) => members(app, value, name, at) }), app);
	app.value = value;
	return value;
}

/** Members of an app (express 5, lib/application.js). What is not known gives an unknown value and changes nothing. */
function appMember(session: Session, app: AppRecord, value: Value, name: string, place: Place): Value | null {
	const method = (call: (call: Call) => Value): Value => native({ name: `${app.kind}.${name}`, place, call });
	if (name === 'use')
		return method(call => {
			register(session, app, 'use', null, call);
			return value;
		});
	if (methods.has(name))
		return method(call => {
			// `app.get('env')` reads a setting.
			if (name === 'get' && call.args.length === 1)
				return unknown(`app.get(${knownText(call.args[0]?.value ?? value) ?? '...'})`, call.place);
			register(session, app, 'route', name === 'all' ? null : name === 'del' ? 'DELETE' : name.toUpperCase(), call);
			return value;
		});
	switch (name) {
		case 'route':
			return method(call => routeNative(session, app, call));
		case 'listen':
			return method(call => {
				listen(app, call.args[0]?.value, call);
				for (const argument of call.args) deferIfFunction(argument.value, call);
				return native({ name: 'server', place: call.place });
			});
		case 'disable':
		case 'enable':
		case 'set':
			return method(call => {
				// `app.set('env')` reads a setting.
				if (name === 'set' && call.args.length === 1) return unknown('app.set()', call.place);
				setPoweredBy(app, name, call);
				setRouting(app, name, call);
				return value;
			});
		case 'engine':
			return method(() => value);
		case 'param':
			return method(call => {
				addParam(session, app, call);
				return value;
			});
		case 'locals':
		case 'on':
		case 'render':
			return null;
		default:
			return null;
	}
}

/** `app.disable('x-powered-by')`, `enable`, or `set` with a value, which may differ from case to case. */
export function setPoweredBy(app: AppRecord, method: 'disable' | 'enable' | 'set', call: Call): void {
	const setting = call.args[0] === undefined ? null : knownText(call.args[0].value);
	if (setting !== 'x-powered-by') return;
	const { place, frame } = call;
	const push = (on: boolean, more: readonly Condition[] = []): void => {
		app.poweredBy.push({ on, place, conditions: [...frame.run.conditions, ...more] });
	};
	const given = underConditions(call.args[1]?.value ?? undefinedAt(place), frame.run.conditions);
	if (method !== 'set') push(method === 'enable');
	else if (given.kind === 'branch') {
		push(truth(given.whenTrue) !== false, [{ test: given.test, holds: true }]);
		push(truth(given.whenFalse) !== false, [{ test: given.test, holds: false }]);
	} else if (truth(given) === null) {
		const test = given.kind === 'unknown' ? given.reason : 'the setting';
		push(true);
		push(false, [{ test, holds: given.kind === 'unknown' && given.negated === true }]);
	} else push(truth(given) === true);
}

/** Express 4 also makes its parser of queries with the router (lib/application.js, `lazyrouter`). */
const routingSettings: ReadonlySet<string> = new Set(['case sensitive routing', 'strict routing', 'query parser']);

/** The settings count that the router is made with, at the first registration (express 5, lib/application.js, `router`). */
function setRouting(app: AppRecord, method: 'disable' | 'enable' | 'set', call: Call): void {
	const setting = call.args[0] === undefined ? null : knownText(call.args[0].value);
	const on = method === 'set' ? truth(call.args[1]?.value ?? undefinedAt(call.place)) === true : method === 'enable';
	if (setting === 'case sensitive routing') app.settings = { ...app.settings, caseSensitive: on };
	if (setting === 'strict routing') app.settings = { ...app.settings, strict: on };
	if (0 < app.entries.length + app.params.length) return;
	app.routing = app.settings;
	if (setting !== null && routingSettings.has(setting)) app.routingSet = call.place.path === app.place.path ? call.node : 'elsewhere';
}

/** `express.Router({ caseSensitive: true, strict: true })`. */
export function routingOf(options: Value | undefined, usual: Routing = looseRouting): Routing {
	return { caseSensitive: isSet(options, 'caseSensitive', usual.caseSensitive), strict: isSet(options, 'strict', usual.strict) };
}

/** Whether an option is on; `unsaid` where the options say nothing of it. */
export function isSet(options: Value | undefined, key: string, unsaid: boolean): boolean {
	const found = options?.kind === 'object' ? options.entries.findLast(entry => entry.key === key)?.value : undefined;
	return found === undefined ? unsaid : truth(found) === true;
}

/** `router.param('id', callback)` runs in front of what is registered for a path that has the parameter, once for each request. */
function addParam(session: Session, app: AppRecord, call: Call): void {
	const callback = call.args[1]?.value;
	const name = call.args[0] === undefined ? null : knownText(call.args[0].value);
	if (callback?.kind !== 'function') return;
	const trace = traceHandler(session, callback, 'param', call, app, { handlesErrors: false });
	const { place, node, frame } = call;
	const conditions: readonly Condition[] = [...frame.run.conditions];
	const handler: Handler = { kind: 'code', trace, place: callback.place, conditions: [] };
	const bare = {
		kind: 'use',
		method: null,
		paths: [],
		pathLabel: '',
		route: null,
		label: `param('${name ?? '...'}')`,
		place,
		node,
	} as const;
	app.params.push({ name, entry: { ...bare, handlers: [handler], conditions } });
}

/** `app.route('/users').get(...).post(...)`. */
function routeNative(session: Session, app: AppRecord, call: Call): Value {
	const path = call.args[0] === undefined ? [] : [call.args[0].value];
	const route: Value = native({
		name: 'route',
		place: call.place,
		member: (name, place) =>
			methods.has(name)
				? native({
						name: `route.${name}`,
						place,
						call: inner => {
							register(session, app, 'route', name === 'all' ? null : name.toUpperCase(), inner, path, call.place);
							return route;
						},
					})
				: null,
	});
	return route;
}

/** Notes the port: a number, or one in some case (`process.env.PORT || 3000`). */
export function listen(app: AppRecord, port: Value | undefined, call: Call): void {
	app.listening ??= call.place;
	app.entriesBeforeListening ??= app.entries.length;
	for (const alternative of port === undefined ? [] : alternatives(port)) {
		const number =
			alternative.kind === 'number' ? alternative.value : alternative.kind === 'string' ? Number(alternative.value) : Number.NaN;
		if (Number.isInteger(number) && 0 < number && number < 65536 && !app.listens.includes(number)) app.listens.push(number);
		if (alternative.kind === 'object') for (const entry of alternative.entries) if (entry.key === 'port') listen(app, entry.value, call);
	}
}
