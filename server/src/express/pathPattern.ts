/** A route's path, ready to be matched. */
export interface PathPattern {
	/** As written. */
	readonly source: string;
	/** A path that the pattern matches; `/` where nothing is known. */
	readonly sample: string;
	/** The path without parameters and wildcards, lower case, without trailing slash; null where it has some. */
	readonly literal: string | null;
	/** What matches it otherwise; null for patterns nobody can decide here: computed ones, regular expressions, groups of express 4. */
	readonly expression: (() => Expressions) | null;
}

interface Expressions {
	readonly exact: RegExp;
	readonly prefix: RegExp;
}

/**
 * Reads a route path as express does (path-to-regexp 8 for express 5, 0.1 for 4): `:name`, wildcards (`*name` in 5, `*` in 4),
 * optional parts (`{...}` in 5, `:name?` in 4). Case is ignored and a trailing slash allowed, as by default.
 */
export function compilePath(source: string, expressMajor: number): PathPattern {
	if (!/[:*{}()[\]?+!\\]/.test(source)) {
		const path = source.startsWith('/') || source === '' ? source : `/${source}`;
		return { source, sample: path === '' ? '/' : path, literal: withoutSlash(path.toLowerCase()), expression: null };
	}
	const translated = translate(source, expressMajor);
	if (translated === null) return undecided(source);
	const { pattern, sample } = translated;
	let made: Expressions | null = null;
	const expression = (): Expressions => {
		const base = pattern.replace(/\\\/$/, '');
		made ??= { exact: new RegExp(`^${base}\\/?$`, 'i'), prefix: new RegExp(`^${base}(?=\\/|$)`, 'i') };
		return made;
	};
	return { source, sample: sample.startsWith('/') ? sample : `/${sample}`, literal: null, expression };
}

/** A pattern that may match any path. */
export function undecided(source: string): PathPattern {
	return { source, sample: '/', literal: null, expression: null };
}

/** Whether a route's patterns match the whole path; no pattern matches all. */
export function matchesRoute(patterns: readonly PathPattern[], path: string): 'yes' | 'no' | 'maybe' {
	return decide(patterns, pattern => {
		if (pattern.literal !== null) return pattern.literal === withoutSlash(path.toLowerCase());
		return pattern.expression === null ? null : pattern.expression().exact.test(path);
	});
}

/** Whether a mount's patterns match the beginning of the path, and the rest of the path, with its leading `/`. */
export function matchesMount(
	patterns: readonly PathPattern[],
	path: string,
): { readonly match: 'yes' | 'no' | 'maybe'; readonly rest: string } {
	let rest = path;
	const match = decide(patterns, pattern => {
		const length = mountLength(pattern, path);
		if (length === null || length < 0) return length === null ? null : false;
		rest = path.slice(length);
		return true;
	});
	return { match, rest: rest.startsWith('/') ? rest : `/${rest}` };
}

/** How much of the path the pattern takes; negative where it does not match, null where nobody knows. */
function mountLength(pattern: PathPattern, path: string): number | null {
	const { literal, expression } = pattern;
	if (literal !== null) {
		const fits =
			path.toLowerCase().startsWith(literal) && (path.length === literal.length || path[literal.length] === '/' || literal === '');
		return fits ? literal.length : -1;
	}
	return expression === null ? null : (expression().prefix.exec(path)?.[0].length ?? -1);
}

/** The path without its trailing slash. */
export function withoutSlash(path: string): string {
	return path.endsWith('/') ? path.slice(0, -1) : path;
}

function decide(patterns: readonly PathPattern[], test: (pattern: PathPattern) => boolean | null): 'yes' | 'no' | 'maybe' {
	if (patterns.length === 0) return 'yes';
	let unsure = false;
	for (const pattern of patterns) {
		const result = test(pattern);
		if (result === true) return 'yes';
		unsure ||= result === null;
	}
	return unsure ? 'maybe' : 'no';
}

/** The pattern as the source of a regular expression, without anchors, and a path that fits. */
function translate(source: string, expressMajor: number): { readonly pattern: string; readonly sample: string } | null {
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
			const inner = translate(optional[1] ?? '', expressMajor);
			if (inner === null) return null;
			pattern += `(?:${inner.pattern})?`;
			i += optional[0].length;
		} else if (/^[()[\]?+!\\{}]/.test(rest)) return null;
		else {
			const character = source[i] ?? '';
			pattern += character.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
			sample += character;
			i++;
		}
	}
	return { pattern, sample };
}
