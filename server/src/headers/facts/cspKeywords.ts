/**
 * The quoted words of source lists, without their quotes, and the directives in which they mean something.
 * Sources: CSP3 (Editor's Draft) 2.3.1 "Source Lists" and the algorithms of section 6.7.2, Trusted Types ("trusted-types-eval"),
 * and 'inline-speculation-rules', which Chromium knows. 'unsafe-allow-redirects' belonged to the withdrawn navigate-to.
 */

const scripts = ['script-src', 'script-src-elem', 'script-src-attr', 'default-src'] as const;
const styles = ['style-src', 'style-src-elem', 'style-src-attr', 'default-src'] as const;

/** Keyword to the directives that heed it; null for every source list. `frame-ancestors` heeds 'self' and 'none' only. */
export const cspKeywords: ReadonlyMap<string, ReadonlySet<string> | null> = new Map<string, ReadonlySet<string> | null>([
	['none', null],
	['self', null],
	['unsafe-inline', new Set([...scripts, ...styles])],
	['unsafe-eval', new Set(['script-src', 'default-src', 'style-src'])],
	['wasm-unsafe-eval', new Set(['script-src', 'default-src'])],
	['trusted-types-eval', new Set(['script-src', 'default-src'])],
	['strict-dynamic', new Set(['script-src', 'script-src-elem', 'default-src', 'worker-src'])],
	['unsafe-hashes', new Set(['script-src', 'script-src-attr', 'style-src', 'style-src-attr', 'default-src'])],
	['report-sample', new Set([...scripts, ...styles])],
	['report-sha256', new Set(scripts)],
	['report-sha384', new Set(scripts)],
	['report-sha512', new Set(scripts)],
	['unsafe-allow-redirects', null],
	['unsafe-webtransport-hashes', new Set(['connect-src', 'default-src'])],
	['inline-speculation-rules', new Set(['script-src', 'script-src-elem', 'default-src'])],
]);

/** Directives in which a nonce means something (CSP3 6.7.2.2 and 6.7.3.3). */
export const nonceDirectives: ReadonlySet<string> = new Set([...scripts, ...styles]);

/** Directives in which a hash means something; `connect-src` for WebTransport certificates. */
export const hashDirectives: ReadonlySet<string> = new Set([...scripts, ...styles, 'connect-src']);

/** Bytes of a digest by algorithm (FIPS 180-4). */
export const hashLengths: Readonly<Record<string, number>> = { sha256: 32, sha384: 48, sha512: 64 };
