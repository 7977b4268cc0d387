/** The source of a regular expression, without anchors, and a path that fits. */
export interface PathSource {
	readonly pattern: string;
	readonly sample: string;
}

/** A path in the syntax of path-to-regexp 8 (express 5): `:name`, `*name`, `{optional}`; null where it is none. */
export function express5Source(source: string): PathSource | null {
	let pattern = '';
	let sample = '';
	for (let i = 0; i < source.length; ) {
		const rest = source.slice(i);
		const named = /^([:*])([A-Za-z_$][\w$]*)?/.exec(rest);
		const optional = /^\{((?:[^{}]|\{[^{}]*\})*)\}/.exec(rest);
		if (named !== null) {
			const [written, kind, name = 'x'] = named;
			pattern += kind === ':' ? '([^/]+)' : '([^]+)';
			sample += name;
			i += written.length;
		} else if (optional !== null) {
			const inner = express5Source(optional[1] ?? '');
			if (inner === null) return null;
			pattern += `(?:${inner.pattern})?`;
			i += optional[0].length;
		} else if (/^\\./.test(rest)) {
			pattern += `\\${rest[1]}`;
			sample += rest[1] ?? '';
			i += 2;
		} else if (/^[()[\]?+!\\{}]/.test(rest)) return null;
		else {
			pattern += escaped(source[i] ?? '');
			sample += source[i] ?? '';
			i++;
		}
	}
	return { pattern, sample: rooted(sample) };
}

/**
 * A path in the syntax of path-to-regexp 0.1 (express 4, index.js): `:name`, `:name(\\d+)`, `:name?`, `*`, and what else a regular
 * expression may hold.
 */
export function express4Source(source: string): PathSource | null {
	const found = source.replace(
		/\\.|(\/)?(\.)?:(\w+)(\(.*?\))?(\*)?(\?)?|[.*]|\/\(/g,
		(match: string, slash = '', format = '', _key = '', capture = '', star = '', optional = '') => {
			if (match.startsWith('\\')) return match;
			if (match === '.') return '\\.';
			if (match === '*') return '(.*)';
			if (match === '/(') return '/(?:';
			const dot = format === '' ? '' : '\\.';
			const inner = capture === '' ? `([^/${dot}]+?)` : capture.replace(/\\.|\*/g, (each: string) => (each === '*' ? '(.*)' : each));
			return `(?:${dot}${slash}${inner}${star === '' ? '' : `((?:[/${dot}].+?)?)`})${optional}`;
		},
	);
	const sample = sampleOfExpression(`^${found}$`, 'i');
	return sample === null ? null : { pattern: found.replaceAll(/(?<!\\)\//g, '\\/'), sample };
}

/** A path of Fastify (find-my-way 9): `:name` may be empty, `*` stands for the rest; null where it holds a regular expression. */
export function fastifySource(source: string): PathSource | null {
	if (/[()]/.test(source)) return null;
	const parts = source.split(/(::|:[\w$]+|\*)/);
	const translated = parts.map(part => (part === '*' ? '([^]*)' : part === '::' ? ':' : part.startsWith(':') ? '([^/]*)' : escaped(part)));
	const sample = parts.map(part => (part === '*' ? 'x' : part === '::' ? ':' : part.startsWith(':') ? part.slice(1) : part)).join('');
	return { pattern: translated.join(''), sample: rooted(sample) };
}

/**
 * A path of Hono (4, utils/url.ts, getPattern and checkOptionalParameter): `*` stands for a segment, at the end for all that follows
 * and for nothing; `:id{[0-9]+}` for a segment of that form; `:id?` at the end for a segment or nothing. Null where a form may hold a
 * slash: the routers of hono differ in that.
 */
export function honoSource(source: string): PathSource | null {
	const segments = rooted(source).slice(1).split('/');
	let pattern = '';
	let sample = '';
	for (const [index, segment] of segments.entries()) {
		const isLast = index === segments.length - 1;
		const isOptional = isLast && segment.startsWith(':') && segment.endsWith('?');
		const [, name = '', form] = /^:([^{}?]+)(?:\{(.+)\})?$/.exec(isOptional ? segment.slice(0, -1) : segment) ?? [];
		if (segment === '*' && isLast) pattern += '(?:\\/[^]*)?';
		else if (segment === '*') pattern += '\\/([^/]+)';
		else if (name === '' && /[{}?]/.test(segment)) return null;
		else if (name === '') pattern += `\\/${segment.startsWith(':') ? '([^/]+)' : escaped(segment)}`;
		else if (form === undefined) pattern += isOptional ? '(?:\\/([^/]+))?' : '\\/([^/]+)';
		else if (isOptional || !/^(?:\\[dw]|\[[\w-]+\]|[\w|-]|\{\d+(?:,\d*)?\}|[+*])+$/.test(form)) return null;
		else pattern += `\\/((?:${form}))`;
		const made = form === undefined ? name : sampleOfExpression(`^/${form.split('|')[0]}$`, '')?.slice(1);
		if (made === undefined) return null;
		sample += `/${segment === '*' ? 'x' : name === '' ? segment.replace(/^:/, '') : made}`;
	}
	return { pattern, sample };
}

/** A path that a regular expression matches, found by putting something simple for each of its parts; null where that fails. */
export function sampleOfExpression(source: string, flags: string): string | null {
	let text = source.replace(/^\^/, '').replace(/\$$/, '').replaceAll('\\/', '/');
	for (let before = ''; before !== text; ) {
		before = text;
		text = text
			.replace(/\\d(?:[+*]\??|\{\d+(?:,\d*)?\})?/g, digits => '1'.repeat(Number(/\d+/.exec(digits.slice(2))?.[0] ?? 1)))
			.replace(/(?:\\w|\[(?:[^\]\\]|\\.)*\])(?:[+*]\??|\{\d+(?:,\d*)?\})?/g, part => memberOf(part))
			.replace(/(?<!\\)\.\*\??/g, 'x')
			.replace(/(?<!\\)\.\+\??/g, 'x')
			.replace(/\(\?[=!][^()]*\)/g, '')
			.replace(/\((?:\?:|\?<\w+>)?([^()|]*)(?:\|[^()]*)?\)\??/g, '$1');
	}
	const made = text
		.replaceAll(/\\(.)/g, '$1')
		.replaceAll(/([^/])\?/g, '$1')
		.replaceAll(/\/\?$/g, '');
	try {
		const expression = new RegExp(source, flags);
		return [rooted(made), `${rooted(made)}/`, made].find(path => path.startsWith('/') && expression.test(path)) ?? null;
	} catch {
		return null;
	}
}

/** A character of a class: of `[a-z]` the `a`; an `x` where the class leaves out some. */
function memberOf(part: string): string {
	const first = /^\[([^^\\])/.exec(part)?.[1] ?? 'x';
	return first.repeat(Number(/\{(\d+)/.exec(part)?.[1] ?? 1));
}

function rooted(path: string): string {
	return path.startsWith('/') ? path : `/${path}`;
}

function escaped(character: string): string {
	return character.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
