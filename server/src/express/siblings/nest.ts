import type { Call } from '../../javascript/call';
import { knownText } from '../../javascript/operators';
import type { HostModule } from '../../javascript/run';
import { mapBranches, native, type Property, truth, undefinedAt, underConditions, unknown, type Value } from '../../javascript/value';
import type { Place } from '../../text/span';
import { type AppRecord, appOf, type Entry, type Handler, handlerOf } from '../app';
import { listen, makeApp, setPoweredBy } from '../appNative';
import { corsCall } from '../corsModule';
import { staticFiles } from '../expressModule';
import { compilePath, undecided } from '../pathPattern';
import { handlersOf, register } from '../registration';
import type { Session } from '../session';

/** @nestjs/core: `NestFactory.create(AppModule, options)` makes an express app whose routes are the controllers. */
export function nestModule(session: Session, place: Place): HostModule {
	const factory = native({
		name: 'NestFactory',
		place,
		member: (name, at) =>
			name === 'create' ? native({ name: 'NestFactory.create', place: at, call: call => createNest(session, call) }) : null,
	});
	const named = (name: string): Value | null => (name === 'NestFactory' ? factory : null);
	const namespace = native({ name: '@nestjs/core', place, member: named });
	return { namespace, default: namespace, named };
}

/**
 * @nestjs/swagger: `SwaggerModule.setup(path, app, document, options)` puts its pages on the app at once, in front of what is used
 * later and of the controllers.
 */
export function swaggerModule(session: Session, place: Place): HostModule {
	const setup = (at: Place): Value =>
		native({
			name: 'SwaggerModule.setup',
			place: at,
			call: call => {
				const [path, target] = call.args;
				const app = target === undefined ? null : appOf(target.value);
				if (app !== null && path !== undefined) addSwagger(session, app, path.value, call);
				return undefinedAt(call.place);
			},
		});
	// `createDocument(app, config)` only reads the controllers.
	const looksOnly = (name: string, at: Place): Value =>
		native({ name: `SwaggerModule.${name}`, place: at, call: call => unknown(`SwaggerModule.${name}()`, call.place) });
	const swagger = native({ name: 'SwaggerModule', place, member: (name, at) => (name === 'setup' ? setup(at) : looksOnly(name, at)) });
	const named = (name: string): Value | null => (name === 'SwaggerModule' ? swagger : null);
	const namespace = native({ name: '@nestjs/swagger', place, member: named });
	return { namespace, default: namespace, named };
}

function addSwagger(session: Session, app: AppRecord, path: Value, call: Call): void {
	const { place } = call;
	const known = knownText(underConditions(path, session.run.conditions));
	const pattern = known === null ? undecided('swagger') : compilePath(`/${known.replace(/^\//, '')}`, app.expressMajor);
	const handler: Handler = {
		kind: 'code',
		place,
		conditions: [],
		trace: {
			label: 'Swagger UI',
			isErrorHandler: false,
			events: [{ kind: 'end', status: 200, outcome: 'content', body: 'html', place, conditions: [] }],
		},
	};
	app.entries.push({
		...bare(place, call),
		kind: 'route',
		method: 'GET',
		paths: [pattern],
		pathLabel: pattern.source,
		route: null,
		handlers: [handler],
		label: 'SwaggerModule.setup()',
	});
}

function createNest(session: Session, call: Call): Value {
	const options = call.args.at(-1)?.value;
	const cors = options?.kind === 'object' ? options.entries.findLast(entry => entry.key === 'cors') : undefined;
	const value = makeApp(
		session,
		{ kind: 'app', framework: 'nest', place: call.place, module: call.frame.module, partial: false, node: call.node },
		(app, self, name, at) => nestMember(session, app, self, name, at, cors ?? null),
	);
	const adapter = call.args[1]?.value;
	// Fastify sends no X-Powered-By.
	if (adapter?.kind === 'unknown' && adapter.from === '@nestjs/platform-fastify')
		appOf(value)?.poweredBy.push({ on: false, place: call.place, conditions: [] });
	return value;
}

/** `{ cors }` of `NestFactory.create` is applied when the app is initialized, behind what was used before (`applyOptions`). */
function applyCors(session: Session, app: AppRecord, cors: Property, call: Call): void {
	const made = mapBranches(cors.value, each => {
		if (truth(each) === false) return undefinedAt(cors.place);
		const args = each.kind === 'boolean' ? [] : [{ value: each, place: cors.place }];
		return corsCall(session, { ...call, args, place: cors.place });
	});
	mount(session, app, made, 'NestFactory.create(.., { cors })', cors.place, call);
}

function nestMember(session: Session, app: AppRecord, self: Value, name: string, place: Place, cors: Property | null): Value | null {
	const method = (call: (call: Call) => Value): Value => native({ name: `app.${name}`, place, call });
	switch (name) {
		case 'use':
			return method(call => {
				register(session, app, 'use', null, call);
				return self;
			});
		case 'register':
			return method(call => {
				const plugin = call.args[0]?.value;
				const handler = plugin?.kind === 'native' ? handlerOf(plugin) : null;
				if (plugin?.kind === 'native' && handler?.kind === 'not-called' && plugin.call !== null)
					mount(session, app, plugin.call({ ...call, args: call.args.slice(1) }), 'app.register(helmet)', call.place, call);
				return self;
			});
		case 'enableCors':
			return method(call => {
				mount(session, app, corsCall(session, call), 'app.enableCors()', call.place, call);
				return self;
			});
		case 'useStaticAssets':
			return method(call => {
				mount(session, app, staticFiles(session, call), 'app.useStaticAssets()', call.place, call);
				return self;
			});
		case 'listen':
		case 'init':
			return method(call => {
				if (app.listening === null) {
					if (cors !== null) applyCors(session, app, cors, call);
					addControllers(app, call);
				}
				listen(app, name === 'listen' ? call.args[0]?.value : undefined, call);
				return native({ name: 'server', place: call.place });
			});
		case 'disable':
		case 'enable':
		case 'set':
			return method(call => {
				setPoweredBy(app, name, call);
				return self;
			});
		case 'getHttpAdapter':
		case 'getInstance':
			return method(() => self);
		default:
			return null;
	}
}

/** The controllers become routes when the app is initialized; what is registered later comes behind them. */
function addControllers(app: AppRecord, call: Call): void {
	const { place } = call;
	const handler: Handler = {
		kind: 'code',
		place,
		conditions: [],
		trace: {
			label: 'the controllers',
			isErrorHandler: false,
			// A controller for the path may be there or not, and a POST answers 201.
			events: [{ kind: 'end', status: null, outcome: 'content', body: 'unknown', place, conditions: [] }],
		},
	};
	app.entries.push({ ...bare(place, call), kind: 'route', handlers: [handler], label: 'the controllers' });
}

function mount(session: Session, app: AppRecord, value: Value, label: string, place: Place, call: Call): void {
	const handlers = handlersOf(session, value, { call, place, label, app });
	if (0 < handlers.length) app.entries.push({ ...bare(place, call), kind: 'use', handlers, label });
}

function bare(place: Place, call: Call): Omit<Entry, 'kind' | 'handlers' | 'label'> {
	return { method: null, paths: [], pathLabel: '', route: null, place, node: call.node, conditions: [...call.frame.run.conditions] };
}
