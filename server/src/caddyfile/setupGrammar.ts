import { integer, notInteger } from './setupArguments';
import { logOptions } from './setupLog';
import { needsProtocol, numbered, once, sized, taking, timed } from './setupOptionKinds';
import type { OptionGrammar } from './setupOptions';
import { tlsOptions } from './setupTls';
import { type CaddyVersion, isMatcherWord } from './token';
import type { Directive } from './tree';

/** The lines a directive's block may hold where no plugin can add to them, and how Caddy names one it does not know, if at all. */
export interface BlockGrammar {
	readonly options: ReadonlyMap<string, OptionGrammar>;
	readonly complain: (option: string) => string | null;
	/** The options that the directive's own words stand for. */
	readonly given?: (directive: Directive) => readonly string[];
	/** Whether lines that begin with `@` are matchers of answers. */
	readonly responses?: true;
}

const quoted = (option: string): string => `unrecognized subdirective '${option}'`;
const plain = (option: string): string => `unrecognized subdirective ${option}`;

/** The lines of `reverse_proxy` (modules/caddyhttp/reverseproxy/caddyfile.go, UnmarshalCaddyfile, 2.11.4). */
const proxyOptions: readonly (readonly [string, OptionGrammar])[] = [
	...taking('some', 'to', 'unhealthy_status'),
	...taking('first', 'dynamic', 'transport'),
	['lb_policy', { words: 'first', once: 'load balancing selection policy already specified' }],
	...taking('unknown', 'lb_retry_match', 'health_headers'),
	...taking('responses', 'handle_response'),
	...taking('status', 'replace_status'),
	...taking('one', 'health_uri', 'health_path', 'health_method', 'health_request_body', 'health_body', 'health_upstream', 'health_status'),
	...taking('none', 'health_follow_redirects'),
	...taking('any', 'trusted_proxies'),
	...taking('field', 'header_up', 'header_down'),
	...taking('only one', 'method', 'rewrite'),
	...sized('only one', text => `invalid byte size '${text}'`, 'request_buffers', 'response_buffers', 'stream_buffer_size'),
	['verbose_logs', { words: 'flag', once: 'verbose_logs already specified' }],
	...numbered(text => `bad lb_retries number '${text}'`, 'lb_retries'),
	...numbered(text => `invalid passes count '${text}'`, 'health_passes'),
	...numbered(text => `invalid fails count '${text}'`, 'health_fails'),
	...numbered(text => `bad port number '${text}'`, 'health_port'),
	...numbered(text => `invalid maximum fail count '${text}'`, 'max_fails'),
	...numbered(text => `invalid maximum connection count '${text}'`, 'unhealthy_request_count'),
	...timed(text => `bad duration value ${text}`, ['lb_try_duration']),
	...timed(text => `bad interval value '${text}'`, ['lb_try_interval']),
	...timed(text => `bad interval value ${text}`, ['health_interval']),
	...timed(text => `bad timeout value ${text}`, ['health_timeout']),
	...timed(text => `bad duration value '${text}'`, ['fail_duration', 'unhealthy_latency']),
	...timed(text => `bad duration value '${text}'`, ['flush_interval', 'stream_timeout', 'stream_close_delay'], 'one', true),
];

/** What `php_fastcgi` takes besides (reverseproxy/fastcgi/caddyfile.go, parsePHPFastCGI, 2.11.4). */
const fastcgiOptions = taking(
	'unknown',
	...['root', 'split', 'env', 'index', 'try_files', 'resolve_root_symlink', 'dial_timeout', 'read_timeout', 'write_timeout'],
	'capture_stderr',
);

/** `body` and `message` are given by words behind the directive, unless that is one word and a status. */
function textGiven(option: string): (directive: Directive) => readonly string[] {
	return ({ args }) => {
		const words = isMatcherWord(args[0]) ? args.slice(1) : args;
		const text = words[0]?.text ?? '';
		const status = words.length === 1 && /^(?:\d{3}|[+]\d{2})$/.test(text) && 0 < Number(text);
		return text === '' || status ? [] : [option];
	};
}

/** `try_files` and `templates` pass over what they do not know, and what `encode` does not know may be a module. */
const passedOver = (): null => null;

/** Grammars by directive (staticresp.go, staticerror.go, fileserver, reverseproxy, intercept, requestbody, builtins.go; 2.11.4). */
const blockGrammars: ReadonlyMap<string, BlockGrammar> = new Map<string, BlockGrammar>([
	[
		'respond',
		{
			options: new Map([
				['body', once('exactly one', 'body already specified')],
				['close', once('flag', 'close already specified')],
			]),
			complain: quoted,
			given: textGiven('body'),
		},
	],
	[
		'error',
		{ options: new Map([['message', once('exactly one', 'message already specified')]]), complain: quoted, given: textGiven('message') },
	],
	[
		'request_body',
		{
			options: new Map([
				...sized('exactly one', () => 'parsing max_size', 'max_size'),
				...timed(() => 'parsing read_timeout', ['read_timeout'], 'exactly one'),
				...timed(() => 'parsing write_timeout', ['write_timeout'], 'exactly one'),
				...taking('exactly one', 'set'),
			]),
			complain: option => `unrecognized request_body subdirective '${option}'`,
		},
	],
	[
		'encode',
		{ options: new Map([['minimum_length', { words: 'one', judge: lengthProblem }], ...taking('unknown', 'match')]), complain: passedOver },
	],
	[
		'bind',
		{ options: new Map([['protocols', { words: 'any', check: needsProtocol }]]), complain: option => `unknown subdirective: ${option}` },
	],
	[
		'file_server',
		{
			options: new Map([
				...taking('one', 'root', 'status'),
				['fs', once('one', 'file system already specified')],
				...taking('some', 'hide', 'index', 'etag_file_extensions'),
				...taking('none', 'disable_canonical_uris', 'pass_thru'),
				['browse', once('unknown', 'browsing is already configured')],
				...taking('unknown', 'precompressed'),
			]),
			complain: option => `unknown subdirective '${option}'`,
			given: ({ args }) => args.filter(({ text }) => text === 'browse').map(({ text }) => text),
		},
	],
	[
		'templates',
		{ options: new Map([...taking('some', 'mime'), ...taking('exactly two', 'between'), ...taking('one', 'root')]), complain: passedOver },
	],
	[
		'try_files',
		{ options: new Map([['policy', { words: 'one', judge: policyProblem, once: 'try policy already configured' }]]), complain: passedOver },
	],
	['log', logOptions('site')],
	['tls', tlsOptions],
	['metrics', { options: new Map(taking('flag', 'disable_openmetrics')), complain: option => `unrecognized subdirective "${option}"` }],
	[
		'intercept',
		{
			options: new Map([...taking('responses', 'handle_response'), ...taking('status', 'replace_status')]),
			complain: plain,
			responses: true,
		},
	],
	['reverse_proxy', { options: new Map(proxyOptions), complain: plain, responses: true }],
	['php_fastcgi', { options: new Map([...proxyOptions, ...fastcgiOptions]), complain: plain, responses: true }],
	[
		'forward_auth',
		{
			options: new Map([
				...proxyOptions,
				['uri', { words: 'one', repeated: text => `cannot re-declare uri: ${text}` }],
				...taking('unknown', 'copy_headers'),
			]),
			complain: plain,
			responses: true,
		},
	],
]);

/** The grammar of a directive's block in a release; undefined where it is not checked. */
export function blockGrammar(name: string, version: CaddyVersion): BlockGrammar | undefined {
	return (version === 'next' ? changedGrammars.get(name) : undefined) ?? blockGrammars.get(name);
}

/** What git 0cf03d32f of Caddy reads otherwise than 2.11.4. */
const changedGrammars: ReadonlyMap<string, BlockGrammar> = new Map<string, BlockGrammar>([
	['log', logOptions('site', 'next')],
	[
		'request_body',
		{
			options: new Map([...sized('exactly one', () => 'parsing max_size', 'max_size'), ...taking('exactly one', 'set')]),
			complain: option => `unrecognized request_body subdirective '${option}'`,
		},
	],
]);

function lengthProblem(text: string): string | null {
	return integer(text) === null ? notInteger(text) : null;
}

function policyProblem(text: string): string | null {
	const known = ['first_exist', 'first_exist_fallback', 'largest_size', 'smallest_size', 'most_recently_modified'];
	return known.includes(text) ? null : `unrecognized try policy: ${text}`;
}

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

/** Directives whose `handle_response` blocks hold directives. */
export const handlesResponses: ReadonlySet<string> = new Set(['reverse_proxy', 'php_fastcgi', 'forward_auth', 'intercept']);
