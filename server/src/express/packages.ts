/** What the middleware of a package does to headers and to the chain. */
export interface PackageBehaviour {
	/** It may answer by itself: 400 for a broken body, 401, 429. */
	readonly answers: boolean;
}

const quiet: PackageBehaviour = { answers: false };
const answering: PackageBehaviour = { answers: true };

/** Middleware that touches no security header, by package: the most used ones of npm around express. */
const harmless: ReadonlyMap<string, PackageBehaviour> = new Map([
	...[
		'compression',
		'cookie-parser',
		'cookie-session',
		'express-session',
		'method-override',
		'morgan',
		'pino-http',
		'express-winston',
		'express-pino-logger',
		'response-time',
		'on-finished',
		'connect-flash',
		'express-flash',
		'express-ejs-layouts',
		'express-fileupload',
		'express-mongo-sanitize',
		'express-async-errors',
		'express-request-id',
		'connect-timeout',
		'hpp',
		'xss-clean',
		'i18n',
		'i18next-http-middleware',
		'connect-livereload',
		'express-useragent',
		'express-device',
		'express-prom-bundle',
		'express-status-monitor',
		'perfect-express-sanitizer',
		'express-actuator',
		'cls-rtracer',
		'@sentry/node',
		'dd-trace',
	].map(name => [name, quiet] as const),
	...[
		'body-parser',
		'passport',
		'multer',
		'csurf',
		'csrf-csrf',
		'lusca-csrf',
		'express-rate-limit',
		'express-slow-down',
		'rate-limiter-flexible',
		'express-jwt',
		'express-validator',
		'express-basic-auth',
		'express-openapi-validator',
		'express-oauth2-jwt-bearer',
		'celebrate',
		'serve-favicon',
		'swagger-ui-express',
		'express-http-proxy',
		'http-proxy-middleware',
		'connect-history-api-fallback',
		'express-enforces-ssl',
		'express-sslify',
		'express-graphql',
		'graphql-http',
		'graphql-upload',
		'@apollo/server/express4',
		'@as-integrations/express5',
		'@trpc/server/adapters/express',
		'raw-body',
		'express-list-endpoints',
	].map(name => [name, answering] as const),
]);

/** What the middleware of a package does; null for a package we do not know. Subpaths (`passport/lib`) count as their package. */
export function packageBehaviour(specifier: string): PackageBehaviour | null {
	const parts = specifier.split('/');
	const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
	return harmless.get(specifier) ?? harmless.get(name) ?? null;
}

/**
 * Whether a package may set security headers for all we know. Packages with none of these words in their names do something else,
 * and an app that uses them is still known well enough to say what it misses.
 */
export function mayTouchHeaders(specifier: string): boolean {
	if (specifier.startsWith('.') || specifier.startsWith('/') || /^[@~#]\//.test(specifier)) return true;
	return /secur|header|helmet|csp|lusca|hsts|frame|policy|shield|arcjet|nosecone|feature|permission/i.test(specifier);
}
