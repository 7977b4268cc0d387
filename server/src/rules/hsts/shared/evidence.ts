import { registrableDomain } from '../../../headers/hosts';
import { contentResponses, sentLines, settingOperations } from '../../../model/sentHeaders';
import type { EffectiveResponse, Surface, SurfaceHost } from '../../../model/surface';
import { ANY_TEXT, type HeaderValue, ONE_TOKEN } from '../../../model/value';
import type { WorkspaceModel } from '../../../model/workspace';
import type { RelatedPlace, ValueSubject } from '../../rule';

/**
 * What the workspace itself says against putting `domain` (a registrable domain) on the preload list, statically certain:
 * the hard evidence of spec/header-policy.md section 3, each with its place. Empty where nothing does.
 */
export function preloadEvidence(domain: string, subject: ValueSubject): readonly RelatedPlace[] {
	return [...siteEvidence(domain, subject.workspace), ...secondField(subject)];
}

function siteEvidence(domain: string, workspace: WorkspaceModel): readonly RelatedPlace[] {
	const known = workspace.derived(noEvidence);
	const evidence = known.get(domain) ?? findSiteEvidence(domain, workspace);
	known.set(domain, evidence);
	return evidence;
}

/** Where what was found in the sites of each domain is kept. */
function noEvidence(): Map<string, readonly RelatedPlace[]> {
	return new Map();
}

function findSiteEvidence(domain: string, workspace: WorkspaceModel): readonly RelatedPlace[] {
	const found: RelatedPlace[] = [];
	for (const { surface, below } of sitesOf(domain, workspace)) {
		for (const host of below) if (isPlain(host)) found.push(...plainHttp(surface, host, domain));
		if (surface.internalCertificate !== undefined)
			found.push({
				place: surface.internalCertificate,
				message: `${below[0]?.name ?? domain} has a certificate of Caddy's own authority, which browsers do not trust; HSTS leaves visitors no way around it.`,
			});
	}
	return found;
}

interface SiteOfDomain {
	readonly surface: Surface;
	/** Its hosts under the domain, at least one. */
	readonly below: readonly SurfaceHost[];
}

function sitesOf(domain: string, workspace: WorkspaceModel): readonly SiteOfDomain[] {
	return workspace.derived(indexSites).get(domain) ?? [];
}

/** The sites of each registrable domain. */
function indexSites(surfaces: readonly Surface[]): ReadonlyMap<string, readonly SiteOfDomain[]> {
	const index = new Map<string, { readonly surface: Surface; readonly below: SurfaceHost[] }[]>();
	for (const surface of surfaces) {
		if (surface.kind !== 'caddy-site') continue;
		for (const host of surface.hosts) {
			const domain = registrableDomain(host.name);
			if (domain === null) continue;
			const sites = index.get(domain) ?? [];
			const last = sites.at(-1);
			if (last?.surface === surface) last.below.push(host);
			else sites.push({ surface, below: [host] });
			index.set(domain, sites);
		}
	}
	return index;
}

function isPlain({ scheme, port }: SurfaceHost): boolean {
	return scheme === 'http' || port === 80;
}

/** A site over http:// that makes content, or whose redirect does not lead to HTTPS of the same host first. */
function plainHttp(surface: Surface, host: SurfaceHost, domain: string): readonly RelatedPlace[] {
	if (contentResponses(surface).some(({ outcome }) => outcome === 'content'))
		return [{ place: host.place, message: `${host.name} serves content over http://.` }];
	return surface.responses.flatMap((response): readonly RelatedPlace[] => {
		const target = redirectTarget(response);
		if (target === null) return [];
		const place = target.value.segments[0]?.place ?? host.place;
		if (target.scheme === 'http') return [{ place, message: `${host.name} redirects to http://.` }];
		if (target.host === 'unknown' || target.host === 'same' || target.host === host.name) return [];
		if (host.name !== domain) return [];
		return [{ place, message: `http://${host.name} redirects to ${target.host} before it redirects to HTTPS of its own name.` }];
	});
}

interface RedirectTarget {
	readonly scheme: 'http' | 'https';
	/** `same` where it is the request's own host, whatever that is. */
	readonly host: string | 'same' | 'unknown';
	readonly value: HeaderValue;
}

function redirectTarget(response: EffectiveResponse): RedirectTarget | null {
	if (response.outcome !== 'redirect') return null;
	const value = sentLines(response, 'location')[0]?.value;
	const match = value === undefined ? null : /^(https?):\/\/([^/?#]*)/i.exec(value.text);
	if (value === undefined || match === null) return null;
	const host = (match[2] ?? '').toLowerCase();
	const scheme = match[1]?.toLowerCase() === 'http' ? 'http' : 'https';
	if (!host.includes(ANY_TEXT) && !host.includes(ONE_TOKEN)) return { scheme, host, value };
	const at = match[0].length - host.length;
	const label = value.segments.find(segment => segment.start <= at && at < segment.end)?.label ?? '';
	return { scheme, host: /(?:^|\.)host(?:port)?$/.test(label) ? 'same' : 'unknown', value };
}

/** The field is set in front of an app that sends it too: browsers get two, and the list's checker refuses that. */
function secondField({ surface, operation, workspace }: ValueSubject): readonly RelatedPlace[] {
	if (surface.kind !== 'caddy-site' || operation.timing === 'deferred') return [];
	return surface.upstreams.flatMap((use): readonly RelatedPlace[] => {
		const app = use.removes.includes('strict-transport-security') ? null : workspace.appBehind(use);
		const other = app === null ? undefined : settingOperations(app, 'strict-transport-security')[0];
		if (other === undefined) return [];
		return [{ place: other.place, message: 'The app behind the site sends Strict-Transport-Security too, so browsers get it twice.' }];
	});
}
