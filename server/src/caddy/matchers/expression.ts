/**
 * A parsed CEL expression of a matcher (modules/caddyhttp/celmatcher.go, Caddy 2.11.4; the language is CEL's with the string functions
 * of cel-go). Calls keep their name: what is not known is found out when they are evaluated.
 */
export type Expression =
	| { readonly kind: 'literal'; readonly value: string | number | boolean | null }
	| { readonly kind: 'placeholder'; readonly name: string }
	| { readonly kind: 'list'; readonly items: readonly Expression[] }
	| { readonly kind: 'map'; readonly entries: readonly (readonly [key: Expression, value: Expression])[] }
	| { readonly kind: 'call'; readonly name: string; readonly target: Expression | null; readonly args: readonly Expression[] }
	| { readonly kind: 'not'; readonly operand: Expression }
	| { readonly kind: 'binary'; readonly sign: BinarySign; readonly left: Expression; readonly right: Expression }
	| { readonly kind: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression };

export type BinarySign = '&&' | '||' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+';

/** Parses an expression; null for what is not modelled (macros, bytes, floating numbers, most arithmetic) and for mistakes. */
export function parseExpression(source: string): Expression | null {
	const tokens = source.length <= maximumLength ? tokenize(source) : null;
	if (tokens === null) return null;
	const parser: Parser = { tokens, at: 0, depth: 0 };
	const expression = choice(parser);
	return parser.at === tokens.length ? expression : null;
}

const maximumLength = 20_000;

/** Deeper nesting is not parsed, so that no file exhausts the stack. */
const maximumDepth = 100;

interface ExpressionToken {
	readonly kind: 'string' | 'number' | 'name' | 'placeholder' | 'sign';
	readonly text: string;
}

interface Parser {
	readonly tokens: readonly ExpressionToken[];
	at: number;
	depth: number;
}

/** Space, strings, numbers, names, placeholders (celmatcher.go, `placeholderRegexp`) and signs. */
const tokenPattern =
	/\s+|(r?)(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')|(\d+)(?![\w.])|([A-Za-z_]\w*)|\{([a-zA-Z][\w.-]+)\}|(&&|\|\||[=!<>]=|[!<>()[\]{},.?:+])/y;

function tokenize(source: string): readonly ExpressionToken[] | null {
	if (/"""|'''/.test(source)) return null;
	const tokens: ExpressionToken[] = [];
	tokenPattern.lastIndex = 0;
	while (tokenPattern.lastIndex < source.length) {
		const match = tokenPattern.exec(source);
		if (match === null) return null;
		const [, raw, double, single, number, name, placeholder, sign] = match;
		const text = double ?? single;
		if (text !== undefined) {
			// Caddy puts a call in the place of a placeholder, even inside of a string.
			if (/(?:^|[^\\])\{[a-zA-Z][\w.-]+\}/.test(text)) return null;
			const value = raw === 'r' ? text : unescaped(text.replace(/\\(\{[a-zA-Z][\w.-]+\})/g, '$1'));
			if (value === null) return null;
			tokens.push({ kind: 'string', text: value });
		} else if (number !== undefined) tokens.push({ kind: 'number', text: number });
		else if (name !== undefined) tokens.push({ kind: 'name', text: name });
		else if (placeholder !== undefined) tokens.push({ kind: 'placeholder', text: placeholder });
		else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
	}
	return tokens;
}

const escapes: Readonly<Record<string, string>> = {
	...{ '\\': '\\', '"': '"', "'": "'", '`': '`', '?': '?' },
	...{ n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v' },
};

/** A string without its escapes; null for escapes that CEL does not know, and for numbered ones. */
function unescaped(text: string): string | null {
	if (!text.includes('\\')) return text;
	if (/\\[^\\"'`?nrtabfv]/.test(text.replaceAll('\\\\', ''))) return null;
	return text.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);
}

function choice(parser: Parser): Expression | null {
	if (maximumDepth < ++parser.depth) return null;
	const condition = chain(parser, ['||'], conjunction);
	parser.depth--;
	if (condition === null || !takes(parser, '?')) return condition;
	const yes = choice(parser);
	const no = takes(parser, ':') ? choice(parser) : null;
	return yes === null || no === null ? null : { kind: 'choice', condition, yes, no };
}

function conjunction(parser: Parser): Expression | null {
	return chain(parser, ['&&'], relation);
}

function relation(parser: Parser): Expression | null {
	return chain(parser, ['==', '!=', '<=', '>=', '<', '>', 'in'], sum);
}

function sum(parser: Parser): Expression | null {
	return chain(parser, ['+'], unary);
}

function chain(parser: Parser, signs: readonly BinarySign[], operand: (parser: Parser) => Expression | null): Expression | null {
	let left = operand(parser);
	while (left !== null) {
		const token = parser.tokens[parser.at];
		const sign = signs.find(
			candidate => token?.text === candidate && (token.kind === 'sign' || candidate === 'in') && token.kind !== 'string',
		);
		if (sign === undefined) return left;
		parser.at++;
		const right = operand(parser);
		left = right === null ? null : { kind: 'binary', sign, left, right };
	}
	return null;
}

function unary(parser: Parser): Expression | null {
	let negations = 0;
	while (takes(parser, '!')) negations++;
	let value = primary(parser);
	while (value !== null && takes(parser, '.')) {
		const name = parser.tokens[parser.at++];
		const args = name?.kind === 'name' && takes(parser, '(') ? listed(parser, ')') : null;
		value = name === undefined || args === null ? null : { kind: 'call', name: name.text, target: value, args };
	}
	if (value === null || negations === 0) return value;
	return negations % 2 === 1 ? { kind: 'not', operand: value } : { kind: 'not', operand: { kind: 'not', operand: value } };
}

function primary(parser: Parser): Expression | null {
	const token = parser.tokens[parser.at++];
	if (token === undefined) return null;
	switch (token.kind) {
		case 'string':
			return { kind: 'literal', value: token.text };
		case 'number':
			return { kind: 'literal', value: Number(token.text) };
		case 'placeholder':
			return { kind: 'placeholder', name: token.text };
		case 'name':
			return named(parser, token.text);
		case 'sign':
			break;
	}
	if (token.text === '(') {
		const inner = choice(parser);
		return takes(parser, ')') ? inner : null;
	}
	if (token.text === '[') {
		const items = listed(parser, ']');
		return items === null ? null : { kind: 'list', items };
	}
	return token.text === '{' ? mapLiteral(parser) : null;
}

/** `true`, `path(...)`, `ph(req, 'http.request.method')`: the long form of a placeholder. */
function named(parser: Parser, name: string): Expression | null {
	if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
	if (name === 'null') return { kind: 'literal', value: null };
	if (!takes(parser, '(')) return null;
	if (name === 'ph') {
		const [request, comma, key] = parser.tokens.slice(parser.at, parser.at + 3);
		if (request?.text !== 'req' || comma?.text !== ',' || key?.kind !== 'string') return null;
		parser.at += 3;
		return takes(parser, ')') ? { kind: 'placeholder', name: key.text } : null;
	}
	const args = listed(parser, ')');
	return args === null ? null : { kind: 'call', name, target: null, args };
}

function listed(parser: Parser, end: string): readonly Expression[] | null {
	const items: Expression[] = [];
	if (takes(parser, end)) return items;
	for (;;) {
		const item = choice(parser);
		if (item === null) return null;
		items.push(item);
		if (takes(parser, end)) return items;
		if (!takes(parser, ',')) return null;
	}
}

function mapLiteral(parser: Parser): Expression | null {
	const entries: (readonly [Expression, Expression])[] = [];
	while (!takes(parser, '}')) {
		if (0 < entries.length && !takes(parser, ',')) return null;
		const key = choice(parser);
		const value = takes(parser, ':') ? choice(parser) : null;
		if (key === null || value === null) return null;
		entries.push([key, value]);
	}
	return { kind: 'map', entries };
}

function takes(parser: Parser, text: string): boolean {
	const token = parser.tokens[parser.at];
	if (token?.kind !== 'sign' || token.text !== text) return false;
	parser.at++;
	return true;
}
