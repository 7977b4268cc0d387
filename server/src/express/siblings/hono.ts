import type { Call } from '../../javascript/call';
import type { HostModule } from '../../javascript/run';
import { native, unknown, type Value } from '../../javascript/value';
import type { Place } from '../../text/span';
import type { AppRecord, HelmetHandler } from '../app';
import { isSet, makeApp } from '../appNative';
import { fixedOptions } from '../fixedOptions';
import { secureHeadersOutcome } from '../helmet/secureHeaders';
import { argumentsPlace, middlewareNative } from '../helmetModule';
import { exactRouting, matchedWhole } from '../pathPattern';
import { register } from '../registration';
import type { Session } from '../session';
import { prefixed } from './prefixed';

const methods = new Set(['get', 'post', 'put', 'patch', 'delete', 'options', 'all']);

/** hono: `new Hono()`, its routes and `app.route(path, app)`. */
export function honoModule(session: Session, place: Place): HostModule {
	const Hono = native({
		name: 'Hono',
		place,
		construct: call =>
			makeApp(
				session,
				{
					kind: 'app',
					framework: 'hono',
					place: call.place,
					module: call.frame.module,
					partial: false,
					node: call.node,
					routing: { ...exactRouting, strict: isSet(call.args[0]?.value, 'strict', true) },
				},
				(app, value, name, at) => honoMember(session, app, value, name, at),
			),
	});
	const named = (name: string): Value | null => (name === 'Hono' ? Hono : null);
	const namespace = native({ name: 'hono', place, member: named });
	return { namespace, default: namespace, named };
}

function honoMember(session: Session, app: AppRecord, value: Value, name: string, place: Place): Value | null {
	// `new Hono().basePath('/v1')`.
	if (name === 'basePath')
		return native({
			name: 'app.basePath',
			place,
			call: call =>
				prefixed(session, app, call.args[0]?.value ?? value, call, (outer, member, at) => honoMember(session, app, outer, member, at)),
		});
	// Whatever is mounted answers all below its path, with headers of its own.
	if (name === 'mount')
		return native({
			name: 'app.mount',
			place,
			call: call => {
				const [path] = call.args;
				const other = { value: unknown('what is mounted', call.place), place: call.place };
				register(session, app, 'use', null, { ...call, args: path === undefined ? [other] : [path, other] });
				return value;
			},
		});
	if (name !== 'use' && name !== 'route' && !methods.has(name)) return null;
	return native({
		name: `app.${name}`,
		place,
		call: call => {
			register(
				session,
				app,
				name === 'use' || name === 'route' ? 'use' : 'route',
				name === 'use' || name === 'route' || name === 'all' ? null : name.toUpperCase(),
				call,
			);
			// A path of `use` is that of a route: it is followed by nothing else, unless it ends with a star.
			const entry = app.entries.at(-1);
			if (name === 'use' && entry?.place === call.place)
				app.entries[app.entries.length - 1] = { ...entry, paths: entry.paths.map(matchedWhole) };
			return value;
		},
	});
}

/** `hono/secure-headers`. */
export function secureHeadersModule(session: Session, place: Place): HostModule {
	const secureHeaders = native({ name: 'secureHeaders', place, call: call => secureHeadersCall(session, call) });
	const named = (name: string): Value | null => (name === 'secureHeaders' ? secureHeaders : null);
	const namespace = native({ name: 'hono/secure-headers', place, member: named });
	return { namespace, default: namespace, named };
}

function secureHeadersCall(session: Session, call: Call): Value {
	const options = fixedOptions(call);
	const handler: HelmetHandler = {
		kind: 'helmet',
		place: call.place,
		conditions: [],
		middleware: null,
		library: 'hono',
		version: '4.13.0',
		options,
		outcome: secureHeadersOutcome(options, call.place),
		argumentsPlace: argumentsPlace(call),
		label: 'secureHeaders()',
		perRequest: 0 < session.recorders.length,
		replaces: false,
	};
	session.helmetCalls.push(handler);
	return middlewareNative(session, handler.label, call.place, handler);
}
