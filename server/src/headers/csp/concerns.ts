import type { HeaderValue } from '../../model/value';
import { cspKeywords, hashDirectives, nonceDirectives } from '../facts/cspKeywords';
import { isIpAddress, isLocalHost } from '../hosts';
import { bypassOf } from './bypass';
import {
	allowsInline,
	decidesAbout,
	inlineScriptDirectives,
	inlineStyleDirectives,
	isNone,
	keywordToken,
	mayHoldNonceOrHash,
} from './effective';
import { type CspDirective, type CspPolicy, type CspToken, cspOf, isLostDirective, mayHoldAnything } from './parse';
import { isSharedWildcard } from './sharedHost';
import type { HostSource } from './source';
import { isDigest, isNonceLongEnough, isNonceText } from './token';

/** What a policy is judged against beside its own text. */
export interface CspContext {
	/** Whether the pages are reached over HTTPS, as far as known. */
	readonly https: boolean;
	/** Whether a host that everybody can reach is known to answer. */
	readonly publicHost: boolean;
	/** Whether the value was recorded from one answer, and so may differ in the next. */
	readonly recorded: boolean;
}

/** The rules that speak about one word of a source list. */
export type SourceRule =
	| 'csp-wrong-quotes'
	| 'csp-missing-semicolon'
	| 'csp-unquoted-keyword'
	| 'csp-unknown-keyword'
	| 'csp-hash-invalid'
	| 'csp-nonce-static'
	| 'csp-strict-dynamic-alone'
	| 'csp-script-unsafe-inline'
	| 'csp-script-wildcard'
	| 'csp-script-scheme-source'
	| 'csp-keyword-misplaced'
	| 'csp-none-not-alone'
	| 'csp-invalid-source'
	| 'csp-ip-source'
	| 'csp-nonce-charset'
	| 'csp-nonce-short'
	| 'csp-script-unsafe-eval'
	| 'csp-frame-ancestors-broad'
	| 'csp-shared-host-wildcard'
	| 'csp-wildcard-source'
	| 'csp-insecure-source'
	| 'csp-allowlist-bypass'
	| 'csp-script-unsafe-hashes'
	| 'csp-style-unsafe-inline'
	| 'csp-localhost-source'
	| 'csp-strict-dynamic-ignored'
	| 'csp-host-allowlist';

/** One word of a source list and the one thing to say about it. */
export interface SourceConcern {
	readonly rule: SourceRule;
	readonly token: CspToken;
	readonly directive: CspDirective;
	readonly policy: CspPolicy;
}

/**
 * What is to be said about the words of the source lists of a policy: at most one thing per word, the most severe
 * (spec/header-policy.md section 2, "Model first"). In order of the text; the conditions are those of the catalogue.
 */
export function sourceConcerns(value: HeaderValue, context: CspContext): readonly SourceConcern[] {
	const key = `${context.https}${context.publicHost}${context.recorded}`;
	const known = judged.get(value) ?? new Map<string, readonly SourceConcern[]>();
	judged.set(value, known);
	const before = known.get(key);
	if (before !== undefined) return before;
	const concerns: SourceConcern[] = [];
	cspOf(value).policies.forEach((policy, index) => {
		for (const directive of policy.directives) {
			// A comma in the middle of a list makes a policy that begins with a source: the comma is the mistake.
			if (0 < index && directive === policy.directives[0] && directive.kind === null) continue;
			for (const token of directive.values) {
				const rule = concernOf({ token, directive, policy, ...context });
				if (rule !== null) concerns.push({ rule, token, directive, policy });
			}
		}
	});
	known.set(key, concerns);
	return concerns;
}

const judged = new WeakMap<HeaderValue, Map<string, readonly SourceConcern[]>>();

interface Word extends CspContext {
	readonly token: CspToken;
	readonly directive: CspDirective;
	readonly policy: CspPolicy;
}

function concernOf(word: Word): SourceRule | null {
	const { token, directive } = word;
	const { source } = token;
	if (directive.kind !== 'sources' && directive.kind !== 'ancestors') return isLostIn(word) ? 'csp-missing-semicolon' : null;
	if (directive.dropped === 'duplicate') return null;
	if (source.kind === 'misquoted') return 'csp-wrong-quotes';
	if (directive.dropped === 'non-ascii') return null;
	if (isLostIn(word)) return 'csp-missing-semicolon';
	if (!token.certain) return null;
	switch (source.kind) {
		case 'unquoted':
			return 'csp-unquoted-keyword';
		case 'unknown-keyword':
			return 'csp-unknown-keyword';
		case 'hash':
			if (!isDigest(source.algorithm, source.value)) return 'csp-hash-invalid';
			return hashDirectives.has(directive.name) ? null : 'csp-keyword-misplaced';
		case 'nonce':
			return nonceConcern(word, source.value);
		case 'keyword':
			return keywordConcern(word, source.keyword);
		case 'scheme':
			return schemeConcern(word, source.scheme);
		case 'host':
			return hostConcern(word, source) ?? (source.ignored === '' ? null : 'csp-invalid-source');
		case 'invalid':
			return isBroad(token) ? broadConcern(word) : 'csp-invalid-source';
		default:
			return null;
	}
}

/** Valueless directives and those with an own vocabulary also show a forgotten semicolon. */
function isLostIn({ token, directive }: Word): boolean {
	return directive.kind !== null && isLostDirective(token, directive.kind) && isFirstLost(token, directive);
}

/** Behind unknown text a directive's name may well be in its right place: the semicolon may be part of that text. */
function isFirstLost(token: CspToken, { nameToken, values, kind }: CspDirective): boolean {
	if (mayHoldAnything(nameToken)) return false;
	return values.find(other => mayHoldAnything(other) || isLostDirective(other, kind)) === token;
}

function nonceConcern({ directive, recorded }: Word, nonce: string): SourceRule | null {
	if (!nonceDirectives.has(directive.name)) return 'csp-keyword-misplaced';
	if (!recorded) return 'csp-nonce-static';
	if (!isNonceText(nonce)) return 'csp-nonce-charset';
	return isNonceLongEnough(nonce) ? null : 'csp-nonce-short';
}

function keywordConcern(word: Word, keyword: string): SourceRule | null {
	const { directive, policy } = word;
	if (keyword === 'none') return isNone(directive) || directive.values.length === 1 ? null : 'csp-none-not-alone';
	const heeding = cspKeywords.get(keyword);
	if (directive.kind === 'ancestors' ? keyword !== 'self' : heeding !== null && heeding?.has(directive.name) !== true)
		return 'csp-keyword-misplaced';
	const decides = (names: readonly string[]): boolean => decidesAbout(policy, directive, names);
	switch (keyword) {
		case 'strict-dynamic':
			return decides(['script-src', 'script-src-elem']) && !mayHoldNonceOrHash(directive) ? 'csp-strict-dynamic-alone' : null;
		case 'unsafe-inline':
			if (decides(inlineScriptDirectives) && allowsInline(directive, 'script')) return 'csp-script-unsafe-inline';
			return decides(inlineStyleDirectives) && allowsInline(directive, 'style') ? 'csp-style-unsafe-inline' : null;
		case 'unsafe-eval':
			return decides(['script-src']) ? 'csp-script-unsafe-eval' : null;
		case 'unsafe-hashes':
			return decides(inlineScriptDirectives) ? 'csp-script-unsafe-hashes' : null;
		case 'self':
			return isIgnoredByStrictDynamic(word) ? 'csp-strict-dynamic-ignored' : null;
		default:
			return null;
	}
}

/** Lists through which script can get in: what csp_evaluator calls DIRECTIVES_CAUSING_XSS. */
function letsScriptIn({ policy, directive }: Word): boolean {
	const byScript = decidesAbout(policy, directive, ['script-src-elem']) && keywordToken(directive, 'strict-dynamic') === null;
	return byScript || directive.name === 'base-uri' || decidesAbout(policy, directive, ['object-src']);
}

function isIgnoredByStrictDynamic({ policy, directive }: Word): boolean {
	return (
		decidesAbout(policy, directive, ['script-src-elem']) &&
		directive.name !== 'default-src' &&
		keywordToken(directive, 'strict-dynamic') !== null
	);
}

function schemeConcern(word: Word, scheme: string): SourceRule | null {
	const { directive, policy, https } = word;
	if (directive.kind === 'ancestors') return 'csp-frame-ancestors-broad';
	if (letsScriptIn(word) && scriptSchemes.has(scheme)) return 'csp-script-scheme-source';
	if (isIgnoredByStrictDynamic(word)) return 'csp-strict-dynamic-ignored';
	if (https && insecureSchemes.has(scheme)) return 'csp-insecure-source';
	const broadStyle = scheme === 'data:' || scheme === 'https:' || scheme === 'http:';
	return broadStyle && decidesAbout(policy, directive, inlineStyleDirectives) ? 'csp-style-unsafe-inline' : null;
}

const scriptSchemes: ReadonlySet<string> = new Set(['data:', 'http:', 'https:', 'blob:', 'filesystem:']);
const insecureSchemes: ReadonlySet<string> = new Set(['http:', 'ws:', 'ftp:']);

function hostConcern(word: Word, source: HostSource): SourceRule | null {
	const { directive, policy, https, publicHost } = word;
	if (isIgnoredByStrictDynamic(word)) return 'csp-strict-dynamic-ignored';
	if (isBroad(word.token)) return broadConcern(word);
	const local = isLoopback(source.host) || isInternalName(source.host);
	if (isIpAddress(source.host) && !local) return 'csp-ip-source';
	if (isSharedWildcard(source.host) && decidesAbout(policy, directive, sharedHostDirectives)) return 'csp-shared-host-wildcard';
	if (!local && https && source.scheme !== null && insecureSchemes.has(`${source.scheme}:`)) return 'csp-insecure-source';
	if (local) return publicHost ? 'csp-localhost-source' : null;
	if (!decidesAbout(policy, directive, ['script-src-elem']) || keywordToken(directive, 'strict-dynamic') !== null) return null;
	return bypassOf(source, keywordToken(directive, 'unsafe-eval') !== null) === null ? 'csp-host-allowlist' : 'csp-allowlist-bypass';
}

const sharedHostDirectives = ['script-src-elem', 'frame-src', 'connect-src', 'object-src'] as const;

/** `*`, `https://*`, `*:443` and the like: every host there is. `https://*.*` is meant so, though browsers do not read it. */
function isBroad(token: CspToken): boolean {
	return /^(?:[a-z][a-z\d+.-]*:\/\/)?\*(?:\.\*)?(?::[\d*]+)?\/?$/i.test(token.text);
}

function broadConcern(word: Word): SourceRule | null {
	const { directive, policy, token, https } = word;
	if (directive.kind === 'ancestors') return 'csp-frame-ancestors-broad';
	if (letsScriptIn(word)) return 'csp-script-wildcard';
	if (https && /^(?:http|ws|ftp):/i.test(token.text)) return 'csp-insecure-source';
	if (directive.name === 'form-action') return null;
	return decidesAbout(policy, directive, [directive.name]) ? 'csp-wildcard-source' : null;
}

function isLoopback(host: string): boolean {
	return (
		host === 'localhost' || host.endsWith('.localhost') || /^127(?:\.\d{1,3}){3}$/.test(host) || host === '[::1]' || host === '0.0.0.0'
	);
}

/** A name that only the machines of one network know, such as a container's: `http://api:8000`, `nas.lan`. */
function isInternalName(host: string): boolean {
	return isLocalHost(host) && !isIpAddress(host);
}
