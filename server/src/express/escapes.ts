import { type Call, textOf } from '../javascript/call';
import type { Native } from '../javascript/value';
import { appOf } from './app';

/**
 * An app is handed to a function out of sight, which may mount and set on it what it likes: from there on nothing is certain. Functions
 * that make a server of it, test it or only look at it change nothing.
 */
export function noteEscape(value: Native, call: Call, from: string | null): void {
	const app = appOf(value);
	const { node, frame, place } = call;
	if (app === null || node === null || node.type === 'TaggedTemplateExpression') return;
	const callee = textOf(frame.module, node.callee);
	const isArgument = call.args.some(argument => argument.value === value);
	if (from === null ? onlyLooks.test(callee) : isHarmless(from, isArgument)) return;
	const reason = `${callee}()`;
	if (app.unknowns.some(known => known.place.path === place.path && known.place.span.start === place.span.start)) return;
	app.unknowns.push({ reason: `${reason} is not known`, place });
	app.entries.push({
		kind: 'use',
		method: null,
		paths: [],
		pathLabel: '',
		route: null,
		handlers: [{ kind: 'unknown', reason, place, conditions: [] }],
		label: reason,
		place,
		node: null,
		conditions: [...frame.run.conditions],
	});
}

/** Names of functions that do not register anything on an app that is passed to them. */
const onlyLooks =
	/(?:^|\.)(?:createServer|createSecureServer|Server|listen|log|info|debug|warn|error|request|agent|inject|serverless|attach|mount|use|push|set|add|bind|emit|expect|handler|resolve|freeze|onRequest|http|toNodeListener|fetch)$/;

/** Packages that take an app and leave its answers alone, by their first name. */
const harmless = new Set([
	'http',
	'https',
	'http2',
	'net',
	'tls',
	'util',
	'events',
	'assert',
	'cluster',
	'spdy',
	'supertest',
	'superagent',
	'chai',
	'chai-http',
	'serverless-http',
	'aws-serverless-express',
	'@vendia/serverless-express',
	'@codegenie/serverless-express',
	'express-ws',
	'ws',
	'socket.io',
	'express-list-endpoints',
	'firebase-functions',
	'greenlock-express',
	'swagger-ui-express',
	'vhost',
	'nunjucks',
	'ejs',
	'express-handlebars',
	'express-ejs-layouts',
	'consolidate',
	'swig',
	'http-terminator',
	'http-graceful-shutdown',
	'stoppable',
	'@godaddy/terminus',
	'http-shutdown',
	'server-destroy',
	'newrelic',
	'dd-trace',
	'vitest',
	'jest',
	'mocha',
]);

function isHarmless(from: string, isArgument: boolean): boolean {
	if (/^[./]|^[@~#]\//.test(from)) return false;
	const parts = from.replace(/^node:/, '').split('/');
	const name = parts[0]?.startsWith('@') === true ? parts.slice(0, 2).join('/') : (parts[0] ?? from);
	// `server.applyMiddleware({ app })` mounts something of its own; only what gets the app itself is likely to do more.
	return !isArgument || harmless.has(name) || /^@(?:sentry|opentelemetry|google-cloud|azure|nestjs|hono|fastify|types)\//.test(name);
}
