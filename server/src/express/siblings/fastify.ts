import type { Call } from '../../javascript/call';
import { callValue } from '../../javascript/calls';
import { knownText } from '../../javascript/operators';
import type { HostModule } from '../../javascript/run';
import { native, undefinedAt, type Value } from '../../javascript/value';
import type { Place } from '../../text/span';
import { type AppRecord, appOf, handlerOf } from '../app';
import { listen, makeApp } from '../appNative';
import { corsCall } from '../corsModule';
import { compilePath } from '../pathPattern';
import { handlersOf, register } from '../registration';
import type { Session } from '../session';

const methods = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all']);

/** fastify: the factory in all its import forms. */
export function fastifyModule(session: Session, place: Place): HostModule {
	const value: Value = native({
		name: 'fastify',
		place,
		call: call => makeFastify(session, 'app', call),
		member: name => (name === 'default' || name === 'fastify' ? value : null),
	});
	return { namespace: value, default: value, named: name => (name === 'fastify' || name === 'default' ? value : null) };
}

/** @fastify/cors: registered, not called. */
export function fastifyCorsModule(session: Session, place: Place): HostModule {
	const value = native({ name: '@fastify/cors', place, call: call => corsCall(session, call) });
	return { namespace: value, default: value, named: name => (name === 'default' ? value : null) };
}

function makeFastify(session: Session, kind: AppRecord['kind'], call: Call): Value {
	return makeApp(
		session,
		{ kind, framework: 'fastify', place: call.place, module: call.frame.module, partial: false, node: call.node },
		(app, value, name, at) => fastifyMember(session, app, value, name, at),
	);
}

function fastifyMember(session: Session, app: AppRecord, value: Value, name: string, place: Place): Value | null {
	const method = (call: (call: Call) => Value): Value => native({ name: `fastify.${name}`, place, call });
	if (methods.has(name))
		return method(call => {
			// Between path and handler there may be options of the route.
			const args = call.args.filter(({ value: argument }, index) => index === 0 || argument.kind !== 'object');
			register(session, app, 'route', name === 'all' ? null : name.toUpperCase(), { ...call, args });
			return value;
		});
	switch (name) {
		case 'register':
			return method(call => {
				registerPlugin(session, app, call);
				return value;
			});
		case 'route':
			return method(call => {
				addRoute(session, app, call);
				return value;
			});
		case 'listen':
			return method(call => {
				listen(app, call.args[0]?.value, call);
				return value;
			});
		default:
			return null;
	}
}

/** A known plugin is mounted; a function gets an instance of its own, on which what it registers stays. */
function registerPlugin(session: Session, app: AppRecord, call: Call): void {
	const [plugin, options] = call.args;
	if (plugin === undefined) return;
	const found = plugin.value;
	const place = call.place;
	const entry = { method: null, paths: [], pathLabel: '', place, node: call.node, conditions: [...call.frame.run.conditions] };
	if (found.kind === 'native' && found.call !== null) {
		const made = found.call({ ...call, args: options === undefined ? [] : [options] });
		const handlers = handlersOf(session, made, { call, place, label: '', app });
		for (const handler of handlers) if (handler.kind === 'helmet') session.mounted.add(handler);
		const label = handlerOf(found)?.kind === 'not-called' ? 'register(helmet)' : `register(${found.name})`;
		if (0 < handlers.length) app.entries.push({ ...entry, kind: 'use', handlers, label });
		return;
	}
	if (found.kind !== 'function') return;
	const child = makeFastify(session, 'router', call);
	const record = appOf(child);
	callValue(found, { ...call, args: [{ value: child, place }] }, undefinedAt(place));
	const prefix = options?.value.kind === 'object' ? options.value.entries.find(({ key }) => key === 'prefix') : undefined;
	const text = prefix === undefined ? null : knownText(prefix.value);
	const paths = text === null ? [] : [compilePath(text, 5)];
	if (record !== null)
		app.entries.push({
			...entry,
			kind: 'use',
			paths,
			pathLabel: text ?? '',
			handlers: [{ kind: 'router', app: record, place, conditions: [] }],
			label: 'register(plugin)',
		});
}

/** `fastify.route({ method, url, handler })`. */
function addRoute(session: Session, app: AppRecord, call: Call): void {
	const options = call.args[0]?.value;
	if (options?.kind !== 'object') return;
	const of = (key: string): Value | undefined => options.entries.findLast(entry => entry.key === key)?.value;
	const [url, handler, method] = [of('url') ?? of('path'), of('handler'), of('method')];
	if (url === undefined || handler === undefined) return;
	const name = method === undefined ? null : knownText(method);
	register(session, app, 'route', name?.toUpperCase() ?? null, { ...call, args: [{ value: handler, place: call.place }] }, [url]);
}
