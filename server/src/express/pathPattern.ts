/** A route's path, compiled. */
export interface PathPattern {
	/** As written. */
	readonly source: string;
	/** Null for patterns nobody can decide here: computed ones, regular expressions, groups of express 4. */
	readonly exact: RegExp | null;
	readonly prefix: RegExp | null;
	/** A path that the pattern matches; `/` where nothing is known. */
	readonly sample: string;
}

/**
 * Compiles a route path as express does (path-to-regexp 8 for express 5, 0.1 for 4): `:name`, wildcards (`*name` in 5, `*` in 4),
 * optional parts (`{...}` in 5, `:name?` in 4). Case is ignored and a trailing slash allowed, as by default.
 */
export function compilePath(source: string, expressMajor: number): PathPattern {
	let pattern = '';
	let sample = '';
	for (let i = 0; i < source.length; ) {
		const rest = source.slice(i);
		const parameter = /^:([A-Za-z_$][\w$]*)(\?)?/.exec(rest);
		const wildcard = expressMajor < 5 ? /^\*/.exec(rest) : /^\*([A-Za-z_$][\w$]*)?/.exec(rest);
		const optional = /^\{([^{}]*)\}/.exec(rest);
		if (parameter !== null) {
			const isOptional = parameter[2] === '?' && expressMajor < 5;
			if (isOptional && pattern.endsWith('\\/')) pattern = `${pattern.slice(0, -2)}(?:\\/[^/]+)?`;
			else pattern += '[^/]+';
			sample += parameter[1] ?? 'x';
			i += isOptional ? parameter[0].length : 1 + (parameter[1]?.length ?? 0);
		} else if (wildcard !== null) {
			pattern += expressMajor < 5 ? '.*' : '.+';
			sample += 'x';
			i += wildcard[0].length;
		} else if (optional !== null && 5 <= expressMajor) {
			const inner = compilePath(optional[1] ?? '', expressMajor);
			if (inner.exact === null) return undecided(source);
			pattern += `(?:${inner.exact.source.slice(1).replace(/\\\/\?\$$/, '')})?`;
			i += optional[0].length;
		} else if (/^[()[\]?+!\\{}]/.test(rest)) return undecided(source);
		else {
			const character = source[i] ?? '';
			pattern += character.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
			sample += character;
			i++;
		}
	}
	const base = pattern.replace(/\\\/$/, '');
	return {
		source,
		exact: new RegExp(`^${base}\\/?$`, 'i'),
		prefix: new RegExp(`^${base}(?=\\/|$)`, 'i'),
		sample: sample === '' ? '/' : sample.startsWith('/') ? sample : `/${sample}`,
	};
}

/** A pattern that may match any path. */
export function undecided(source: string): PathPattern {
	return { source, exact: null, prefix: null, sample: '/' };
}

/** Whether a route's patterns match the whole path; no pattern matches all. */
export function matchesRoute(patterns: readonly PathPattern[], path: string): 'yes' | 'no' | 'maybe' {
	return decide(patterns, pattern => (pattern.exact === null ? null : pattern.exact.test(path)));
}

/** Where a mount's patterns match the beginning of the path: the rest of it, with its leading `/`. */
export function matchesMount(
	patterns: readonly PathPattern[],
	path: string,
): { readonly match: 'yes' | 'no' | 'maybe'; readonly rest: string } {
	let rest = path;
	const match = decide(patterns, pattern => {
		if (pattern.prefix === null) return null;
		const found = pattern.prefix.exec(path);
		if (found === null) return false;
		rest = path.slice(found[0].length);
		return true;
	});
	return { match, rest: rest.startsWith('/') ? rest : `/${rest}` };
}

function decide(patterns: readonly PathPattern[], test: (pattern: PathPattern) => boolean | null): 'yes' | 'no' | 'maybe' {
	if (patterns.length === 0) return 'yes';
	const results = patterns.map(test);
	if (results.includes(true)) return 'yes';
	return results.includes(null) ? 'maybe' : 'no';
}
