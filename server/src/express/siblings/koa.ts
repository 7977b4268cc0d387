import type { Call } from '../../javascript/call';
import type { HostModule } from '../../javascript/run';
import { native, type Value } from '../../javascript/value';
import type { Place } from '../../text/span';
import { type AppRecord, appOf } from '../app';
import { listen, makeApp } from '../appNative';
import { middlewareNative } from '../helmetModule';
import { looseRouting } from '../pathPattern';
import { register } from '../registration';
import type { Session } from '../session';
import { prefixed } from './prefixed';

const methods = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'head', 'options', 'all']);

/** koa: `new Koa()`. */
export function koaModule(session: Session, place: Place): HostModule {
	const factory = ({ place: at, frame, node }: Call): Value => koaApp(session, { place: at, module: frame.module, partial: false, node });
	const Koa: Value = native({ name: 'Koa', place, construct: factory, call: factory, member: name => (name === 'default' ? Koa : null) });
	return { namespace: Koa, default: Koa, named: name => (name === 'default' ? Koa : null) };
}

/** An app of koa: `new Koa()`, or a parameter that one comes in by. */
export function koaApp(session: Session, made: Pick<AppRecord, 'place' | 'module' | 'partial' | 'node'>): Value {
	return makeApp(session, { kind: 'app', framework: 'koa', ...made }, (app, value, name, at) => koaMember(session, app, value, name, at));
}

function koaMember(session: Session, app: AppRecord, value: Value, name: string, place: Place): Value | null {
	if (name !== 'use' && name !== 'listen') return null;
	return native({
		name: `app.${name}`,
		place,
		call: call => {
			if (name === 'use') register(session, app, 'use', null, call);
			else listen(app, call.args[0]?.value, call);
			return value;
		},
	});
}

/** `new Router({ prefix: '/api' })` and `router.prefix('/api')`. */
const prefixes = new WeakMap<AppRecord, Value>();

/** @koa/router and koa-router: `app.use(router.routes())`. */
export function koaRouterModule(session: Session, place: Place): HostModule {
	const factory = (call: Call): Value => {
		const router = makeApp(
			session,
			{ kind: 'router', framework: 'koa', place: call.place, module: call.frame.module, partial: false, node: call.node },
			(app, value, name, at) => routerMember(session, app, value, name, at),
		);
		const options = call.args[0]?.value;
		const prefix = options?.kind === 'object' ? options.entries.findLast(({ key }) => key === 'prefix')?.value : undefined;
		const record = appOf(router);
		if (prefix !== undefined && record !== null) prefixes.set(record, prefix);
		return router;
	};
	const Router: Value = native({
		name: 'Router',
		place,
		construct: factory,
		call: factory,
		member: name => (name === 'default' || name === 'Router' ? Router : null),
	});
	return { namespace: Router, default: Router, named: name => (name === 'default' || name === 'Router' ? Router : null) };
}

function routerMember(session: Session, app: AppRecord, value: Value, name: string, place: Place): Value | null {
	if (name === 'routes' || name === 'middleware')
		return native({
			name: `router.${name}`,
			place,
			call: call => {
				const prefix = prefixes.get(app);
				return prefix === undefined ? value : prefixed(session, app, prefix, call, () => null);
			},
		});
	if (name === 'prefix')
		return native({
			name: 'router.prefix',
			place,
			call: call => {
				const [path] = call.args;
				if (path !== undefined) prefixes.set(app, path.value);
				return value;
			},
		});
	if (name === 'allowedMethods')
		return native({
			name: 'router.allowedMethods',
			place,
			call: call =>
				middlewareNative(session, 'router.allowedMethods()', call.place, {
					kind: 'harmless',
					label: 'router.allowedMethods()',
					answers: true,
					place: call.place,
					conditions: [],
				}),
		});
	if (name !== 'use' && !methods.has(name)) return null;
	return native({
		name: `router.${name}`,
		place,
		call: call => {
			register(
				session,
				app,
				name === 'use' ? 'use' : 'route',
				name === 'use' || name === 'all' ? null : name === 'del' ? 'DELETE' : name.toUpperCase(),
				call,
			);
			return value;
		},
	});
}

/** koa-mount: `mount('/api', app)`, `mount(app)`, `mount('/api', middleware)`. */
export function koaMountModule(session: Session, place: Place): HostModule {
	const mount: Value = native({
		name: 'mount',
		place,
		call: call => mountedApp(session, call),
		member: name => (name === 'default' ? mount : null),
	});
	return { namespace: mount, default: mount, named: () => null };
}

/** An app that runs below the path; paths are compared as they are (koa-mount 4, index.js, `match`). */
function mountedApp(session: Session, call: Call): Value {
	const { place, node, frame } = call;
	const routing = { ...looseRouting, caseSensitive: true };
	const outer = makeApp(session, { kind: 'app', framework: 'koa', place, module: frame.module, partial: true, node, routing }, () => null);
	const app = appOf(outer);
	if (app !== null) register(session, app, 'use', null, call);
	return outer;
}
