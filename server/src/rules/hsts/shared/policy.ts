import { isLocalHost } from '../../../headers/hosts';
import { type HstsPolicy, parseHsts } from '../../../headers/hsts';
import { wronglyQuoted } from '../../../headers/quoting';
import { sentLines } from '../../../model/sentHeaders';
import type { EffectiveHeader, EffectiveResponse, Surface } from '../../../model/surface';
import type { ValueSubject } from '../../rule';

/** The header these rules are about, as rules name it. */
export const hstsHeader = ['strict-transport-security'] as const;

/** Its usual spelling. */
export const hstsName = 'Strict-Transport-Security';

/** The judged value taken apart, or null where another rule has the word: values that are empty or wrapped in quotes. */
export function policyOf(subject: ValueSubject): HstsPolicy | null {
	const { text } = subject.value;
	return text.trim() === '' || wronglyQuoted(subject.header, text) !== null ? null : parseHsts(text);
}

/** As `policyOf`, but null also where browsers ignore the header anyway: over plain HTTP and for local names. */
export function effectivePolicyOf(subject: ValueSubject): HstsPolicy | null {
	return isOverHttp(subject.surface) || isLocal(subject.surface) ? null : policyOf(subject);
}

/** Whether the surface is reached over plain HTTP only. */
export function isOverHttp(surface: Surface): boolean {
	return surface.transport === 'http' || sendsToHttps(surface);
}

/** Whether it sends all requests to HTTPS under the name they ask for: with TLS in front of it that would go round in circles. */
export function sendsToHttps({ kind, hosts, responses }: Surface): boolean {
	return (
		kind === 'caddy-site' &&
		hosts.every(({ scheme }) => scheme === 'http') &&
		0 < responses.length &&
		responses.every(response => response.outcome === 'redirect' && sentLines(response, 'location').every(line => isUpgrade(line, response)))
	);
}

function isUpgrade({ value }: EffectiveHeader, { request }: EffectiveResponse): boolean {
	if (!URL.canParse(request.url) || !URL.canParse(value.text)) return false;
	const [asked, target] = [new URL(request.url), new URL(value.text)];
	return target.protocol === 'https:' && target.hostname === asked.hostname;
}

/** Whether every host of the surface is an address or a name of the local network. */
export function isLocal(surface: Surface): boolean {
	return 0 < surface.hosts.length && surface.hosts.every(({ name }) => isLocalHost(name));
}
