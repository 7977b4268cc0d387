import type { OptionFacts } from './setupAddresses';
import { type SetupComplaint, wrongCount } from './setupArguments';
import type { BlockGrammar } from './setupGrammar';
import { taking, timed } from './setupOptionKinds';
import type { OptionGrammar } from './setupOptions';
import type { Directive } from './tree';

/** Of `tls` and its `client_auth` (httpcaddyfile/builtins.go, `parseTLS`; caddytls/connpolicy.go, `UnmarshalCaddyfile`; 2.11.4). */
export const tlsOptions: BlockGrammar = {
	options: new Map<string, OptionGrammar>([
		[
			'protocols',
			{
				words: 'any',
				check: (option, words) => {
					if (words.length === 0) return { message: 'protocols requires one or two arguments', token: option };
					const token = words.slice(0, 2).find(({ text }) => !protocols.has(text));
					return token === undefined ? null : { message: `wrong protocol name or protocol not supported: '${token.text}'`, token };
				},
			},
		],
		[
			'ciphers',
			{
				words: 'any',
				check: (_, words) => {
					// Which there are depends on the Go that Caddy was built with.
					const token = words.find(({ text }) => !/^TLS_[A-Z0-9_]+$/.test(text));
					return token === undefined ? null : { message: `wrong cipher suite name or cipher suite not supported: '${token.text}'`, token };
				},
			},
		],
		[
			'curves',
			{
				words: 'any',
				check: (_, words) => {
					const token = words.find(({ text }) => !curves.has(text));
					return token === undefined ? null : { message: `Wrong curve name or curve not supported: '${token.text}'`, token };
				},
			},
		],
		[
			'client_auth',
			{
				words: 'any',
				block: {
					options: new Map<string, OptionGrammar>([
						['mode', { words: 'unknown', check: (option, words) => (words.length === 1 ? null : wrongCount(option)) }],
						...taking('one', 'trusted_ca_cert', 'trusted_leaf_cert', 'trusted_ca_cert_file', 'trusted_leaf_cert_file'),
						...taking('first', 'trust_pool', 'verifier'),
					]),
					complain: option => `unknown subdirective for client_auth: ${option}`,
				},
			},
		],
		...taking('some', 'alpn', 'resolvers'),
		...taking('any', 'load', 'dns'),
		...taking('counted one', 'ca', 'key_type', 'ca_root', 'dns_challenge_override_domain'),
		...taking('exactly two', 'eab'),
		...taking('first', 'issuer', 'get_certificate'),
		...taking('none', 'on_demand', 'reuse_private_keys'),
		...taking('one', 'insecure_secrets_log'),
		...timed(text => `invalid propagation_delay duration ${text}`, ['propagation_delay'], 'counted one'),
		...timed(text => `invalid dns_ttl duration ${text}`, ['dns_ttl'], 'counted one'),
		...timed(text => `invalid propagation_timeout duration ${text}`, ['propagation_timeout'], 'counted one').map(forever),
		['renewal_window_ratio', { words: 'counted one', judge: ratioProblem }],
	]),
	complain: option => `unknown subdirective: ${option}`,
};

/**
 * Options of the DNS challenge without a provider, and issuers of two kinds (httpcaddyfile/builtins.go, `parseTLS`, 2.11.4). Null where the
 * environment or an import decides.
 */
export function issuerProblem({ args, block }: Directive, { dnsProvider }: OptionFacts): SetupComplaint | null {
	const lines = block?.lines ?? [];
	if ([...args, ...lines.flatMap(line => [line.name, ...line.args])].some(({ environment }) => 0 < environment.length)) return null;
	const names = lines.map(({ name }) => name.text);
	if (names.includes('import')) return null;
	const local = lines.find(({ name, args: words }) => name.text === 'dns' && words.length === 0);
	if (local !== undefined && !dnsProvider) return wrongCount(local.name);
	const challenge = lines.filter(({ name }) => ofChallenge.has(name.text));
	const [first] = challenge;
	if (first !== undefined && !dnsProvider && !names.includes('dns')) {
		const given = challenge.map(({ name }) => name.text).join(', ');
		const message = `setting DNS challenge options [${given}] requires a DNS provider (set with the 'dns' subdirective or 'acme_dns' global option)`;
		return { message, token: first.name };
	}
	const [word] = args;
	const internal = args.length === 1 && word?.text === 'internal' ? word : undefined;
	const account = args.length === 1 && word?.text.includes('@') === true ? word : undefined;
	const acme = lines.find(({ name }) => ofChallenge.has(name.text) || ['ca', 'ca_root', 'eab', 'dns'].includes(name.text))?.name ?? account;
	const issuer = lines.find(({ name }) => name.text === 'issuer')?.name;
	if (issuer !== undefined && (acme ?? internal) !== undefined) {
		const message = 'cannot mix issuer subdirective (explicit issuers) with other issuer-specific subdirectives (implicit issuers)';
		return { message, token: issuer };
	}
	if (acme === undefined || internal === undefined) return null;
	return { message: 'cannot create both ACME and internal certificate issuers', token: acme };
}

const ofChallenge: ReadonlySet<string> = new Set([
	...['resolvers', 'propagation_delay', 'propagation_timeout', 'dns_ttl', 'dns_challenge_override_domain'],
]);

/** The same where -1 stands for no end. */
function forever([name, { words, judge }]: readonly [string, OptionGrammar]): readonly [string, OptionGrammar] {
	return [name, { words, judge: text => (text === '-1' ? null : (judge?.(text) ?? null)) }];
}

/** What is wrong with the share of a certificate's lifetime that is left when it is renewed. */
export function ratioProblem(text: string): string | null {
	if (/^[a-z?]/i.test(text) && !/^(?:nan|inf|infinity|0x.*)$/i.test(text))
		return `parsing renewal_window_ratio: strconv.ParseFloat: parsing "${text}": invalid syntax`;
	if (!/^[+-]?\d+(?:\.\d*)?$/.test(text)) return null;
	return 0 < Number(text) && Number(text) < 1 ? null : 'renewal_window_ratio must be between 0 and 1 (exclusive)';
}

const protocols: ReadonlySet<string> = new Set(['tls1.2', 'tls1.3']);

const curves: ReadonlySet<string> = new Set(['x25519mlkem768', 'x25519', 'secp256r1', 'secp384r1', 'secp521r1']);
