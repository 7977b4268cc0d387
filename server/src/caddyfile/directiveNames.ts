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

const names = new Set([...handlerDirectives, ...siteDirectives]);

/** Whether `name` is a directive of the standard distribution, which therefore cannot be a site address. */
export function isStandardDirective(name: string): boolean {
	return names.has(name);
}
