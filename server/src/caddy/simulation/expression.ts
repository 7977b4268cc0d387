import { hasUnknown } from '../../model/value';
import type { Expression } from '../matchers/expression';
import type { MatcherSet } from '../matchers/matcher';
import { fullPlaceholderName } from '../placeholder';
import { type Exchange, placeholdersOf } from './exchange';
import { compileGoRegexp } from './goRegexp';
import { fitsHost, matchedHost, matchesHeader, matchesMethod, matchesQuery, matchRegexp, requestValues } from './matching';
import { cleanPath, matchesPath } from './pathPattern';

/**
 * The value of a parsed CEL expression (modules/caddyhttp/celmatcher.go, Caddy 2.11.4): literals, placeholders, comparisons, `in`,
 * logic, string functions and the matcher functions path, path_regexp, method, host, protocol, query, header and header_regexp. `fails`
 * where CEL raises an error, as it does for `<` between a text and a number; null for everything else and where parts are unknown.
 */
export function evaluateExpression(expression: Expression, set: MatcherSet, exchange: Exchange): boolean | 'fails' | null {
	const value = evaluate(expression, { set, exchange });
	if (value === failure) return 'fails';
	return typeof value === 'boolean' ? value : null;
}

/** Undefined stands for what cannot be told; it spreads as in Kleene's logic, which is also how CEL treats its errors. */
type Value = string | number | boolean | null | readonly Value[] | ReadonlyMap<Value, Value> | typeof failure | undefined;

/** An error of CEL: no overload of the operator or function takes these values. */
const failure = Symbol('failure');

interface Scope {
	readonly set: MatcherSet;
	readonly exchange: Exchange;
}

function evaluate(expression: Expression, scope: Scope): Value {
	switch (expression.kind) {
		case 'literal':
			return expression.value;
		case 'placeholder':
			return placeholderValue(expression.name, scope.exchange);
		case 'list':
			return expression.items.map(item => evaluate(item, scope));
		case 'map':
			return new Map(expression.entries.map(([key, value]) => [evaluate(key, scope), evaluate(value, scope)]));
		case 'not': {
			const value = evaluate(expression.operand, scope);
			return typeof value === 'boolean' ? !value : withoutOverload(value);
		}
		case 'choice': {
			const condition = evaluate(expression.condition, scope);
			if (typeof condition !== 'boolean') return withoutOverload(condition);
			return evaluate(condition ? expression.yes : expression.no, scope);
		}
		case 'binary':
			return binary(expression, scope);
		case 'call':
			break;
	}
	const args = expression.args.map(argument => evaluate(argument, scope));
	const target = expression.target === null ? null : evaluate(expression.target, scope);
	if (target === failure || args.includes(failure)) return failure;
	if (expression.target !== null) return method(target, expression.name, args);
	return conversion(expression.name, args) ?? call(expression.name, args, scope);
}

function binary({ sign, left, right }: Extract<Expression, { kind: 'binary' }>, scope: Scope): Value {
	const first = evaluate(left, scope);
	if (sign === '&&' || sign === '||') {
		// The right side is not run where the left one decides: a regular expression there would set placeholders.
		const decides = sign === '||';
		if (first === decides) return decides;
		const second = evaluate(right, scope);
		if (second === decides) return decides;
		if (first === undefined || second === undefined) return undefined;
		return first === !decides && second === !decides ? !decides : failure;
	}
	const second = evaluate(right, scope);
	if (first === failure || second === failure) return failure;
	if (sign === '+') return typeof first === 'string' && typeof second === 'string' ? first + second : undefined;
	if (sign !== 'in') return compared(first, sign, second);
	if (second instanceof Map) return isPlain(first) && ![...second.keys()].includes(undefined) ? second.has(first) : undefined;
	if (!Array.isArray(second) || !isPlain(first) || !second.every(isPlain)) return undefined;
	return second.includes(first);
}

function isPlain(value: Value): value is string | number | boolean | null {
	return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** What comes of a value that an operator does not take: an error, unless it is not known. */
function withoutOverload(value: Value): typeof failure | undefined {
	return value === undefined ? undefined : failure;
}

/** CEL has no conversions: values of different types are unequal, and no order is defined between them. */
function compared(left: Value, sign: string, right: Value): Value {
	if (!isPlain(left) || !isPlain(right)) return undefined;
	if (sign === '==') return left === right;
	if (sign === '!=') return left !== right;
	if (left === null || right === null || typeof left !== typeof right) return failure;
	if (typeof left === 'boolean' || typeof right === 'boolean') return undefined;
	if (sign === '<') return left < right;
	if (sign === '<=') return left <= right;
	return sign === '>' ? left > right : left >= right;
}

function placeholderValue(name: string, exchange: Exchange): Value {
	const key = fullPlaceholderName(name);
	const meaning = placeholdersOf(exchange)(key);
	if (meaning.kind === 'literal') return null;
	if (meaning.kind === 'unknown') return undefined;
	// Numbers among placeholders are numbers in CEL, too.
	if (/^http\.(?:error|reverse_proxy|intercept)\.status_code$/.test(key) || (key.endsWith('.port') && /^\d+$/.test(meaning.text)))
		return Number(meaning.text);
	// A variable that is not set is null, and what `vars` assigns is a number or a truth value where it looks like one.
	if (key.startsWith('http.vars.') && !exchange.variables.has(key.slice('http.vars.'.length))) return null;
	return key.startsWith('http.vars.') && /^(?:true|false|[-+]?[\d.].*|[-+]?(?:inf|nan).*)$/i.test(meaning.text) ? undefined : meaning.text;
}

/** `size`, `string` and `int` of plain values. */
function conversion(name: string, args: readonly Value[]): Value {
	const [argument] = args;
	if (args.length !== 1) return undefined;
	if (name === 'size') return isPlain(argument) && typeof argument !== 'string' ? failure : sizeOf(argument);
	if (name === 'string' && (typeof argument === 'string' || typeof argument === 'number')) return String(argument);
	if (name !== 'int') return undefined;
	if (typeof argument === 'number') return argument;
	if (typeof argument !== 'string' || /\d{16}/.test(argument)) return undefined;
	return /^[+-]?\d+$/.test(argument) ? Number(argument) : failure;
}

function sizeOf(value: Value): number | undefined {
	if (typeof value === 'string') return [...value].length;
	return Array.isArray(value) ? value.length : undefined;
}

function method(value: Value, name: string, args: readonly Value[]): Value {
	const [argument, second] = args;
	if (name === 'size' && args.length === 0 && typeof value !== 'number' && value !== null) return sizeOf(value);
	if (typeof value === 'number' || value === null) return stringMethods.has(name) ? failure : undefined;
	if (typeof value !== 'string') return undefined;
	if (args.length === 0) return withoutArguments(value, name);
	if (typeof argument !== 'string') return undefined;
	if (args.length === 2)
		return name === 'replace' && typeof second === 'string' && argument !== '' ? value.replaceAll(argument, () => second) : undefined;
	if (args.length !== 1) return undefined;
	switch (name) {
		case 'startsWith':
			return value.startsWith(argument);
		case 'endsWith':
			return value.endsWith(argument);
		case 'contains':
			return value.includes(argument);
		case 'matches': {
			const pattern = compileGoRegexp(argument);
			return pattern === null ? undefined : value.search(pattern) !== -1;
		}
		case 'split':
			return argument === '' ? undefined : value.split(argument);
		default:
			return undefined;
	}
}

const stringMethods: ReadonlySet<string> = new Set([
	...['size', 'startsWith', 'endsWith', 'contains', 'matches', 'split', 'replace', 'lowerAscii', 'upperAscii', 'trim'],
]);

function withoutArguments(value: string, name: string): Value {
	if (name === 'lowerAscii') return value.replace(/[A-Z]+/g, letters => letters.toLowerCase());
	if (name === 'upperAscii') return value.replace(/[a-z]+/g, letters => letters.toUpperCase());
	return name === 'trim' && /^[\x20-\x7e]*$/.test(value) ? value.trim() : undefined;
}

/** The matcher functions; their arguments must be literals. */
function call(name: string, args: readonly Value[], { set, exchange }: Scope): Value {
	const [first] = args;
	if (first instanceof Map && args.length === 1) {
		const wanted = stringLists(first);
		if (wanted === null) return undefined;
		if (name === 'header') return matchesHeader(wanted, set, exchange);
		return name === 'query' ? matchesQuery(wanted, set, exchange) : undefined;
	}
	const texts = args.filter(argument => typeof argument === 'string');
	if (texts.length !== args.length || texts.length === 0 || texts.some(text => hasUnknown(text) || text.includes('{'))) return undefined;
	const last = texts[texts.length - 1] ?? '';
	switch (name) {
		case 'path': {
			if (hasUnknown(exchange.url.path)) return undefined;
			if (texts.includes('*')) return true;
			const answers = texts.map(text => matchesPath(text, exchange.url, exchange.version));
			return answers.includes(true) ? true : answers.includes(null) ? undefined : false;
		}
		case 'path_regexp':
			return matchRegexp(last, regexpName(texts, 2, set), [cleanPath(exchange.url.path, true)], set, exchange);
		case 'header_regexp': {
			const values = requestValues(texts[texts.length - 2] ?? '', exchange);
			return values === null || texts.length < 2 ? undefined : matchRegexp(last, regexpName(texts, 3, set), values, set, exchange);
		}
		case 'method':
			return matchesMethod(texts, exchange);
		case 'host':
			return hasUnknown(exchange.hostport) ? undefined : texts.some(text => fitsHost(text, matchedHost(exchange)));
		case 'protocol':
			if (texts.length === 1 && last.toLowerCase() === 'https') return exchange.tls;
			return texts.length === 1 && last.toLowerCase() === 'http' ? !exchange.tls : undefined;
		default:
			return undefined;
	}
}

/** The name of a regular expression's captures: given in front of the other arguments, else the matcher's. */
function regexpName(texts: readonly string[], named: number, set: MatcherSet): string {
	return texts.length === named ? (texts[0] ?? '') : set.label.replace(/^@/, '');
}

/** A map of strings, or of lists of strings, as `header` and `query` take it. */
function stringLists(map: ReadonlyMap<Value, Value>): ReadonlyMap<string, readonly string[]> | null {
	const lists = new Map<string, readonly string[]>();
	for (const [key, value] of map) {
		const values: readonly Value[] = Array.isArray(value) ? value : [value];
		const texts = values.filter(text => typeof text === 'string');
		if (typeof key !== 'string' || key.includes('{') || texts.length !== values.length || texts.length === 0) return null;
		if (texts.some(text => text.includes('{'))) return null;
		lists.set(key, texts);
	}
	return lists;
}
