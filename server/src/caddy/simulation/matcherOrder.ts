import type { Matcher, MatcherSet } from '../matchers/matcher';
import type { Exchange } from './exchange';

/**
 * Whether all matchers of a set fit; `fits` asks one. Caddy asks them in an order that changes with every start, and stops at the first that does
 * not fit (routes.go, `FromInterface` goes through a Go map, Caddy 2.11.4): whether another one has raised its error or left its captures then, nobody knows.
 */
export function allFit(set: MatcherSet, exchange: Exchange, fits: (matcher: Matcher) => boolean): boolean {
	const { matchers } = set;
	if (!matchers.some(leavesTraces) || matchers.length === 1) return matchers.every(fits);
	const before = new Map(exchange.placeholders);
	let misfits = false;
	let fails = false;
	for (const matcher of matchers) {
		if (misfits && !leavesTraces(matcher)) continue;
		const others = matchers.some(other => other !== matcher && leavesTraces(other));
		const isFit = others && readsCaptures(matcher) ? comesLater(set, exchange) : fits(matcher);
		if (isFit) continue;
		if (exchange.matcherFailed) fails = true;
		else misfits = true;
		exchange.matcherFailed = false;
	}
	if (!misfits && !fails) return true;
	for (const [key, meaning] of exchange.placeholders) if (before.get(key) !== meaning) exchange.placeholders.set(key, { kind: 'unknown' });
	exchange.matcherFailed = fails && (!misfits || isAskedFirst(set, exchange));
	return false;
}

function isAskedFirst({ label, place }: MatcherSet, { world }: Exchange): boolean {
	return world.decide(`order ${place.path} ${place.span.start}`, {
		reason: `which part of ${label} is asked first changes with every start of Caddy`,
		yes: `the part of ${label} that fails is asked first`,
		no: `a part of ${label} that does not fit is asked first`,
		place,
		headers: null,
	});
}

/** A part that reads the captures of another one may be asked before that has any. */
function comesLater({ label, place }: MatcherSet, { world }: Exchange): boolean {
	return world.decide(`captures ${place.path} ${place.span.start}`, {
		reason: `whether a part of ${label} is asked before the one whose captures it reads changes with every start of Caddy`,
		yes: `the part of ${label} that reads captures fits`,
		no: `the part of ${label} that reads captures is asked too early or does not fit`,
		place,
		headers: null,
	});
}

function readsCaptures(matcher: Matcher): boolean {
	return textsOf(matcher).some(text => /\{(?:re\.|http\.regexp\.|file_match\.|http\.matchers\.file\.)/.test(text));
}

function textsOf(matcher: Matcher): readonly string[] {
	switch (matcher.kind) {
		case 'path':
			return matcher.patterns.map(({ text }) => text);
		case 'host':
			return matcher.hosts.map(({ text }) => text);
		case 'query':
			return [...matcher.parameters.values()].flat();
		case 'header':
			return [...matcher.fields.values()].flatMap(values => values ?? []);
		case 'vars':
			return [...matcher.variables].flatMap(([key, values]) => [key, ...values]);
		case 'path-regexp':
		case 'header-regexp':
			return [matcher.pattern.text];
		case 'vars-regexp':
			return [matcher.variable, matcher.pattern.text];
		case 'expression':
			return [matcher.source];
		case 'not':
			return matcher.sets.flatMap(({ matchers }) => matchers.flatMap(textsOf));
		default:
			return [];
	}
}

/** Whether asking changes more than the answer: captures, the file that was found, an error of an expression. */
function leavesTraces(matcher: Matcher): boolean {
	switch (matcher.kind) {
		case 'path-regexp':
		case 'header-regexp':
		case 'vars-regexp':
		case 'expression':
		case 'file':
		case 'error-status':
			return true;
		case 'not':
			return matcher.sets.some(({ matchers }) => matchers.some(leavesTraces));
		default:
			return false;
	}
}
