/** The lines a directive's block may hold where no plugin can add to them, and how Caddy names one it does not know. */
export interface BlockGrammar {
	readonly options: ReadonlySet<string>;
	readonly complain: (option: string) => string;
}

const quoted = (option: string): string => `unrecognized subdirective '${option}'`;
const plain = (option: string): string => `unrecognized subdirective ${option}`;

/** The lines of `reverse_proxy` (modules/caddyhttp/reverseproxy/caddyfile.go, UnmarshalCaddyfile, 2.11.4). */
const proxyOptions: readonly string[] = [
	...['to', 'dynamic', 'lb_policy', 'lb_retries', 'lb_try_duration', 'lb_try_interval', 'lb_retry_match'],
	...['health_uri', 'health_path', 'health_upstream', 'health_port', 'health_headers', 'health_method', 'health_request_body'],
	...['health_interval', 'health_timeout', 'health_status', 'health_body', 'health_follow_redirects', 'health_passes', 'health_fails'],
	...['max_fails', 'fail_duration', 'unhealthy_request_count', 'unhealthy_status', 'unhealthy_latency', 'flush_interval'],
	...['request_buffers', 'response_buffers', 'stream_buffer_size', 'stream_timeout', 'stream_close_delay', 'trusted_proxies'],
	...['header_up', 'header_down', 'method', 'rewrite', 'transport', 'handle_response', 'replace_status', 'verbose_logs'],
];

/** What `php_fastcgi` takes besides (reverseproxy/fastcgi/caddyfile.go, parsePHPFastCGI, 2.11.4). */
const fastcgiOptions: readonly string[] = [
	...[
		'root',
		'split',
		'env',
		'index',
		'try_files',
		'resolve_root_symlink',
		'dial_timeout',
		'read_timeout',
		'write_timeout',
		'capture_stderr',
	],
];

/** Grammars by directive (staticresp.go, staticerror.go, fileserver, reverseproxy, intercept, requestbody, builtins.go; 2.11.4). */
export const blockGrammars: ReadonlyMap<string, BlockGrammar> = new Map([
	['respond', { options: new Set(['body', 'close']), complain: quoted }],
	['error', { options: new Set(['message']), complain: quoted }],
	[
		'request_body',
		{
			options: new Set(['max_size', 'read_timeout', 'write_timeout', 'set']),
			complain: option => `unrecognized request_body subdirective '${option}'`,
		},
	],
	['bind', { options: new Set(['protocols']), complain: option => `unknown subdirective: ${option}` }],
	[
		'file_server',
		{
			options: new Set([
				'fs',
				'hide',
				'index',
				'root',
				'browse',
				'precompressed',
				'status',
				'disable_canonical_uris',
				'pass_thru',
				'etag_file_extensions',
			]),
			complain: option => `unknown subdirective '${option}'`,
		},
	],
	[
		'log',
		{
			options: new Set(['hostnames', 'output', 'sampling', 'core', 'format', 'level', 'include', 'exclude', 'no_hostname']),
			complain: option => `unrecognized subdirective: ${option}`,
		},
	],
	['intercept', { options: new Set(['handle_response', 'replace_status']), complain: plain }],
	['reverse_proxy', { options: new Set(proxyOptions), complain: plain }],
	['php_fastcgi', { options: new Set([...proxyOptions, ...fastcgiOptions]), complain: plain }],
	['forward_auth', { options: new Set([...proxyOptions, 'uri', 'copy_headers']), complain: plain }],
]);

/** Directives whose first argument is a matcher if it looks like one, however many arguments follow. */
export const takesMatcher: ReadonlySet<string> = new Set([
	...[
		'header',
		'request_header',
		'respond',
		'redir',
		'reverse_proxy',
		'php_fastcgi',
		'forward_auth',
		'file_server',
		'handle',
		'route',
		'encode',
	],
	...[
		'basic_auth',
		'basicauth',
		'error',
		'abort',
		'templates',
		'log_skip',
		'vars',
		'map',
		'method',
		'uri',
		'push',
		'request_body',
		'intercept',
	],
]);

/** Directives whose block holds directives. */
export const nestsDirectives: ReadonlySet<string> = new Set(['handle', 'handle_path', 'route', 'handle_errors']);
