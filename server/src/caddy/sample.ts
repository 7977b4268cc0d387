import type { Token } from '../caddyfile/tree';
import type { Matcher } from './matchers/matcher';
import { sampleRegexpPath } from './sampleRegexp';
import type { SampleSource } from './siteDraft';

/** A request that a matcher of the site lets through. Parts its matchers say nothing about are null. */
export interface Sample {
	readonly path: string | null;
	readonly host: string | null;
	readonly method: string | null;
	readonly query: string | null;
	readonly headers: ReadonlyMap<string, string>;
}

/**
 * A request that the matchers of a source and those around it let through. Matchers whose result cannot be chosen (addresses,
 * expressions, `not`) leave it as it is.
 */
export function sampleOf(source: SampleSource): Sample {
	let sample = source.outer === null ? emptySample : sampleOf(source.outer);
	for (const matcher of source.set.matchers) sample = withMatcher(sample, matcher, source.mount);
	return sample;
}

/** A path that a pattern matches: `/api/*` gives `/api/x`, `*.js` gives `/x.js`. */
export function samplePath(pattern: string): string {
	const filled = pattern
		.replace(/\*+/g, 'x')
		.replaceAll('?', 'x')
		.replace(/\{[^}]*\}/g, 'x');
	return filled.startsWith('/') ? filled : `/${filled}`;
}

const emptySample: Sample = { path: null, host: null, method: null, query: null, headers: new Map() };

function withMatcher(sample: Sample, matcher: Matcher, mount: string): Sample {
	switch (matcher.kind) {
		case 'path': {
			const pattern = usable(matcher.patterns);
			return pattern === null ? sample : { ...sample, path: mount + samplePath(pattern) };
		}
		case 'path-regexp': {
			const path = sampleRegexpPath(matcher.pattern.text);
			return path === null ? sample : { ...sample, path: mount + path };
		}
		case 'host': {
			const host = usable(matcher.hosts);
			return host === null ? sample : { ...sample, host: host.replaceAll('*', 'www').toLowerCase() };
		}
		case 'method':
			return { ...sample, method: matcher.methods[0] ?? null };
		case 'query': {
			const pairs = [...matcher.parameters].map(([name, values]) => `${name}=${(values[0] ?? '').replaceAll('*', 'x')}`);
			return pairs.some(pair => /[{}\s]/.test(pair)) ? sample : { ...sample, query: pairs.join('&') };
		}
		case 'header': {
			const headers = new Map(sample.headers);
			for (const [field, values] of matcher.fields) {
				const value = values?.[0];
				if (value !== undefined && !value.includes('{')) headers.set(field.toLowerCase(), value === '*' ? 'x' : value.replaceAll('*', ''));
			}
			return { ...sample, headers };
		}
		default:
			return sample;
	}
}

/** The first token without placeholders, or null. */
function usable(tokens: readonly Token[]): string | null {
	return tokens.find(({ text }) => !text.includes('{'))?.text ?? null;
}
