import type { Question } from '../../model/cases';
import { hasUnknown } from '../../model/value';
import { canonicalFieldName } from '../fieldName';
import { asciiHost } from '../hostName';
import type { Matcher, MatcherSet } from '../matchers/matcher';
import { expandPlain, expandText, fullPlaceholderName, type PlaceholderLookup } from '../placeholder';
import { type Exchange, hostOf, placeholdersOf } from './exchange';
import { evaluateExpression } from './expression';
import { matchesFile } from './fileMatching';
import { compileGoRegexp } from './goRegexp';
import { allFit } from './matcherOrder';
import { cleanPath, matchesPath } from './pathPattern';

/**
 * Whether one of the sets matches; no sets match everything. What cannot be known is asked of the exchange's world. A matcher that raises
 * an error ends the search with `exchange.matcherFailed` set (routes.go, `AnyMatchWithError`, 2.11.4).
 */
export function matchesAny(sets: readonly MatcherSet[], exchange: Exchange): boolean {
	return sets.length === 0 || sets.some(set => !exchange.matcherFailed && matchesSet(set, exchange));
}

function matchesSet(set: MatcherSet, exchange: Exchange): boolean {
	return allFit(set, exchange, matcher => matches(matcher, set, exchange));
}

function matches(matcher: Matcher, set: MatcherSet, exchange: Exchange): boolean {
	const lookup = placeholdersOf(exchange);
	const ask = (identity: string, reason: string, place = set.place): boolean =>
		exchange.world.decide(identity, { reason, ...fitsOrNot(set), place, headers: null });
	switch (matcher.kind) {
		case 'path': {
			const patterns = matcher.patterns.map(pattern => expandText(pattern, lookup));
			// A star that is not the first pattern takes the first one's place (MatchPath.Provision) and so matches everything.
			if (patterns.includes('*')) return true;
			const { path } = exchange.url;
			const answers = patterns.map(pattern =>
				hasUnknown(path) || hasUnknown(pattern) ? null : matchesPath(pattern, exchange.url, exchange.version),
			);
			if (answers.includes(true)) return true;
			if (!answers.includes(null)) return false;
			return ask(`path ${patterns.join(' ')} fits ${path}`, `whether ${set.label} matches the path is not known`);
		}
		case 'host':
			return matchesHost(matcher, set, exchange);
		case 'method':
			return matchesMethod(matcher.methods, exchange);
		case 'protocol':
			return matchesProtocol(matcher.protocol, set, exchange);
		case 'query':
			return matchesQuery(matcher.parameters, set, exchange);
		case 'header':
			return matchesHeader(matcher.fields, set, exchange);
		case 'path-regexp': {
			const pattern = expandText(matcher.pattern, lookup);
			return matchRegexp(pattern, matcher.name, [cleanPath(exchange.url.path, true)], set, exchange);
		}
		case 'header-regexp': {
			const values = requestValues(matcher.field, exchange);
			const pattern = expandText(matcher.pattern, lookup);
			if (values === null) return ask(`${matcher.field} fits ${pattern}`, `the request field ${matcher.field} is not known`);
			return matchRegexp(pattern, matcher.name, values, set, exchange);
		}
		case 'vars':
			return matchesVariables(matcher.variables, set, exchange);
		case 'vars-regexp': {
			const value = variableValue(matcher.variable, lookup);
			const pattern = expandText(matcher.pattern, lookup);
			if (value === null) return ask(`${matcher.variable} fits ${pattern}`, `the variables of ${set.label} are not known`);
			return matchRegexp(pattern, matcher.name, [value], set, exchange);
		}
		case 'not':
			return (matcher.sets.length === 0 || !matchesAny(matcher.sets, exchange)) && !exchange.matcherFailed;
		case 'error-status': {
			const status = exchange.error?.status ?? null;
			if (exchange.error?.bare === true) {
				// `in [404]` is false of a status that is not there, `>=` raises an error.
				exchange.matcherFailed = 0 < matcher.classes.length;
				return false;
			}
			if (status === null)
				return ask(`error ${matcher.codes.join(' ')} ${matcher.classes.join(' ')}`, 'the status of the error is not known');
			return matcher.codes.includes(status) || matcher.classes.includes(Math.floor(status / 100));
		}
		case 'expression': {
			const answer = matcher.program === null ? null : evaluateExpression(matcher.program, set, exchange);
			if (answer === 'fails') exchange.matcherFailed = true;
			if (answer !== null) return answer === true;
			return ask(
				`expression ${matcher.source} ${exchange.url.path} ${exchange.method}`,
				`the expression of ${set.label} is not evaluated`,
				matcher.place,
			);
		}
		case 'file':
			return matchesFile(matcher, set, exchange);
		case 'unknown':
			return ask(`${matcher.identity} ${exchange.url.path}`, matcher.reason, matcher.place);
	}
}

/** What a test of a matcher came to, in words that also hold inside of `not`. */
function fitsOrNot({ label }: MatcherSet): Pick<Question, 'yes' | 'no'> {
	return { yes: `what ${label} looks for is there`, no: `what ${label} looks for is not there` };
}

/** Caddy 2.11 compares methods as they are written, the next release in upper case (matchers.go, `MatchMethod`). */
export function matchesMethod(methods: readonly string[], { method, version }: Exchange): boolean {
	return methods.some(wanted => (version === 'next' ? wanted.toUpperCase() : wanted) === method);
}

function matchesHost(matcher: Extract<Matcher, { kind: 'host' }>, set: MatcherSet, exchange: Exchange): boolean {
	const host = matchedHost(exchange);
	const patterns = matcher.hosts.map(pattern => expandText(pattern, placeholdersOf(exchange)));
	const answers = patterns.map(pattern => (hasUnknown(pattern) || hasUnknown(host) ? null : fitsHost(pattern, host)));
	if (answers.includes(true)) return true;
	if (!answers.includes(null)) return false;
	return exchange.world.decide(`host ${patterns.join(' ')}`, {
		reason: `the host of ${set.label} is not known`,
		...fitsOrNot(set),
		place: set.place,
		headers: null,
	});
}

/** The host that matchers compare: of an IPv6 address without a port the brackets are taken off (matchers.go, `MatchHost`). */
export function matchedHost({ hostport }: Exchange): string {
	return hostOf(hostport).host.replace(/^\[|\]$/g, '');
}

/** Whether a host fits a pattern, where `*` stands for one label (matchers.go, `MatchHost`). */
export function fitsHost(written: string, host: string): boolean {
	const pattern = asciiHost(written);
	if (!pattern.includes('*')) return pattern.toLowerCase() === host.toLowerCase();
	const wanted = pattern.split('.');
	const labels = host.split('.');
	return (
		wanted.length === labels.length && wanted.every((part, index) => part === '*' || part.toLowerCase() === labels[index]?.toLowerCase())
	);
}

function matchesProtocol(protocol: string, set: MatcherSet, exchange: Exchange): boolean {
	if (protocol === 'https') return exchange.tls;
	if (protocol === 'http') return !exchange.tls;
	if (protocol === 'http/1.0+') return true;
	if (protocol === 'grpc' && !exchange.exploring) {
		return (exchange.requestHeaders.get('Content-Type') ?? []).some(value => value.startsWith('application/grpc'));
	}
	return exchange.world.decide(`protocol ${protocol}`, {
		reason: 'the HTTP version of the request is not known',
		yes: `the request comes over ${protocol}`,
		no: `the request does not come over ${protocol}`,
		place: set.place,
		headers: null,
	});
}

/** Whether the query has the parameters (matchers.go, `MatchQuery`). */
export function matchesQuery(parameters: ReadonlyMap<string, readonly string[]>, set: MatcherSet, exchange: Exchange): boolean {
	const { query } = exchange.url;
	const lookup = placeholdersOf(exchange);
	if (hasUnknown(query)) {
		const identity = `query ${[...parameters.keys()].join(' ')} ${query}`;
		return exchange.world.decide(identity, { reason: 'the query is not known', ...fitsOrNot(set), place: set.place, headers: null });
	}
	// Go rejects queries with bare semicolons or broken escapes as a whole.
	if (/;|%(?![0-9A-Fa-f]{2})/.test(query)) return false;
	const parsed = new URLSearchParams(query);
	if (parameters.size === 0) return parsed.size === 0;
	for (const [name, values] of parameters) {
		const sent = parsed.getAll(expandPlain(name, lookup));
		if (sent.length === 0) return false;
		if (!values.some(value => value === '*' || sent.includes(expandPlain(value, lookup)))) return false;
	}
	return true;
}

/** Whether the request has the fields (matchers.go, `MatchHeader`). */
export function matchesHeader(fields: ReadonlyMap<string, readonly string[] | null>, set: MatcherSet, exchange: Exchange): boolean {
	const lookup = placeholdersOf(exchange);
	for (const [field, allowed] of fields) {
		const values = requestValues(field, exchange);
		if (values === null) {
			const identity = `request ${field} ${allowed === null ? 'absent' : allowed.join(' ')}`;
			const reason = `the request field ${field} is not known`;
			const yes = allowed === null ? `the request has no ${field}` : `the request's ${field} fits ${set.label}`;
			const no = allowed === null ? `the request has a ${field}` : `the request's ${field} does not fit ${set.label}`;
			if (!exchange.world.decide(identity, { reason, yes, no, place: set.place, headers: null })) return false;
			continue;
		}
		if (allowed === null) {
			if (0 < values.length) return false;
			continue;
		}
		const wanted = allowed.map(value => expandPlain(value, lookup));
		if (!values.some(value => fitsAny(value, wanted) === true)) return false;
	}
	return true;
}

/** The values of a request field; null where they are not known. */
export function requestValues(field: string, exchange: Exchange): readonly string[] | null {
	const name = canonicalFieldName(field);
	if (name === 'Host') return hasUnknown(exchange.hostport) ? null : [exchange.hostport];
	const values = exchange.requestHeaders.get(name);
	if (values === undefined) return exchange.exploring || clientFields.has(name) ? null : [];
	return values;
}

/** Fields that clients send unasked; a simulated request need not name them. */
const clientFields: ReadonlySet<string> = new Set(['Accept-Encoding', 'User-Agent', 'Accept', 'Connection']);

/** Whether a value is one of the allowed ones, which may have a star at either end; null where an unresolved part decides (responsematchers.go and matchers.go). */
export function fitsAny(value: string, allowed: readonly string[]): boolean | null {
	let unknown = false;
	for (const pattern of allowed) {
		if (pattern === '*') return true;
		if (hasUnknown(value) || hasUnknown(pattern)) {
			unknown = true;
			continue;
		}
		const starts = pattern.startsWith('*');
		const ends = pattern.endsWith('*');
		if (
			starts && ends
				? value.includes(pattern.slice(1, -1))
				: starts
					? value.endsWith(pattern.slice(1))
					: ends
						? value.startsWith(pattern.slice(0, -1))
						: value === pattern
		) {
			return true;
		}
	}
	return unknown ? null : false;
}

/** Matches a regular expression and sets its captures as `{http.regexp.name.n}` and `{http.regexp.n}` (matchers.go, `MatchRegexp`). */
export function matchRegexp(pattern: string, name: string, values: readonly string[], set: MatcherSet, exchange: Exchange): boolean {
	const expression = hasUnknown(pattern) || values.some(hasUnknown) ? null : compileGoRegexp(pattern);
	if (expression === null) {
		const reason = `whether the regular expression of ${set.label} matches is not known`;
		const identity = `regexp ${pattern} fits ${values.join(' ')}`;
		return exchange.world.decide(identity, { reason, ...fitsOrNot(set), place: set.place, headers: null });
	}
	for (const value of values) {
		expression.lastIndex = 0;
		const match = expression.exec(value);
		if (match === null) continue;
		match.forEach((capture, index) => {
			const meaning = { kind: 'text', text: capture ?? '' } as const;
			exchange.placeholders.set(`http.regexp.${index}`, meaning);
			if (name !== '') exchange.placeholders.set(`http.regexp.${name}.${index}`, meaning);
		});
		for (const [group, capture] of Object.entries(match.groups ?? {})) {
			const meaning = { kind: 'text', text: capture ?? '' } as const;
			exchange.placeholders.set(`http.regexp.${group}`, meaning);
			if (name !== '') exchange.placeholders.set(`http.regexp.${name}.${group}`, meaning);
		}
		return true;
	}
	return false;
}

/** Any variable with any of its values matches (modules/caddyhttp/vars.go, `VarsMatcher`). */
function matchesVariables(variables: ReadonlyMap<string, readonly string[]>, set: MatcherSet, exchange: Exchange): boolean {
	const lookup = placeholdersOf(exchange);
	let unknown = false;
	for (const [key, values] of variables) {
		const actual = variableValue(key, lookup);
		if (actual === null) {
			unknown = true;
			continue;
		}
		if (values.some(value => expandPlain(value, lookup) === actual)) return true;
	}
	if (!unknown) return variables.size === 0;
	const identity = `vars ${[...variables.keys()].join(' ')}`;
	const reason = `the variables of ${set.label} are not known`;
	return exchange.world.decide(identity, { reason, ...fitsOrNot(set), place: set.place, headers: null });
}

/** The value of a variable, or of a placeholder in braces; empty where there is none, null where it is not known. */
function variableValue(key: string, lookup: PlaceholderLookup): string | null {
	const placeholder = /^\{([^{]*)\}$/.exec(key)?.[1];
	const meaning = placeholder === undefined ? lookup(`http.vars.${key}`) : lookup(fullPlaceholderName(placeholder));
	return meaning.kind === 'unknown' ? null : meaning.kind === 'text' ? meaning.text : '';
}
