import type { EffectiveHeader, ResponseOutcome, Unknown } from '../../model/surface';
import type { Place } from '../../text/span';
import { isFieldName, shownFieldName } from '../fieldName';
import type { HeaderLine } from './headerMap';
import type { SimulatedResponse } from './simulate';
import type { WorldResult } from './world';

/** What several worlds come to together. */
export interface MergedResponse {
	readonly outcome: ResponseOutcome;
	readonly status: number | null;
	readonly headers: readonly EffectiveHeader[];
	readonly unknowns: readonly Unknown[];
	readonly upstream: string | null;
	/** The directive that answers in the first world. */
	readonly answeredAt?: Place;
}

/**
 * Joins the answers of several worlds: what all of them send is `always`, the rest `maybe`. `complete` is false where there are
 * worlds that were not run; then nothing is `always`. Lines are in wire order: Go sorts fields by name.
 */
export function mergeWorlds(worlds: readonly WorldResult<SimulatedResponse>[], complete: boolean): MergedResponse {
	const first = worlds[0];
	if (first === undefined) return { outcome: 'unknown', status: null, headers: [], unknowns: [], upstream: null };
	const certain = complete && worlds.every(({ tainted }) => !tainted);
	const sent = worlds.map(({ result }) => listedLines(result));
	const headers: EffectiveHeader[] = [];
	for (const name of namesOf(sent)) {
		const alternatives = sent.map(lines => lines.get(name) ?? none);
		const promised = certain && !connectionFields.has(name);
		const shown = shownFieldName(name);
		for (const { line, everywhere } of union(alternatives)) headers.push(effective(shown, line, promised && everywhere));
	}
	const { written } = first.result;
	const same = <T>(value: (result: SimulatedResponse) => T): boolean => worlds.every(({ result }) => value(result) === value(first.result));
	return {
		outcome: same(({ written: { by } }) => by) ? written.by : bestOutcome(worlds),
		status: same(({ written: { status } }) => status) && certain ? written.status : null,
		headers,
		unknowns: uniqueUnknowns(worlds.flatMap(({ unknowns }) => unknowns)),
		...(first.result.answeredAt === null ? {} : { answeredAt: first.result.answeredAt }),
		upstream: worlds.find(({ result }) => result.written.upstream !== null)?.result.written.upstream ?? null,
	};
}

const none: readonly HeaderLine[] = [];

function effective(name: string, line: HeaderLine, promised: boolean): EffectiveHeader {
	const { value, operation, overrode, origin } = line;
	return { name, value, certainty: promised ? 'always' : 'maybe', operation, overrode, origin };
}

/** All names, in the order of their bytes. */
function namesOf(sent: readonly ReadonlyMap<string, readonly HeaderLine[]>[]): readonly string[] {
	const [first] = sent;
	if (first !== undefined && sent.length === 1) return [...first.keys()].sort();
	const names = new Set<string>();
	for (const lines of sent) for (const name of lines.keys()) names.add(name);
	return [...names].sort();
}

/** Removes repeated unknowns; those with the same reason and place are one. */
export function uniqueUnknowns(unknowns: readonly Unknown[]): readonly Unknown[] {
	if (unknowns.length < 2) return unknowns;
	const seen = new Map<string, Unknown>();
	for (const unknown of unknowns) {
		const key = `${unknown.reason} ${unknown.place.path} ${unknown.place.span.start}`;
		const known = seen.get(key);
		if (known === undefined) seen.set(key, unknown);
		else if (known.headers !== null && unknown.headers === null) seen.set(key, unknown);
	}
	return [...seen.values()];
}

/** The fields Caddy adds by itself that an answer lists; docs/caddy.md says which it leaves out and why. */
const listedServerFields: ReadonlySet<string> = new Set(['Server', 'Via', 'Location', 'Www-Authenticate', 'Allow']);

/** Fields of the connection or the message's length: never listed as sent by an upstream. */
const messageFields: ReadonlySet<string> = new Set(['Date', 'Content-Length', 'Connection', 'Keep-Alive', 'Transfer-Encoding', 'Trailer']);

/** Fields Go's server changes or HTTP/2 forbids: what a configuration says of them is no promise. */
const connectionFields: ReadonlySet<string> = new Set([...messageFields, 'Upgrade', 'Proxy-Connection']);

/** The lines of a response that an answer lists, by field name. */
export function listedLines({ written }: SimulatedResponse): ReadonlyMap<string, readonly HeaderLine[]> {
	const listed = new Map<string, readonly HeaderLine[]>();
	for (const [name, lines] of written.headers.lines) {
		if (!isFieldName(name)) continue;
		if (name === 'Content-Type' && written.status === 304) continue;
		const kept = lines.every(line => isListed(name, line)) ? lines : lines.filter(line => isListed(name, line));
		if (0 < kept.length) listed.set(name, kept);
	}
	return listed;
}

function isListed(name: string, { origin }: HeaderLine): boolean {
	if (origin === 'written') return true;
	return origin === 'server' ? listedServerFields.has(name) : !messageFields.has(name);
}

/** Every distinct line of a field over all worlds, and whether each world surely has it as often. */
function union(alternatives: readonly (readonly HeaderLine[])[]): readonly { readonly line: HeaderLine; readonly everywhere: boolean }[] {
	const [base] = alternatives;
	if (base === undefined) return [];
	if (alternatives.every(lines => lines === base || sameLines(base, lines))) {
		return base.map((line, index) => ({ line, everywhere: alternatives.every(lines => lines[index]?.sure === true) }));
	}
	const lines: HeaderLine[] = [];
	const counts = new Map<string, number>();
	for (const alternative of alternatives) {
		const here = new Map<string, number>();
		for (const line of alternative) {
			const key = line.value.text;
			const count = (here.get(key) ?? 0) + 1;
			here.set(key, count);
			if ((counts.get(key) ?? 0) < count) {
				counts.set(key, count);
				lines.push(line);
			}
		}
	}
	const seen = new Map<string, number>();
	const joined = lines.map(line => {
		const key = line.value.text;
		const nth = (seen.get(key) ?? 0) + 1;
		seen.set(key, nth);
		const everywhere = alternatives.every(alternative => {
			const matching = alternative.filter(other => other.value.text === key);
			return nth <= matching.length && matching.every(({ sure }) => sure);
		});
		return { line, everywhere };
	});
	const promised = new Set(joined.filter(({ everywhere }) => everywhere).map(({ line }) => line.value.text));
	const sequenceIn = (alternative: readonly HeaderLine[]): string =>
		JSON.stringify(alternative.map(({ value }) => value.text).filter(text => promised.has(text)));
	// The order of lines is part of what is promised.
	const isOrdered = promised.size < 2 || new Set(alternatives.map(sequenceIn)).size === 1;
	return isOrdered ? joined : joined.map(({ line }) => ({ line, everywhere: false }));
}

function sameLines(left: readonly HeaderLine[], right: readonly HeaderLine[]): boolean {
	return left.length === right.length && left.every((line, index) => line === right[index] || line.value.text === right[index]?.value.text);
}

function bestOutcome(worlds: readonly WorldResult<SimulatedResponse>[]): ResponseOutcome {
	const order: readonly ResponseOutcome[] = ['content', 'redirect', 'unknown', 'error', 'empty', 'abort'];
	const found = new Set<ResponseOutcome>(worlds.map(({ result }) => result.written.by));
	return order.find(outcome => found.has(outcome)) ?? 'unknown';
}
