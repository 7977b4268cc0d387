import type { Token } from '../caddyfile/tree';
import type { OperationScope } from '../model/operation';
import type { Matcher, MatcherSet } from './matchers/matcher';
import type { CompileScope, Sample } from './siteDraft';

/**
 * A request that the set's matchers let through, built on the one that reaches the set's place. Matchers whose result cannot be
 * chosen (addresses, expressions, `not`) leave it as it is.
 */
export function sampleBehind(set: MatcherSet, requests: OperationScope, scope: CompileScope): Sample {
	let sample: Sample = { ...(scope.sample ?? emptySample), requests };
	for (const matcher of set.matchers) sample = withMatcher(sample, matcher, scope.mount);
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

const emptySample: Omit<Sample, 'requests'> = { path: null, host: null, method: null, query: null, headers: new Map() };

function withMatcher(sample: Sample, matcher: Matcher, mount: string): Sample {
	switch (matcher.kind) {
		case 'path': {
			const pattern = usable(matcher.patterns);
			return pattern === null ? sample : { ...sample, path: mount + samplePath(pattern) };
		}
		case 'path-regexp': {
			const path = /^\^?(\/[\w/.-]*)/.exec(matcher.pattern.text)?.[1];
			return path === undefined ? sample : { ...sample, path: mount + path };
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
