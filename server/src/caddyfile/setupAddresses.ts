import { isStandardDirective } from './directiveNames';
import { hasBlank } from './template';
import type { Block, Directive, Token } from './tree';

/**
 * Why Caddy refuses a site address (addresses.go, httptype.go and tlsapp.go, 2.11.4), in its words; null where it does not, or where an unset
 * `{$NAME}` or a blank to be filled in (`<your-domain>`) decides. `lines` are those of its site.
 */
export function addressProblem(token: Token, lines: readonly Directive[], options: OptionFacts): string | null {
	const { text } = token;
	if (0 < token.environment.length || hasBlank(text)) return null;
	const problem = unfit(token, options);
	if (problem !== null) return problem;
	const [, scheme, host = ''] = /^(?:(.*?):\/\/)?([^/]*)/s.exec(text.trim()) ?? [];
	// Behind an opening quote without an end anything may be one word.
	const certified =
		!/\s/.test(text) &&
		portOf(host) === undefined &&
		scheme?.toLowerCase() !== 'http' &&
		!options.issuerNamed &&
		!lines.some(({ name }) => name.text === 'tls');
	return certified && !qualifies(host) ? `subject does not qualify for certificate: '${lowered(host)}'` : null;
}

/** Why an address cannot be one of any site, in Caddy's words, or null. */
export function unfit({ text }: Token, options: OptionFacts): string | null {
	if (isStandardDirective(text))
		return `parsed '${text}' as a site address, but it is a known directive; directives must appear in a site block`;
	const parts = /^(?:(.*?):\/\/)?([^/]*)/s.exec(text.trim());
	const scheme = parts?.[1]?.toLowerCase();
	const host = parts?.[2] ?? '';
	const port = portOf(host);
	if (port !== undefined && !/[{}]/.test(port)) {
		if (!/^[+-]?\d+$/.test(port)) return `invalid port '${port}': strconv.Atoi: parsing "${port}": invalid syntax`;
		if (/^\d{1,9}$/.test(port.replace(/^[+-]/, '')) && (Number(port) < 0 || 65535 < Number(port)))
			return `port ${Number(port)} is out of range`;
	}
	if (scheme === 'wss') return 'the scheme wss:// is only supported in browsers; use https:// instead';
	if (scheme === 'ws') return 'the scheme ws:// is only supported in browsers; use http:// instead';
	if (scheme !== undefined && scheme !== 'http' && scheme !== 'https' && scheme !== '') return `unsupported URL scheme ${scheme}://`;
	return unconventional(text, scheme, port, options);
}

function portOf(host: string): string | undefined {
	return /^(?:\[[^\]]*\]|[^:[\]]*):([^:[\]]+)$/.exec(host)?.[1];
}

/** What the global options say that decides whether Caddy refuses a site. */
export interface OptionFacts {
	/** Whether they choose who signs certificates: Caddy then does not ask whether a public authority would (tlsapp.go, 2.11.4). */
	readonly issuerNamed: boolean;
	/** Whether they may name a DNS provider. */
	readonly dnsProvider: boolean;
	/** Null where the environment or an import decides. */
	readonly ports: { readonly http: string; readonly https: string } | null;
	/** Whether certificates or listeners of all sites are set up by them (`default_bind`, `email`, `key_type` and the like). */
	readonly forAllSites: boolean;
}

/** Reads what the global options say of addresses and certificates. */
export function optionFacts(options: Block | null): OptionFacts {
	const lines = options?.lines ?? [];
	const names = new Set(lines.map(({ name }) => name.text));
	const open = lines.some(({ name, args }) => name.text === 'import' || [name, ...args].some(({ environment }) => 0 < environment.length));
	const optionOf = (name: string, standard: string): string => lines.findLast(line => line.name.text === name)?.args[0]?.text ?? standard;
	return {
		issuerNamed: names.has('local_certs') || names.has('cert_issuer'),
		dnsProvider: open || names.has('dns') || names.has('acme_dns'),
		ports: open ? null : { http: optionOf('http_port', '80'), https: optionOf('https_port', '443') },
		forAllSites: lines.some(({ name }) => setsUpAll.has(name.text)),
	};
}

const setsUpAll: ReadonlySet<string> = new Set([
	...[
		'default_bind',
		'default_sni',
		'fallback_sni',
		'email',
		'acme_ca',
		'acme_ca_root',
		'acme_dns',
		'acme_eab',
		'cert_issuer',
		'local_certs',
	],
	...[
		'key_type',
		'ocsp_stapling',
		'renewal_window_ratio',
		'preferred_chains',
		'cert_lifetime',
		'dns',
		'tls_resolvers',
		'ech',
		'auto_https',
	],
]);

/** The port of HTTPS for HTTP, or the other way round (addresses.go, `listenersForServerBlockAddress`); plain hosts only. */
function unconventional(text: string, scheme: string | undefined, port: string | undefined, { ports }: OptionFacts): string | null {
	if (ports === null || (scheme !== 'http' && scheme !== 'https') || /[^\w.:*/-]/.test(text)) return null;
	const own = scheme === 'http' ? ports.http : ports.https;
	if ((port ?? own) !== (scheme === 'http' ? ports.https : ports.http)) return null;
	const [, host = '', path = ''] = /^[^:]*:\/\/([^/:]*)(?::\d*)?(.*)$/s.exec(text) ?? [];
	const shown = port === undefined || port === (scheme === 'http' ? '80' : '443') ? '' : `:${port}`;
	return `[${scheme}://${host.toLowerCase()}${shown}${path}] scheme and port violate convention`;
}

/** Whether a host can have a certificate (certmagic, `SubjectQualifiesForCert`). Names of a Tailscale network are not asked. */
function qualifies(host: string): boolean {
	if (host === '' || host.endsWith('.ts.net') || /[[\]:]/.test(host)) return true;
	if (host.startsWith('.') || host.endsWith('.')) return false;
	if (host.includes('*') && host !== '*' && !host.startsWith('*.')) return false;
	return !/[(){}<> \t\n"\\!@#$%^&|;'+=]/.test(host);
}

/** Caddy writes hosts in small letters, but for what stands in braces (addresses.go, `lowerExceptPlaceholders`). */
function lowered(host: string): string {
	return host.replace(/\{[^}]*\}|[^{]+/g, part => (part.startsWith('{') ? part : part.toLowerCase()));
}
