import { hasUnknown } from '../model/value';

/** A request as code in a handler sees it. */
export interface TestedRequest {
	readonly method: string;
	/** From where the handler is mounted. */
	readonly path: string;
	readonly wholePath: string;
	/** With its `?`; empty where there is none. */
	readonly query: string;
	/** Header fields by lower-case name, unknown values as `ANY_TEXT`; null where a class of requests is meant, of which none are known. */
	readonly headers: ReadonlyMap<string, string> | null;
}

type Known = string | number | boolean | null | undefined | readonly Known[] | RegExp;
/** What an expression is for a request; `undecided` where the request does not tell. */
type Outcome = { readonly value: Known } | 'undecided';
type Reader = (request: TestedRequest) => Outcome;

/**
 * Reads a test on the request, as written: comparisons of `req.method`, `req.path`, `req.url`, `req.originalUrl`, `req.baseUrl`,
 * `req.headers`, with methods of texts, `&&`, `||` and `!`. Null where it is about something else.
 */
export function parseTest(test: string): ((request: TestedRequest) => boolean | null) | null {
	if (test.endsWith('...') || !/\b(?:method|path|url|originalUrl|baseUrl|headers|xhr|get|header)\b/.test(test)) return null;
	// A field is shown without quotes where its name is known: `req.headers.x-forwarded-proto`.
	const tokens = tokensOf(test.replace(/\bheaders\.([a-z0-9-]+)/g, "headers['$1']"));
	if (tokens === null) return null;
	const parser: Parser = { tokens, at: 0 };
	const reader = either(parser);
	if (reader === null || parser.at < tokens.length) return null;
	return request => {
		const found = reader(request);
		return found === 'undecided' ? null : Boolean(found.value);
	};
}

interface Parser {
	readonly tokens: readonly string[];
	at: number;
}

function tokensOf(test: string): readonly string[] | null {
	const pattern =
		/\s*(\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[\n])+\/[a-z]*|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`$\\]*`|\d+|[A-Za-z_$][\w$]*|[=!]==?|&&|\|\||\?\.|[!()[\],.])/y;
	const tokens: string[] = [];
	while (pattern.lastIndex < test.trimEnd().length) {
		const found = pattern.exec(test)?.[1];
		if (found === undefined) return null;
		tokens.push(found);
	}
	return tokens;
}

function take(parser: Parser, token: string): boolean {
	if (parser.tokens[parser.at] !== token) return false;
	parser.at++;
	return true;
}

function either(parser: Parser): Reader | null {
	return joined(parser, '||', both, true);
}

function both(parser: Parser): Reader | null {
	return joined(parser, '&&', comparison, false);
}

/** A row of operands; the one that decides by itself does so even where others are not known. */
function joined(parser: Parser, operator: string, operand: (parser: Parser) => Reader | null, deciding: boolean): Reader | null {
	const first = operand(parser);
	if (first === null) return null;
	const readers = [first];
	while (take(parser, operator)) {
		const next = operand(parser);
		if (next === null) return null;
		readers.push(next);
	}
	if (readers.length === 1) return first;
	return request => {
		const found = readers.map(reader => reader(request));
		if (found.some(each => each !== 'undecided' && Boolean(each.value) === deciding)) return { value: deciding };
		return found.includes('undecided') ? 'undecided' : { value: !deciding };
	};
}

function comparison(parser: Parser): Reader | null {
	const left = unary(parser);
	const operator = parser.tokens[parser.at] ?? '';
	if (left === null || !/^[=!]==?$/.test(operator)) return left;
	parser.at++;
	const right = unary(parser);
	if (right === null) return null;
	return request => {
		const [a, b] = [left(request), right(request)];
		if (a === 'undecided' || b === 'undecided') return 'undecided';
		const isSame = operator.length === 3 ? a.value === b.value : (a.value ?? null) === (b.value ?? null);
		return { value: isSame !== operator.startsWith('!') };
	};
}

function unary(parser: Parser): Reader | null {
	if (!take(parser, '!')) return member(parser);
	const inner = unary(parser);
	if (inner === null) return null;
	return request => {
		const found = inner(request);
		return found === 'undecided' ? found : { value: !found.value };
	};
}

/** A value with the members and calls behind it. */
function member(parser: Parser): Reader | null {
	let reader = primary(parser);
	for (;;) {
		if (reader === null) return null;
		const object: Reader = reader;
		if (take(parser, '.') || take(parser, '?.')) {
			const name = parser.tokens[parser.at++] ?? '';
			const args = take(parser, '(') ? list(parser, ')') : undefined;
			if (args === null) return null;
			reader = args === undefined ? (name === 'length' ? call(object, 'length', []) : null) : call(object, name, args);
		} else return reader;
	}
}

function primary(parser: Parser): Reader | null {
	const token = parser.tokens[parser.at++] ?? '';
	if (token === '(') {
		const inner = either(parser);
		return inner !== null && take(parser, ')') ? inner : null;
	}
	if (token === '[') {
		const elements = list(parser, ']');
		if (elements === null) return null;
		return request => {
			const found = elements.map(element => element(request));
			return found.includes('undecided') ? 'undecided' : { value: found.map(each => (each === 'undecided' ? undefined : each.value)) };
		};
	}
	if (/^['"`]/.test(token)) return constant(token.slice(1, -1).replaceAll(/\\(.)/g, '$1'));
	if (/^\d/.test(token)) return constant(Number(token));
	if (token.startsWith('/')) return expressionOf(token);
	if (token === 'true' || token === 'false') return constant(token === 'true');
	if (token === 'null' || token === 'undefined') return constant(token === 'null' ? null : undefined);
	return /^_*(?:req|request|ctx|context|c|r|q)$/i.test(token) ? requestPart(parser) : null;
}

function expressionOf(token: string): Reader | null {
	const end = token.lastIndexOf('/');
	try {
		return /[gy]/.test(token.slice(end)) ? null : constant(new RegExp(token.slice(1, end), token.slice(end + 1)));
	} catch {
		return null;
	}
}

function constant(value: Known): Reader {
	return () => ({ value });
}

function list(parser: Parser, end: string): readonly Reader[] | null {
	const found: Reader[] = [];
	if (take(parser, end)) return found;
	for (;;) {
		const element = either(parser);
		if (element === null) return null;
		found.push(element);
		if (take(parser, end)) return found;
		if (!take(parser, ',')) return null;
	}
}

/** What stands behind `req`: `.path`, `.headers['x']`, `.get('x')`. */
function requestPart(parser: Parser): Reader | null {
	if (!take(parser, '.') && !take(parser, '?.')) return null;
	const name = parser.tokens[parser.at++] ?? '';
	switch (name) {
		case 'method':
			return ({ method }) => ({ value: method });
		case 'path':
			return ({ path }) => ({ value: path });
		case 'url':
			return ({ path, query }) => ({ value: `${path}${query}` });
		case 'originalUrl':
			return ({ wholePath, query }) => ({ value: `${wholePath}${query}` });
		case 'baseUrl':
			return ({ path, wholePath }) => ({
				value: wholePath.endsWith(path) ? wholePath.slice(0, wholePath.length - path.length) : wholePath,
			});
		case 'xhr':
			return request => lowered(field(request, 'x-requested-with'), text => text === 'xmlhttprequest');
		case 'req':
		case 'request':
			return requestPart(parser);
		case 'headers':
		case 'get':
		case 'header': {
			const isCall = name !== 'headers';
			if (!take(parser, isCall ? '(' : '[')) return null;
			const wanted = parser.tokens[parser.at++] ?? '';
			if (!/^['"`]/.test(wanted) || !take(parser, isCall ? ')' : ']')) return null;
			return request => field(request, wanted.slice(1, -1).toLowerCase());
		}
		default:
			return null;
	}
}

function field({ headers }: TestedRequest, name: string): Outcome {
	const value = headers?.get(name);
	return headers === null || hasUnknown(value ?? '') ? 'undecided' : { value };
}

function lowered(found: Outcome, test: (text: string) => boolean): Outcome {
	return found === 'undecided' ? found : { value: typeof found.value === 'string' && test(found.value.toLowerCase()) };
}

/** Methods of texts, lists and regular expressions that only look. */
function call(object: Reader, name: string, args: readonly Reader[]): Reader {
	return request => {
		const [target, argument] = [object(request), args[0]?.(request)];
		if (target === 'undecided' || argument === 'undecided') return 'undecided';
		const { value } = target;
		const given = argument?.value;
		if (value instanceof RegExp) return name === 'test' && typeof given === 'string' ? { value: value.test(given) } : 'undecided';
		if (Array.isArray(value)) return name === 'includes' ? { value: value.includes(given) } : 'undecided';
		if (typeof value !== 'string') return 'undecided';
		switch (name) {
			case 'toLowerCase':
				return { value: value.toLowerCase() };
			case 'toUpperCase':
				return { value: value.toUpperCase() };
			case 'length':
				return { value: value.length };
			case 'startsWith':
			case 'endsWith':
			case 'includes':
				return args.length === 1 && typeof given === 'string' ? { value: value[name](given) } : 'undecided';
			case 'match':
				return given instanceof RegExp ? { value: given.test(value) } : 'undecided';
			default:
				return 'undecided';
		}
	};
}
