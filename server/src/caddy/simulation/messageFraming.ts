import type { Place } from '../../text/span';
import { isFieldName } from '../fieldName';
import { type Exchange, nowhere } from './exchange';
import { fieldLines, type HeaderLine } from './headerMap';

/**
 * Notes what makes clients refuse an answer as a whole or Go break off the connection; then nothing is promised. Each is tried on Caddy
 * 2.11.4 with Go's, Node's and curl's clients.
 */
export function noteBrokenMessage(status: number | null, exchange: Exchange): void {
	// Behind 101 no message follows; HTTP/2 knows it not, and nobody asks for it there.
	if (status === 101 && (!exchange.tls || exchange.requestHeaders.has('Upgrade'))) return;
	if (status === 101) {
		exchange.world.taint({
			reason: 'a status 101 breaks the connection over HTTP/2',
			place: exchange.answeredAt ?? nowhere,
			headers: null,
		});
		return;
	}
	const broken = foreignLength(exchange) ?? writtenLength(exchange) ?? strangeCoding(exchange);
	const found = broken ?? fieldOfConnection(exchange) ?? controlCharacter(exchange);
	if (found !== null) exchange.world.taint({ ...found, headers: null });
}

interface Broken {
	readonly reason: string;
	readonly place: Place;
}

/** The length of another body than the one that is sent, as where `intercept` answers in the place of a file, or two lengths. */
function foreignLength({ headers, original, measured, measuredFor, lastUpstream, answeredAt }: Exchange): Broken | null {
	// Go goes by the method the client sent.
	if (measuredFor === 'HEAD' && original.method !== 'HEAD' && measured !== null)
		return {
			reason: 'a request that is passed on as HEAD gets a length without a body, which breaks the connection',
			place: answeredAt ?? nowhere,
		};
	const lengths = fieldLines(headers, 'Content-Length').filter(({ origin }) => origin !== 'written');
	const [foreign] = lengths.filter(line => line !== measured);
	if (foreign === undefined || (original.method === 'HEAD' && lengths.length === 1)) return null;
	const of = foreign.origin === 'upstream' ? 'the upstream' : 'a file';
	const reason =
		lengths.length === 1
			? `the Content-Length of ${of} is kept for a body of another length, which breaks the connection`
			: 'two lengths of the content are sent, which clients refuse';
	return { reason, place: foreign.origin === 'upstream' ? lastUpstream : nowhere };
}

/** How long the body is, is not followed; without a body only a number is taken for a length. */
function writtenLength({ headers, original }: Exchange): Broken | null {
	const line = fieldLines(headers, 'Content-Length').find(({ origin }) => origin === 'written');
	if (line === undefined || (original.method === 'HEAD' && /^\d+$/.test(line.value.text))) return null;
	return { reason: 'a Content-Length that is set breaks the connection where the body has another length', place: placeOf(line) };
}

/** Go codes the body in chunks and sends any other coding along, which no client can undo (net/http/server.go, `writeHeader`). */
function strangeCoding({ headers }: Exchange): Broken | null {
	const line = fieldLines(headers, 'Transfer-Encoding').find(
		({ origin, value }) => origin === 'written' && !['', 'chunked', 'identity'].includes(value.text),
	);
	return line === undefined ? null : { reason: 'a Transfer-Encoding that is set is not what the body is coded in', place: placeOf(line) };
}

/** Fields HTTP/2 forbids and Go sends all the same: nghttp2, which curl and Node use, refuses the answer (RFC 9113 8.2.2). */
function fieldOfConnection({ headers, tls }: Exchange): Broken | null {
	if (!tls) return null;
	for (const name of ['Keep-Alive', 'Proxy-Connection', 'Upgrade']) {
		const [line] = fieldLines(headers, name);
		if (line !== undefined) return { reason: `${name} is sent, which clients refuse over HTTP/2`, place: placeOf(line) };
	}
	return null;
}

/** Go sends them over HTTP/1.1, where clients refuse the answer, and leaves the field out over HTTP/2. A line break becomes a space. */
function controlCharacter({ headers }: Exchange): Broken | null {
	for (const [name, lines] of headers.lines) {
		const line = lines.find(({ value }) => /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(value.text));
		if (line !== undefined && isFieldName(name))
			return { reason: `the value of ${name} holds a control character, which clients refuse`, place: placeOf(line) };
	}
	return null;
}

function placeOf({ operation }: HeaderLine): Place {
	return operation?.place ?? nowhere;
}
