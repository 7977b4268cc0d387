import type { ModuleRecord } from '../javascript/module';
import type { Host, HostModule, HostParameter } from '../javascript/run';
import type { Value } from '../javascript/value';
import type { Place } from '../text/span';
import { makeApp } from './appNative';
import { corsModule } from './corsModule';
import { expressModule } from './expressModule';
import { headerPackage } from './headerPackages';
import { helmetModule } from './helmetModule';
import { luscaModule } from './luscaModule';
import { mcpModule } from './mcpModule';
import type { Session } from './session';
import { sessionPackage } from './sessionPackages';
import { fastifyCorsModule, fastifyModule } from './siblings/fastify';
import { honoModule, secureHeadersModule } from './siblings/hono';
import { koaApp, koaModule, koaMountModule, koaRouterModule } from './siblings/koa';
import { nestModule, swaggerModule } from './siblings/nest';

/** The packages the front end knows, and the parameters they pass to functions nobody calls in sight. */
export function createHost(session: () => Session, module: () => ModuleRecord): Host {
	const parsers = (place: Place): HostModule => {
		const { namespace, default: whole } = expressModule(session(), place);
		return { namespace, default: whole, named: name => (namespace.kind === 'native' ? (namespace.member?.(name, place) ?? null) : null) };
	};
	return {
		module: (specifier, place) => {
			switch (specifier) {
				case 'express':
					return expressModule(session(), place);
				case 'body-parser':
					return parsers(place);
				case 'helmet':
					return helmetModule(session(), place, 'helmet');
				case 'cors':
					return corsModule(session(), place);
				case 'koa-helmet':
					return helmetModule(session(), place, 'koa-helmet');
				case '@fastify/helmet':
				case 'fastify-helmet':
					return helmetModule(session(), place, '@fastify/helmet');
				case '@nestjs/core':
					return nestModule(session(), place);
				case '@nestjs/swagger':
					return swaggerModule(session(), place);
				case 'fastify':
					return fastifyModule(session(), place);
				case '@fastify/cors':
					return fastifyCorsModule(session(), place);
				case 'koa':
					return koaModule(session(), place);
				case '@koa/router':
				case 'koa-router':
					return koaRouterModule(session(), place);
				case 'koa-mount':
					return koaMountModule(session(), place);
				case '@koa/cors':
					return corsModule(session(), place, 'other');
				case 'hono/cors':
					return corsModule(session(), place, 'hono');
				case 'hono':
					return honoModule(session(), place);
				case 'hono/secure-headers':
					return secureHeadersModule(session(), place);
				case '@modelcontextprotocol/sdk/server/express.js':
				case '@modelcontextprotocol/sdk/server/express':
				case '@modelcontextprotocol/express':
					return mcpModule(session(), place);
				case 'lusca':
					return luscaModule(session(), place);
				default:
					return headerPackage(session(), specifier, place) ?? sessionPackage(session(), specifier, place);
			}
		},
		parameter: parameter => appParameter(parameter, session, module),
	};
}

/** An app that comes in as a parameter: by its type, or by its name where the body mounts something on it. */
function appParameter(parameter: HostParameter, session: () => Session, module: () => ModuleRecord): Value | null {
	const { name, type, place, body } = parameter;
	if (type !== null && /^Koa\b/.test(type)) return koaApp(session(), { place, module: module(), partial: true, node: null });
	const typed = type !== null && /^(?:express\.)?(?:Express|Application|IRouter|Router|core\.Express)\b/.test(type);
	const named = type === null && /^(?:app|server|router|expressApp|application)$/.test(name) && body.includes(`${name}.use(`);
	if (!typed && !named) return null;
	const isRouter = /Router/.test(type ?? '') || (type === null && name === 'router');
	const value = makeApp(session(), { kind: isRouter ? 'router' : 'app', place, module: module(), partial: true, node: null });
	return value;
}
