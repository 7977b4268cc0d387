import { isStandardDirective } from './directiveNames';
import { type SetupComplaint, wrongCount } from './setupArguments';
import type { BlockGrammar } from './setupGrammar';
import { logOptions } from './setupLog';
import { durationProblem, needsProtocol, numbered, once, sized, taking, timed } from './setupOptionKinds';
import type { OptionGrammar } from './setupOptions';
import { ratioProblem } from './setupTls';
import type { CaddyVersion } from './token';
import type { Directive, Token } from './tree';

/**
 * The global options with a grammar of their own (httpcaddyfile/options.go, serveroptions.go and pkiapp.go, 2.11.4 and 0cf03d32f). A plugin
 * cannot register one of these again; what it may add are modules, whose names and words are left to Caddy.
 */
export function globalOptions(version: CaddyVersion): BlockGrammar {
	return {
		options: new Map<string, OptionGrammar>([
			...port('http_port', 'https_port'),
			...taking('only one', 'default_sni', 'fallback_sni', 'acme_ca', 'acme_ca_root', 'email', 'key_type'),
			...taking('first', 'storage', 'cert_issuer', 'dns'),
			...taking('some', 'tls_resolvers'),
			...['grace_period', 'shutdown_delay', 'renew_interval', 'ocsp_interval', 'cert_lifetime'].map(duration),
			...off('storage_check', () => "storage_check must be 'off'", 'counted one'),
			...off('persist_config', () => "persist_config must be 'off'", 'counted one'),
			...off('ocsp_stapling', text => `invalid argument '${text}'`, 'exactly one'),
			['storage_clean_interval', { words: 'counted one', judge: cleaning }],
			['renewal_window_ratio', { words: 'only one', judge: ratioProblem }],
			['auto_https', { words: 'some', check: automatic }],
			['order', { words: 'some', check: ordering }],
			[
				'admin',
				{
					words: 'any',
					check: administration,
					block: { options: new Map([...taking('flag', 'enforce_origin'), ...taking('any', 'origins')]), complain: parameter },
				},
			],
			['acme_eab', { words: 'none', block: { options: new Map(taking('one', 'key_id', 'mac_key')), complain: parameter } }],
			['on_demand_tls', { words: 'none', block: onDemand, lacking: 'expected at least one config parameter for on_demand_tls' }],
			[
				'default_bind',
				{
					words: 'any',
					block: {
						options: new Map([['protocols', { words: 'any', check: needsProtocol }]]),
						complain: option => `unknown subdirective: ${option}`,
					},
				},
			],
			[
				'metrics',
				{
					words: 'block',
					block: { options: new Map(taking('flag', 'per_host', 'observe_catchall_hosts', 'otlp')), complain: serverOption },
				},
			],
			['log', { words: 'at most one', block: logOptions('global', version) }],
			['servers', { words: 'at most one', block: { options: serverOptions(version), complain: serverOption } }],
			[
				'pki',
				{
					words: 'block',
					block: {
						options: new Map([['ca', { words: 'at most one', block: authority }]]),
						complain: option => `unrecognized pki option '${option}'`,
					},
				},
			],
		]),
		complain: () => null,
	};
}

const parameter = (option: string): string => `unrecognized parameter '${option}'`;
const serverOption = (option: string): string => `unrecognized servers option '${option}'`;

function port(...names: readonly string[]): readonly (readonly [string, OptionGrammar])[] {
	return numbered(text => `converting port '${text}' to integer value`, ...names).map(([name, grammar]) => [
		name,
		{ ...grammar, words: 'exactly one' },
	]);
}

function duration(name: string): readonly [string, OptionGrammar] {
	return [name, { words: 'first', judge: durationProblem }];
}

/** An option that can only be turned off. */
function off(
	name: string,
	complain: (text: string) => string,
	words: OptionGrammar['words'],
): readonly (readonly [string, OptionGrammar])[] {
	return [[name, { words, judge: text => (text === 'off' ? null : complain(text)) }]];
}

function cleaning(text: string): string | null {
	return text !== 'off' && durationProblem(text) !== null ? "failed to parse storage_clean_interval, must be a duration or 'off'" : null;
}

function automatic(_: Token, words: readonly Token[]): SetupComplaint | null {
	const token = words.find(({ text }) => !['off', 'disable_redirects', 'disable_certs', 'ignore_loaded_certs'].includes(text));
	const message = "auto_https must be one of 'off', 'disable_redirects', 'disable_certs', or 'ignore_loaded_certs'";
	return token === undefined ? null : { message, token };
}

/** The name of a directive, which a plugin may have, and where it goes. */
function ordering(_: Token, [directive, position, other, ...rest]: readonly Token[]): SetupComplaint | null {
	if (directive === undefined || !isStandardDirective(directive.text)) return null;
	if (position === undefined) return wrongCount(directive);
	const [extra] = rest;
	if (position.text === 'first' || position.text === 'last') return other === undefined ? null : wrongCount(other);
	if (position.text !== 'before' && position.text !== 'after') return { message: `unknown positional '${position.text}'`, token: position };
	if (other === undefined) return wrongCount(position);
	return extra === undefined ? null : wrongCount(extra);
}

function administration(_: Token, [address, extra]: readonly Token[]): SetupComplaint | null {
	if (extra === undefined) return null;
	return address?.text === 'off'
		? { message: 'No more option is allowed after turning off admin config', token: extra }
		: wrongCount(extra);
}

const given = "on-demand TLS permission module (or 'ask') already specified";

const onDemand: BlockGrammar = {
	options: new Map<string, OptionGrammar>([
		['ask', once('one', given)],
		['permission', once('first', given)],
		...['interval', 'burst'].map((name): readonly [string, OptionGrammar] => [
			name,
			{
				words: 'any',
				check: token => ({ message: `the on_demand_tls '${name}' option is no longer supported, remove it from your config`, token }),
			},
		]),
	]),
	complain: parameter,
};

const keyPair = (name: string): BlockGrammar => ({
	options: new Map(taking('one', 'cert', 'key', 'format')),
	complain: option => `unrecognized pki ca ${name} option '${option}'`,
});

const authority: BlockGrammar = {
	options: new Map<string, OptionGrammar>([
		...taking('one', 'name', 'root_cn', 'intermediate_cn'),
		...['intermediate_lifetime', 'maintenance_interval'].map((name): readonly [string, OptionGrammar] => [
			name,
			{ words: 'one', judge: durationProblem },
		]),
		[
			'renewal_window_ratio',
			{ words: 'one', judge: text => (/^[a-z?]/i.test(text) ? `renewal_window_ratio must be a number in (0, 1], got ${text}` : null) },
		],
		['root', { words: 'block', block: keyPair('root') }],
		['intermediate', { words: 'block', block: keyPair('intermediate') }],
	]),
	complain: option => `unrecognized pki ca option '${option}'`,
};

function serverOptions(version: CaddyVersion): ReadonlyMap<string, OptionGrammar> {
	return new Map<string, OptionGrammar>([
		...taking('one', 'name'),
		...taking('unknown', 'listener_wrappers', 'packet_conn_wrappers'),
		['timeouts', { words: 'block', block: { options: timeouts(version), complain: option => `unrecognized timeouts option '${option}'` } }],
		...timed(() => 'parsing keepalive interval duration', ['keepalive_interval']),
		...timed(() => 'parsing keepalive idle duration', ['keepalive_idle']),
		['keepalive_count', { words: 'one', judge: countProblem }],
		...sized('exactly one', () => 'parsing max_header_size', 'max_header_size'),
		...taking('none', 'enable_full_duplex', 'log_credentials', 'trusted_proxies_strict', 'trusted_proxies_unix', 'trace'),
		['protocols', { words: 'any', check: httpVersions, distinct: text => `protocol ${text} specified more than once` }],
		[
			'strict_sni_host',
			{
				words: 'any',
				judge: text =>
					text === 'on' || text === 'insecure_off' ? null : `strict_sni_host only supports 'on' or 'insecure_off', got '${text}'`,
			},
		],
		['trusted_proxies', { words: 'any', check: needsSource }],
		['client_ip_headers', { words: 'any', distinct: text => `client IP header ${text} specified more than once` }],
		[
			'metrics',
			{
				words: 'block',
				block: { options: new Map(taking('flag', 'per_host')), complain: option => `unrecognized metrics option '${option}'` },
			},
		],
		...off('0rtt', text => `unsupported 0rtt argument '${text}' (only 'off' is supported)`, 'one'),
		...(version === 'next' ? taking('some', 'expected_underscore_headers', 'expected_dot_headers') : []),
	]);
}

function timeouts(version: CaddyVersion): ReadonlyMap<string, OptionGrammar> {
	const known = ['read_body', 'read_header', 'write', 'idle'].flatMap(name => timed(() => `parsing ${name} timeout duration`, [name]));
	return new Map([...known, ...(version === 'next' ? taking('unknown', 'read_body_idle', 'write_idle', 'write_max_chunk') : [])]);
}

function countProblem(text: string): string | null {
	return /^[a-z?]/i.test(text) ? `parsing keepalive count int: strconv.ParseInt: parsing "${text}": invalid syntax` : null;
}

function httpVersions(_: Token, words: readonly Token[]): SetupComplaint | null {
	const token = words.find(({ text }) => !['h1', 'h2', 'h2c', 'h3'].includes(text));
	return token === undefined ? null : { message: `unknown protocol '${token.text}': expected h1, h2, h2c, or h3`, token };
}

/**
 * What Caddy refuses of the `servers` options together (httpcaddyfile/serveroptions.go and httptype.go, `evaluateGlobalOptionsBlock`, 2.11.4): one
 * listener or one name twice, and a name for all listeners. Where the environment decides nothing is told.
 */
export function serversProblems(lines: readonly Directive[]): readonly SetupComplaint[] {
	const found: SetupComplaint[] = [];
	const addresses = new Set<string>();
	const names = new Set<string>();
	for (const { name, args, block } of lines) {
		const inner = block?.lines.filter(line => line.name.text === 'name') ?? [];
		if ([...args, ...inner.flatMap(line => line.args)].some(({ environment }) => 0 < environment.length)) continue;
		const [address] = args;
		const [own] = inner;
		if (address === undefined && own !== undefined)
			found.push({ message: 'cannot set a name for a server without a listener address', token: own.name });
		const listener = address?.text ?? '';
		if (addresses.has(listener)) {
			const message = `cannot have 'servers' global options with duplicate listener addresses: ${listener}`.trimEnd();
			found.push({ message, token: address ?? name });
		}
		addresses.add(listener);
		const last = inner[inner.length - 1]?.args[0];
		if (address === undefined || last === undefined || last.text === '') continue;
		if (names.has(last.text)) found.push({ message: `cannot use duplicate server name '${last.text}'`, token: last });
		names.add(last.text);
	}
	return found;
}

function needsSource(option: Token, words: readonly Token[]): SetupComplaint | null {
	const message = 'trusted_proxies expects an IP range source module name as its first argument';
	return words.length === 0 ? { message, token: option } : null;
}
