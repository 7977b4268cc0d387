import { cspFallbacks } from '../facts/cspDirectives';
import type { CspDirective, CspPolicy, CspToken } from './parse';

/** The directive of that lower-case name that browsers heed, or null. */
export function heededDirective(policy: CspPolicy, name: string): CspDirective | null {
	return policy.directives.find(directive => directive.name === name && directive.dropped === null) ?? null;
}

/** The directive that decides about `name` after fallback (CSP3 6.8.3), or null where none does. */
export function decidingDirective(policy: CspPolicy, name: string): CspDirective | null {
	for (const candidate of cspFallbacks.get(name) ?? [name]) {
		const directive = heededDirective(policy, candidate);
		if (directive !== null) return directive;
	}
	return null;
}

/** Whether the directive decides about one of the names, itself or because others fall back to it. */
export function decidesAbout(policy: CspPolicy, directive: CspDirective, names: readonly string[]): boolean {
	return names.some(name => decidingDirective(policy, name) === directive);
}

/** What decides about script elements, inline handlers and `javascript:` URLs. */
export const inlineScriptDirectives = ['script-src-elem', 'script-src-attr'] as const;

/** What decides about style elements and style attributes. */
export const inlineStyleDirectives = ['style-src-elem', 'style-src-attr'] as const;

/** Whether the list holds the keyword (without quotes, lower case) for certain. */
export function keywordToken(directive: CspDirective, keyword: string): CspToken | null {
	return directive.values.find(token => token.source.kind === 'keyword' && token.source.keyword === keyword) ?? null;
}

/** Whether the list holds a nonce or hash, known or not; a list that may hold more counts, since a nonce is what code adds. */
export function mayHoldNonceOrHash(directive: CspDirective): boolean {
	return directive.open || holdsNonceOrHash(directive);
}

/** Whether the list certainly holds a nonce or a hash. */
export function holdsNonceOrHash(directive: CspDirective): boolean {
	return holdsNonce(directive) || directive.values.some(({ source }) => source.kind === 'hash' || isPart(source, 'hash'));
}

/** Whether the list certainly holds a nonce, be it of unknown text. */
export function holdsNonce(directive: CspDirective): boolean {
	return directive.values.some(({ source }) => source.kind === 'nonce' || isPart(source, 'nonce'));
}

function isPart(source: CspToken['source'], shape: 'nonce' | 'hash'): boolean {
	return source.kind === 'unknown-part' && source.shape === shape;
}

/**
 * Whether 'unsafe-inline' in the list has its effect: a nonce or hash switches it off, and so does 'strict-dynamic' for
 * scripts (CSP3 6.7.3.2). False also where unknown words may hold a nonce.
 */
export function allowsInline(directive: CspDirective, what: 'script' | 'style'): boolean {
	if (keywordToken(directive, 'unsafe-inline') === null || mayHoldNonceOrHash(directive)) return false;
	return what === 'style' || keywordToken(directive, 'strict-dynamic') === null;
}

/** Whether nothing matches the list: it is empty or holds 'none' and nothing that would match. */
export function isNone(directive: CspDirective): boolean {
	return !directive.open && directive.values.every(({ source }) => source.kind === 'keyword' && matchesNothing.has(source.keyword));
}

const matchesNothing: ReadonlySet<string> = new Set(['none', 'report-sample', 'report-sha256', 'report-sha384', 'report-sha512']);

/** Whether the policy forbids loading anything at all, as suits answers that are no pages: `default-src 'none'` and nothing beside. */
export function loadsNothing(policy: CspPolicy): boolean {
	const fallback = heededDirective(policy, 'default-src');
	if (fallback === null || !isNone(fallback)) return false;
	return policy.directives.every(directive => directive.dropped !== null || !cspFallbacks.has(directive.name) || isNone(directive));
}

/**
 * Whether the policy surely takes a right from the page: it has a `sandbox` whose flags, in lower case, do not give `flag` back
 * (HTML, 7.1.5 "sandboxing"). False where a flag is not known.
 */
export function sandboxForbids(policy: CspPolicy, flag: 'allow-scripts' | 'allow-forms'): boolean {
	const sandbox = heededDirective(policy, 'sandbox');
	return sandbox !== null && !sandbox.open && sandbox.values.every(({ text, certain }) => certain && text.toLowerCase() !== flag);
}
