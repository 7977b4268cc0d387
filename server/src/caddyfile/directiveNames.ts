import type { Token } from './tree';

/**
 * The directives of the standard distribution in their default order (caddyconfig/httpcaddyfile/directives.go, 2.11.4), the ones
 * the next release adds included.
 */
export const handlerDirectives: readonly string[] = [
	'tracing',
	'map',
	'vars',
	'fs',
	'root',
	'log_append',
	'skip_log',
	'log_skip',
	'log_name',
	'header',
	'copy_response_headers',
	'request_body',
	'timeouts',
	'redir',
	'method',
	'rewrite',
	'uri',
	'try_files',
	'basicauth',
	'basic_auth',
	'forward_auth',
	'request_header',
	'encode',
	'push',
	'intercept',
	'templates',
	'invoke',
	'handle',
	'handle_path',
	'route',
	'abort',
	'error',
	'copy_response',
	'respond',
	'metrics',
	'reverse_proxy',
	'php_fastcgi',
	'file_server',
	'acme_server',
];

/** Directives that configure the site and handle no request themselves; allowed at site level only. */
export const siteDirectives: readonly string[] = ['bind', 'tls', 'log', 'handle_errors'];

/** Directives of the standard distribution that also name a global option, and those that a later release may make one. */
const alsoOptions: ReadonlySet<string> = new Set(['log', 'metrics', 'tracing', 'timeouts', 'fs']);

const names = new Set([...handlerDirectives, ...siteDirectives]);

/** Whether `name` is a directive of the standard distribution, which therefore cannot be a site address. */
export function isStandardDirective(name: string): boolean {
	return names.has(name);
}

/**
 * Whether a word where a directive is due cannot be one, whichever plugins there are: an address, a number, a value, the name of a header
 * field. Words that hold a placeholder or an unset `{$NAME}` are left open, and so are words with a dot: `gitpod.cors_origin` is a directive.
 */
export function isNoDirective({ text, environment, quote }: Token): boolean {
	if (0 < environment.length || quote !== 'none' || /[{}]/.test(text)) return false;
	return noDirective.test(text) || addressEnding.test(text) || fieldName.test(text);
}

const noDirective = /^[\d:+>?*/-]|[:/,;=<>"'()]/;
const addressEnding = /\.(?:com|net|org|io|dev|test|example|localhost|local|internal)$/;
const fieldName = /^[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)+$/;

/** The same of a word where a global option is due: directives of the standard distribution are none. */
export function isNoOption(token: Token): boolean {
	return isNoDirective(token) || (token.quote === 'none' && names.has(token.text) && !alsoOptions.has(token.text));
}
