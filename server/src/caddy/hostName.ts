import { hasUnknown } from '../model/value';

/**
 * A host as it goes over the wire: labels that are no ASCII in Punycode, as Caddy's host matcher and clients write them (matchers.go,
 * `MatchHost.Provision`, Caddy 2.11.4). A host that is not known whole, or cannot be written so, stays as it is.
 */
export function asciiHost(host: string): string {
	if (/^[\x00-\x7f]*$/.test(host) || hasUnknown(host)) return host;
	return host
		.split('.')
		.map(label => (/^[\x00-\x7f]*$/.test(label) ? label : asciiLabel(label)))
		.join('.');
}

function asciiLabel(label: string): string {
	try {
		return new URL(`http://${label}.example`).hostname.replace(/\.example$/, '');
	} catch {
		return label;
	}
}
