import { isStandardDirective } from './directiveNames';
import { hasBlank } from './template';
import type { Block, Directive, Token } from './tree';

/**
 * Why Caddy refuses a site address (addresses.go, httptype.go and tlsapp.go, 2.11.4), in its words; null where it does not, or where an unset
 * `{$NAME}` or a blank to be filled in (`<your-domain>`) decides. `lines` are those of its site.
 */
export function addressProblem(
	{ text, environment }: Token,
	lines: readonly Directive[],
	{ issuerNamed }: { readonly issuerNamed: boolean },
): string | null {
	if (0 < environment.length || hasBlank(text)) return null;
	if (isStandardDirective(text))
		return `parsed '${text}' as a site address, but it is a known directive; directives must appear in a site block`;
	const parts = /^(?:(.*?):\/\/)?([^/]*)/s.exec(text.trim());
	const scheme = parts?.[1];
	const host = parts?.[2] ?? '';
	const port = /^(?:\[[^\]]*\]|[^:[\]]*):([^:[\]]+)$/.exec(host)?.[1];
	if (port !== undefined && !/[{}]/.test(port)) {
		if (!/^[+-]?\d+$/.test(port)) return `invalid port '${port}': strconv.Atoi: parsing "${port}": invalid syntax`;
		if (/^\d{1,9}$/.test(port.replace(/^[+-]/, '')) && (Number(port) < 0 || 65535 < Number(port)))
			return `port ${Number(port)} is out of range`;
	}
	if (scheme === 'wss') return 'the scheme wss:// is only supported in browsers; use https:// instead';
	if (scheme === 'ws') return 'the scheme ws:// is only supported in browsers; use http:// instead';
	if (scheme !== undefined && scheme !== 'http' && scheme !== 'https' && scheme !== '') return `unsupported URL scheme ${scheme}://`;
	// Behind an opening quote without an end anything may be one word.
	const certified =
		!/\s/.test(text) && port === undefined && scheme !== 'http' && !issuerNamed && !lines.some(({ name }) => name.text === 'tls');
	return certified && !qualifies(host) ? `subject does not qualify for certificate: '${lowered(host)}'` : null;
}

/** Whether the global options choose who signs certificates: Caddy then does not ask whether a public authority would (tlsapp.go, 2.11.4). */
export function namesIssuer(options: Block | null): boolean {
	return (options?.lines ?? []).some(({ name }) => name.text === 'local_certs' || name.text === 'cert_issuer');
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
