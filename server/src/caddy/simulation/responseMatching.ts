import { ANY_TEXT } from '../../model/value';
import type { Place } from '../../text/span';
import { canonicalFieldName } from '../fieldName';
import type { ResponseMatcher } from '../route';
import type { Exchange } from './exchange';
import { fieldLines, type HeaderMap, mayHide } from './headerMap';
import { fitsAny } from './matching';

/**
 * Whether a response matcher fits (modules/caddyhttp/responsematchers.go, `Match`). `status` is null where the upstream's is
 * not known; hidden fields of `headers` are asked of the world and then stand in the map.
 */
export function matchesResponse(
	matcher: ResponseMatcher,
	status: number | null,
	headers: HeaderMap,
	exchange: Exchange,
	place: Place,
): boolean {
	if (matcher.status !== null) {
		const wanted = matcher.status;
		if (status === null) {
			const codes = wanted.map(code => (code < 10 ? `${code}xx` : String(code))).join(' ');
			if (
				!exchange.world.decide(`status ${codes}`, {
					reason: 'the status the upstream answers with is not known',
					yes: `the upstream answers with ${codes}`,
					no: `the upstream answers with another status than ${codes}`,
					place,
					headers: null,
				})
			) {
				return false;
			}
		} else if (!wanted.some(code => code === status || (code < 100 && Math.floor(status / 100) === code))) return false;
	}
	for (const [field, allowed] of matcher.headers) {
		revealField(headers, field, exchange, place, matcher.alone);
		const lines = fieldLines(headers, field);
		if (allowed === null) {
			if (0 < lines.length) return false;
			continue;
		}
		if (lines.length === 0) return false;
		if (allowed.length === 0) continue;
		const answers = lines.map(line => fitsAny(line.value.text, allowed));
		if (answers.includes(true)) continue;
		if (!answers.includes(null)) return false;
		const identity = `${field} fits ${allowed.join(' ')}`;
		const yes = `${field} is ${allowed.join(' or ')}`;
		const no = `${field} is not ${allowed.join(' or ')}`;
		if (!exchange.world.decide(identity, { reason: `the value of ${field} is not known`, yes, no, place, headers: null })) return false;
	}
	return true;
}

/** Asks the world whether a hidden field is there, and puts it into the map if so. `alone` is that of `ResponseMatcher`. */
export function revealField(headers: HeaderMap, field: string, exchange: Exchange, place: Place, alone = false): void {
	if (!mayHide(headers, field)) return;
	const name = canonicalFieldName(field);
	const from = headers.hidden?.from ?? '';
	const reason = `whether the upstream ${from} sends ${name} is not known`;
	const question = { reason, yes: `${from} sends ${name}`, no: `${from} does not send ${name}`, place, headers: [name.toLowerCase()] };
	const sent = exchange.world.decide(`upstream ${from} sends ${name.toLowerCase()}`, question, alone);
	const own = headers.lines.get(name) ?? [];
	if (sent) {
		const value = { text: ANY_TEXT, segments: [] };
		headers.lines.set(name, [...own, { value, operation: null, overrode: [], origin: 'upstream', sure: true }]);
	}
	headers.hidden?.cleared.add(name.toLowerCase());
}
