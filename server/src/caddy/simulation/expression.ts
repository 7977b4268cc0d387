import { hasUnknown } from '../../model/value';
import { fullPlaceholderName } from '../placeholder';
import { type Exchange, hostOf, placeholdersOf } from './exchange';
import { fitsHost } from './matching';
import { matchesPath } from './pathPattern';

/**
 * The value of a CEL expression (modules/caddyhttp/celmatcher.go, Caddy 2.11.4) of literals, placeholders, comparisons, `in`, logic,
 * string methods and the matcher functions path, method, host and protocol. Null for everything else and where parts are unknown.
 */
export function evaluateExpression(source: string, exchange: Exchange): boolean | null {
	const tokens = tokenize(source);
	if (tokens === null) return null;
	const parser: Parser = { tokens, at: 0, exchange };
	const value = disjunction(parser);
	return parser.at === tokens.length && typeof value === 'boolean' ? value : null;
}

/** Undefined stands for what cannot be told; it spreads as in Kleene's logic. */
type Value = string | number | boolean | readonly Value[] | undefined;

interface ExpressionToken {
	readonly kind: 'string' | 'number' | 'name' | 'placeholder' | 'sign';
	readonly text: string;
}

interface Parser {
	readonly tokens: readonly ExpressionToken[];
	at: number;
	readonly exchange: Exchange;
}

function tokenize(source: string): readonly ExpressionToken[] | null {
	const tokens: ExpressionToken[] = [];
	const pattern = /\s+|"((?:[^"\\])*)"|'((?:[^'\\])*)'|(\d+)(?![\w.])|([A-Za-z_]\w*)|\{([^{}\s:,'"]+)\}|(&&|\|\||[=!<>]=|[!<>()[\],.])/y;
	while (pattern.lastIndex < source.length) {
		const match = pattern.exec(source);
		if (match === null) return null;
		const [, double, single, number, name, placeholder, sign] = match;
		const text = double ?? single;
		if (text !== undefined) tokens.push({ kind: 'string', text });
		else if (number !== undefined) tokens.push({ kind: 'number', text: number });
		else if (name !== undefined) tokens.push({ kind: 'name', text: name });
		else if (placeholder !== undefined) tokens.push({ kind: 'placeholder', text: placeholder });
		else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
	}
	return tokens;
}

function disjunction(parser: Parser): Value {
	let value = conjunction(parser);
	while (takes(parser, '||')) {
		const right = conjunction(parser);
		value = value === true || right === true ? true : value === false && right === false ? false : undefined;
	}
	return value;
}

function conjunction(parser: Parser): Value {
	let value = relation(parser);
	while (takes(parser, '&&')) {
		const right = relation(parser);
		value = value === false || right === false ? false : value === true && right === true ? true : undefined;
	}
	return value;
}

function relation(parser: Parser): Value {
	const left = unary(parser);
	const token = parser.tokens[parser.at];
	if (token === undefined) return left;
	if (token.kind === 'name' && token.text === 'in') {
		parser.at++;
		const right = unary(parser);
		if (!Array.isArray(right) || left === undefined || right.includes(undefined)) return undefined;
		return right.includes(left);
	}
	if (token.kind !== 'sign' || !/^(?:[=!<>]=|[<>])$/.test(token.text)) return left;
	parser.at++;
	return compared(left, token.text, unary(parser));
}

/** CEL has no conversions: values of different types are an error, which nobody answers for here. */
function compared(left: Value, sign: string, right: Value): Value {
	if (left === undefined || right === undefined || typeof left !== typeof right || typeof left === 'object') return undefined;
	if (sign === '==') return left === right;
	if (sign === '!=') return left !== right;
	if (typeof left === 'boolean' || typeof right === 'boolean' || typeof right === 'object') return undefined;
	if (sign === '<') return left < right;
	if (sign === '<=') return left <= right;
	return sign === '>' ? left > right : left >= right;
}

function unary(parser: Parser): Value {
	if (takes(parser, '!')) {
		const value = unary(parser);
		return typeof value === 'boolean' ? !value : undefined;
	}
	let value = primary(parser);
	while (takes(parser, '.')) {
		const name = parser.tokens[parser.at++];
		if (name?.kind !== 'name' || !takes(parser, '(')) return fail(parser);
		value = method(value, name.text, list(parser, ')'));
	}
	return value;
}

function primary(parser: Parser): Value {
	const token = parser.tokens[parser.at++];
	if (token === undefined) return undefined;
	if (token.kind === 'string') return token.text;
	if (token.kind === 'number') return Number(token.text);
	if (token.kind === 'placeholder') return placeholderValue(token.text, parser.exchange);
	if (token.kind === 'name') {
		if (token.text === 'true' || token.text === 'false') return token.text === 'true';
		if (!takes(parser, '(')) return fail(parser);
		return call(token.text, list(parser, ')'), parser.exchange);
	}
	if (token.text === '(') {
		const value = disjunction(parser);
		return takes(parser, ')') ? value : fail(parser);
	}
	return token.text === '[' ? list(parser, ']') : fail(parser);
}

function list(parser: Parser, end: string): readonly Value[] {
	const values: Value[] = [];
	if (takes(parser, end)) return values;
	for (;;) {
		values.push(disjunction(parser));
		if (takes(parser, end)) return values;
		if (!takes(parser, ',')) {
			fail(parser);
			return [undefined];
		}
	}
}

function takes(parser: Parser, text: string): boolean {
	const token = parser.tokens[parser.at];
	if (token?.kind !== 'sign' || token.text !== text) return false;
	parser.at++;
	return true;
}

/** Leaves the rest unread, so that the whole is not told. */
function fail(parser: Parser): undefined {
	parser.at = Number.MAX_SAFE_INTEGER;
	return undefined;
}

function placeholderValue(name: string, exchange: Exchange): Value {
	const key = fullPlaceholderName(name);
	const meaning = placeholdersOf(exchange)(key);
	if (meaning.kind !== 'text') return undefined;
	// Numbers among placeholders are numbers in CEL, too.
	if (key === 'http.error.status_code' || (key.endsWith('.port') && /^\d+$/.test(meaning.text))) return Number(meaning.text);
	return meaning.text;
}

function method(value: Value, name: string, args: readonly Value[]): Value {
	const [argument] = args;
	if (typeof value !== 'string' || typeof argument !== 'string' || args.length !== 1) return undefined;
	if (name === 'startsWith') return value.startsWith(argument);
	if (name === 'endsWith') return value.endsWith(argument);
	return name === 'contains' ? value.includes(argument) : undefined;
}

function call(name: string, args: readonly Value[], exchange: Exchange): Value {
	const texts = args.filter(argument => typeof argument === 'string');
	if (texts.length !== args.length || texts.length === 0 || texts.some(text => hasUnknown(text) || text.includes('{'))) return undefined;
	if (name === 'path') {
		if (hasUnknown(exchange.url.path)) return undefined;
		if (texts.includes('*')) return true;
		const answers = texts.map(text => matchesPath(text, exchange.url.path));
		return answers.includes(true) ? true : answers.includes(null) ? undefined : false;
	}
	if (name === 'method') return texts.includes(exchange.method);
	if (name === 'host') return texts.some(text => fitsHost(text, hostOf(exchange.hostport).host));
	if (name === 'protocol' && texts.length === 1) {
		if (texts[0] === 'https') return exchange.tls;
		return texts[0] === 'http' ? !exchange.tls : undefined;
	}
	return undefined;
}
