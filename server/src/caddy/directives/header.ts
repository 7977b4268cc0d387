import type { Directive, Token } from '../../caddyfile/tree';
import { isSecurityHeader } from '../../headers/names';
import type { HeaderAction, HeaderDirection, HeaderOperation, HeaderTiming } from '../../model/operation';
import { type HeaderValue, hasUnknown } from '../../model/value';
import type { Place } from '../../text/span';
import { canonicalFieldName, shownFieldName } from '../fieldName';
import { expandToken, placeOf } from '../placeholder';
import type { FieldChange, HeaderOperations, HeadersHandler, RequestHeaderHandler, ResponseMatcher } from '../route';
import type { HeaderLine } from '../simulation/headerMap';
import type { CompileScope } from '../siteDraft';
import { parseResponseMatcher } from './responseMatcher';

/**
 * The handlers of a `header` directive whose matcher is already taken off `args`: at most one for its operations and one for
 * its `?` operations (modules/caddyhttp/headers/caddyfile.go, `parseCaddyfile`, Caddy 2.11.4).
 */
export function compileHeader(directive: Directive, args: readonly Token[], scope: CompileScope): readonly HeadersHandler[] {
	const plain: RawOperation[] = [];
	const defaults: RawOperation[] = [];
	let deferred = false;
	let cause: Place | null = null;
	let match: ResponseMatcher | null = null;
	const group = scope.site.nextId();
	const brace = directive.block === null ? directive.closedBy : undefined;
	const [field, value, replacement] = brace === undefined ? args : [...args, brace];
	if (field !== undefined) {
		const place = directive.block === null ? directive.place : spanOf([directive.name, ...args]);
		const raw = readOperation({ directive, line: null, place }, field, value, replacement, false);
		(raw.action === 'default' && directive.block === null ? defaults : plain).push(raw);
		noteUnquotedValue(raw, args, scope);
	}
	for (const line of directive.block?.lines ?? []) {
		const tokens = [line.name, ...line.args];
		for (let at = 0; at < tokens.length; ) {
			const token = tokens[at];
			if (token === undefined) break;
			if (token.text === 'defer') {
				deferred = true;
				cause ??= token.place;
				at++;
				continue;
			}
			if (token.text === 'match') {
				match = parseResponseMatcher({ ...line, args: tokens.slice(at + 1) });
				break;
			}
			const chunk = tokens.slice(at, at + 3);
			if (line.closedBy !== undefined && chunk.length < 3) chunk.push(line.closedBy);
			const place = tokens.length <= 3 ? line.place : spanOf(chunk);
			const raw = readOperation({ directive, line, place }, token, chunk[1], chunk[2], true);
			(raw.action === 'default' ? defaults : plain).push(raw);
			if (at === 0) noteUnquotedValue(raw, tokens, scope);
			at += 3;
		}
	}
	const waits = deferred || plain.some(raw => raw.defers);
	cause ??= plain.find(raw => raw.action === 'delete')?.written.place ?? plain.find(raw => raw.defers)?.written.place ?? null;
	const handlers: HeadersHandler[] = [];
	const oneLineDefault = directive.block !== null && plain.some(raw => raw.action === 'default');
	if (0 < plain.length || deferred || match !== null) {
		const require = match ?? (oneLineDefault ? absent(plain) : null);
		const operations = makeOperations(plain, waits || require !== null ? 'deferred' : 'immediate', 'response', group, scope);
		if (waits && cause !== null) {
			const lost = [...operations.set, ...operations.add].map(({ operation }) => operation);
			scope.site.deferredGroups.push({ operations: lost, cause, place: directive.place, forErrors: scope.forErrors });
		}
		handlers.push({
			kind: 'headers',
			operations,
			deferred: waits,
			require,
			place: directive.place,
		});
	}
	if (0 < defaults.length) {
		handlers.push({
			kind: 'headers',
			operations: makeOperations(defaults, 'deferred', 'response', group, scope),
			deferred: false,
			require: absent(defaults),
			place: directive.place,
		});
	}
	return handlers;
}

/** The operations of `header_down` lines; `lines` are whole lines of a `reverse_proxy` block. */
export function compileHeaderDown(lines: readonly Directive[], scope: CompileScope): HeaderOperations {
	const group = scope.site.nextId();
	const raws = lines.flatMap(line => {
		const [field, value, replacement] = line.args;
		if (field === undefined) return [];
		const raw = readOperation({ directive: line, line: null, place: line.place }, field, value, replacement, false);
		noteUnquotedValue(raw, line.args, scope);
		return [raw];
	});
	return makeOperations(raws, 'immediate', 'upstream-response', group, scope);
}

/**
 * `request_header [+-?]<field> [<value>|<search> <replacement>]` (modules/caddyhttp/headers/caddyfile.go), and `header_up` of a proxy, which keeps a
 * colon behind the field: the change is recorded among the site's operations. None without a field.
 */
export function compileRequestHeader(
	line: Directive,
	args: readonly Token[],
	scope: CompileScope,
	stripColon: boolean,
): readonly RequestHeaderHandler[] {
	const [field, value, replacement] = args;
	if (field === undefined) return [];
	const raw = readOperation({ directive: line, line: null, place: line.place }, field, value, replacement, stripColon);
	const made = makeOperations([raw], 'immediate', 'request', scope.site.nextId(), scope);
	const changes = [...made.add, ...made.set, ...made.remove, ...made.replace];
	return changes.map(change => ({
		kind: 'request-header',
		name: { ...field, text: change.field },
		value: change.value,
		action: change.operation.action,
		place: line.place,
	}));
}

/** Where an operation is written: its directive, the line of its block, and the stretch of it alone. */
interface Written {
	readonly directive: Directive;
	readonly line: Directive | null;
	readonly place: Place;
}

interface RawOperation {
	readonly written: Written;
	readonly action: HeaderAction;
	readonly defers: boolean;
	readonly fieldToken: Token;
	/** Offsets of the bare field name in the token's text. */
	readonly nameStart: number;
	readonly nameEnd: number;
	readonly value: Token | null;
	readonly search: Token | null;
}

/** Decides what one line does, in the order of `applyHeaderOp`: `+`, `-`, `?`, three tokens, `>`, else set. */
function readOperation(
	written: Written,
	field: Token,
	value: Token | undefined,
	replacement: Token | undefined,
	stripColon: boolean,
): RawOperation {
	const text = field.text;
	const nameEnd = stripColon && text.endsWith(':') ? text.length - 1 : text.length;
	let action: HeaderAction = 'set';
	let nameStart = 0;
	let given = value ?? null;
	let search: Token | null = null;
	const prefix = text[0];
	if (prefix === '+' || prefix === '-' || prefix === '?') {
		action = prefix === '+' ? 'add' : prefix === '-' ? 'delete' : 'default';
		nameStart = 1;
		if (action === 'delete') given = null;
	} else if (replacement !== undefined) {
		action = 'replace';
		while (nameStart < text.length && '+-?>'.includes(text[nameStart] ?? '')) nameStart++;
		search = given;
		given = replacement;
	} else if (prefix === '>') nameStart = 1;
	const defers = action === 'delete' || (prefix === '>' && (action === 'set' || action === 'replace'));
	return { written, action, defers, fieldToken: field, nameStart, nameEnd, value: given, search };
}

function makeOperations(
	raws: readonly RawOperation[],
	timing: HeaderTiming,
	direction: HeaderDirection,
	group: string,
	scope: CompileScope,
): HeaderOperations {
	const add: FieldChange[] = [];
	const set: FieldChange[] = [];
	const remove: FieldChange[] = [];
	const replace: FieldChange[] = [];
	for (const raw of raws) {
		const field = raw.fieldToken.text.slice(raw.nameStart, raw.nameEnd);
		const id = scope.site.nextId();
		const operation: HeaderOperation = scope.site.known[scope.site.operations.length] ?? {
			id,
			action: raw.action,
			name: raw.action === 'delete' && field.includes('*') ? field : shownFieldName(field),
			namePlace: placeOf(raw.fieldToken, raw.nameStart, raw.nameEnd),
			value: raw.action === 'delete' ? null : writtenValue(raw.value, scope),
			place: raw.written.place,
			timing,
			direction,
			origin: 'written',
			group,
			scope: scope.requests,
			branch: null,
		};
		scope.site.operations.push(operation);
		const { directive, line } = raw.written;
		scope.site.operationTokens.push({ directive, line, field: raw.fieldToken, value: raw.value, search: raw.search });
		if (direction === 'response' && line === null && field.endsWith(':') && raw.action !== 'delete') {
			scope.site.observations.push({ kind: 'name-with-colon', id: scope.site.nextId(), place: raw.fieldToken.place, operation });
		}
		const change: FieldChange = {
			field,
			value: raw.value,
			search: raw.search,
			operation,
			name: field.includes('{') ? null : canonicalFieldName(field),
			line: fixedLine(operation, raw.value),
		};
		if (raw.action === 'add') add.push(change);
		else if (raw.action === 'delete') remove.push(change);
		else if (raw.action === 'replace') replace.push(change);
		else set.push(change);
	}
	return { add, set, remove, replace };
}

function writtenValue(token: Token | null, scope: CompileScope): HeaderValue {
	return token === null ? { text: '', segments: [] } : expandToken(token, scope.site.placeholders);
}

/** The line of an operation whose value is the same for all requests; null for others. */
function fixedLine(operation: HeaderOperation, token: Token | null): HeaderLine | null {
	const { action, value } = operation;
	if (value === null || action === 'replace' || hasUnknown(value.text) || (token !== null && 0 < token.environment.length)) return null;
	return { value, operation, overrode: [], origin: 'written', sure: true };
}

/** The requirement of `?` operations: none of their fields exists. */
function absent(raws: readonly RawOperation[]): ResponseMatcher {
	const headers = new Map<string, null>();
	for (const raw of raws) if (raw.action === 'default') headers.set(raw.fieldToken.text.slice(raw.nameStart, raw.nameEnd), null);
	const [field] = headers.keys();
	const alone = headers.size === 1 && raws.length === 1 && field !== undefined && isSecurityHeader(field.toLowerCase());
	return { status: null, headers, ...(alone ? { alone } : {}) };
}

function spanOf(tokens: readonly Token[]): Place {
	const first = tokens[0];
	const last = tokens[tokens.length - 1];
	if (first === undefined || last === undefined) return { path: '', span: { start: 0, end: 0 } };
	const sameFile = first.place.path === last.place.path && first.place.span.start <= last.place.span.end;
	return sameFile ? { path: first.place.path, span: { start: first.place.span.start, end: last.place.span.end } } : first.place;
}

/**
 * Notes a `Field regex replacement` line that evidently was meant as one value: nothing is quoted and the words read like a
 * header value (`max-age=31536000; includeSubDomains`). A written regular expression is left alone. Behind `+` and `?` only the first
 * word is the value (`applyHeaderOp`). `tokens` starts with the field.
 */
function noteUnquotedValue({ action, written: { directive, line } }: RawOperation, tokens: readonly Token[], scope: CompileScope): void {
	if (action !== 'replace' && action !== 'add' && action !== 'default') return;
	const [field, ...words] = tokens;
	const first = words[0];
	if (field === undefined || first === undefined || words.length < 2) return;
	// `X-Frame-Options = DENY`, as in other configurations: it searches for the sign in a value that nobody has set.
	const sign = words.length === 2 && first.quote === 'none' && /^[=:]$/.test(first.text);
	const separated = words.some((word, index) => index < words.length - 1 && /[;,]$/.test(word.text));
	const singleQuoted = words.some(word => word.quote === 'none' && /^'/.test(word.text));
	const cspDirective = /^[a-z]+(?:-[a-z]+)*-(?:src|uri|action|ancestors)(?:-elem|-attr)?$/.test(first.text);
	if (!sign && !separated && (words.some(word => word.quote !== 'none') || /[\\^$|()[\]+]|\.\*/.test(first.text))) return;
	if (!sign && !separated && !singleQuoted && !cspDirective) return;
	const id = scope.site.nextId();
	const name = field.text.replace(/^[+\-?>]*/, '').replace(/:$/, '');
	const intended = (sign ? words.slice(1) : words).map(word => word.text).join(' ');
	const readAs = sign ? 'sign' : action === 'replace' ? 'replacement' : 'first-word';
	const place = sign ? first.place : spanOf(words);
	scope.site.observations.push({ kind: 'unquoted-value', id, place, field: shownFieldName(name), intended, readAs });
	scope.site.observedLines.set(id, { directive, line, field, words });
}
