import { createHash } from 'node:crypto';
import { hasUnknown } from '../../model/value';
import { decidingDirective, holdsNonce, keywordToken } from '../csp/effective';
import { allowsUrl, type SelfOrigin } from '../csp/match';
import type { CspDirective, CspPolicy } from '../csp/parse';
import type { PageContent, PageResource } from './resources';

/** A resource that a policy blocks. */
export interface BlockedResource {
	readonly resource: PageResource;
	/** The directive whose list does not allow it. */
	readonly directive: CspDirective;
	/** The source to add for it, or null where none would do: an inline handler is to be moved to a file. */
	readonly source: string | null;
}

/**
 * What a policy would block of a page that is served at `path` of `self`. Unknown words in a list may allow anything, and an
 * element with a nonce passes where the policy has one: both block nothing here. Pure; never throws.
 */
export function blockedResources(policy: CspPolicy, page: PageContent, path: string, self: SelfOrigin): readonly BlockedResource[] {
	if (policy.open) return [];
	const at = baseOf(page, path, self);
	return page.resources.flatMap(resource => {
		const directive = decidingDirective(policy, resource.directive);
		if (directive === null) return [];
		const blocked = resource.kind === 'url' ? blockedUrl(resource, directive, at, self) : blockedInline(resource, directive);
		return blocked === null ? [] : [{ resource, directive, source: blocked.source }];
	});
}

interface Verdict {
	readonly source: string | null;
}

function blockedUrl(
	resource: Extract<PageResource, { kind: 'url' }>,
	directive: CspDirective,
	at: string,
	self: SelfOrigin,
): Verdict | null {
	if (!URL.canParse(resource.url, at) || /\{\{|<%|\$\{/.test(resource.url) || hasUnknown(resource.url)) return null;
	const url = new URL(resource.url, at);
	const scripted = resource.directive === 'script-src-elem' || resource.directive === 'style-src-elem';
	if (scripted && resource.nonce !== '' && holdsNonce(directive)) return null;
	if (resource.directive === 'script-src-elem') {
		if (resource.integrity.length > 0 && resource.integrity.every(hash => holdsHash(directive, hash))) return null;
		if (keywordToken(directive, 'strict-dynamic') !== null)
			return directive.open ? null : { source: resource.integrity[0] === undefined ? null : `'${resource.integrity[0]}'` };
	}
	if (allowsUrl(directive, url, self) !== false) return null;
	return { source: sourceFor(url, resource.directive, self) };
}

function blockedInline(resource: Extract<PageResource, { kind: 'inline' }>, directive: CspDirective): Verdict | null {
	const script = resource.directive.startsWith('script');
	const switchedOff =
		directive.open ||
		directive.values.some(({ source }) => source.kind === 'nonce' || source.kind === 'hash' || source.kind === 'unknown-part') ||
		(script && keywordToken(directive, 'strict-dynamic') !== null);
	if (directive.open) return null;
	if (keywordToken(directive, 'unsafe-inline') !== null && !switchedOff) return null;
	const element = resource.directive.endsWith('-elem');
	if (element && resource.nonce !== '' && holdsNonce(directive)) return null;
	if (directive.values.some(({ source }) => source.kind === 'unknown-part' && source.shape === 'hash')) return null;
	// A template's placeholders are filled in when the page is served: the hash of what is sent is not known.
	if (resource.text === null || hasUnknown(resource.text) || /\{\{|<%|<\?php/.test(resource.text)) return { source: null };
	const hash = hashOf(resource.text);
	if (holdsHash(directive, hash) && (element || keywordToken(directive, 'unsafe-hashes') !== null)) return null;
	return { source: element ? `'${hash}'` : null };
}

/** The hash of an inline block as policies write it, without quotes: `sha256-…` of its UTF-8 bytes (CSP3 6.7.3.3). */
export function hashOf(text: string): string {
	return `sha256-${createHash('sha256').update(text.replace(/\r\n?/g, '\n'), 'utf8').digest('base64')}`;
}

/** Whether the list holds the hash, in base64 or base64url; other algorithms are compared by their own hash only. */
function holdsHash(directive: CspDirective, hash: string): boolean {
	const normal = (value: string): string => value.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
	const [, algorithm = '', digest = ''] = /^(sha\d+)-(.*)$/.exec(hash) ?? [];
	return directive.values.some(
		({ source }) => source.kind === 'hash' && source.algorithm === algorithm && normal(source.value) === normal(digest),
	);
}

/** The narrowest source that allows the address and is likely to go on allowing it: the file of a script or style, else the origin. */
function sourceFor(url: URL, directive: PageResource['directive'], self: SelfOrigin): string | null {
	if (url.protocol === 'data:' || url.protocol === 'blob:')
		return directive === 'script-src-elem' || directive === 'object-src' ? null : url.protocol;
	if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
	if (self.hosts.includes(url.host)) return "'self'";
	const origin = `https://${url.host}`;
	const exact = directive === 'script-src-elem' || directive === 'style-src-elem';
	return exact && !/[;,]/.test(url.pathname) ? `${origin}${url.pathname}` : origin;
}

function baseOf(page: PageContent, path: string, self: SelfOrigin): string {
	// A mount that is not known would be taken for a part of the host.
	const own = `${self.protocol}//${self.hosts[0] ?? 'localhost'}${path.startsWith('/') ? '' : '/'}${path}`;
	return page.base !== null && URL.canParse(page.base, own) ? new URL(page.base, own).href : own;
}
