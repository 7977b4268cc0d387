import type { RequestAnswer } from '../../server/src/model/analysis';
import { displayValue } from '../../server/src/model/value';
import { fits } from '../support/predictedValue';

/** What the real Caddy answered. */
export interface RealResponse {
	readonly status: number;
	readonly headers: readonly (readonly [name: string, value: string])[];
	readonly error?: string;
}

/** How a prediction and the real answer compare. */
export interface Agreement {
	/** Each broken promise, as a sentence; empty where prediction and answer agree. */
	readonly differences: readonly string[];
	/** Lines predicted, and those of them that are promised. */
	readonly lines: number;
	readonly promised: number;
}

/** What an answer leaves out unless the configuration writes it (docs/caddy.md). */
const leftOut = new Set(
	['date', 'content-length', 'connection', 'keep-alive', 'transfer-encoding', 'alt-svc', 'content-type', 'etag', 'last-modified'].concat([
		'accept-ranges',
		'vary',
		'content-encoding',
		'trailer',
		'upgrade',
		'status',
	]),
);

/**
 * Compares a prediction with what Caddy sent. Every line that is `always` must be there; where nothing is unknown, status and
 * all listed headers must be the same, in number and order.
 */
export function compare({ response }: RequestAnswer, answer: RealResponse): Agreement {
	// Node reads header bytes as Latin-1 (RFC 9110 5.5); Caddy sends the file's UTF-8.
	const utf8 = (value: string): string => Buffer.from(value, 'latin1').toString('utf8');
	const real =
		answer.error === undefined ? { ...answer, headers: answer.headers.map(([name, value]) => [name, utf8(value)] as const) } : answer;
	const differences: string[] = [];
	const predicted = response.headers;
	const promised = predicted.filter(({ certainty }) => certainty === 'always');
	const counts = { lines: predicted.length, promised: promised.length };
	if (response.outcome === 'abort' || real.error !== undefined) {
		const agrees = response.outcome === 'abort' ? real.error !== undefined : promised.length === 0;
		return { ...counts, differences: agrees ? [] : [`real: ${real.error ?? real.status}, predicted: ${response.outcome}`] };
	}
	const names = new Set(predicted.map(({ name }) => name.toLowerCase()));
	for (const name of names) {
		const wanted = predicted.filter(line => line.name.toLowerCase() === name);
		const sent = real.headers.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value);
		const sure = wanted.filter(({ certainty }) => certainty === 'always');
		let from = 0;
		for (const line of sure) {
			const at = sent.findIndex((value, index) => from <= index && fits(line.value.text, value));
			if (at === -1) differences.push(`promised ${line.name}: ${displayValue(line.value)}, sent: ${JSON.stringify(sent)}`);
			else from = at + 1;
		}
		const complete = response.unknowns.length === 0 && sure.length === wanted.length && !leftOut.has(name);
		if (complete && sent.length !== wanted.length) {
			differences.push(`${name} is predicted ${wanted.length} times, sent: ${JSON.stringify(sent)}`);
		}
	}
	if (response.unknowns.length === 0) {
		for (const [field, value] of real.headers) {
			const name = field.toLowerCase();
			if (!leftOut.has(name) && !names.has(name)) differences.push(`sent but not predicted: ${field}: ${value}`);
		}
		if (response.status !== null && response.status !== real.status) differences.push(`status ${response.status}, sent ${real.status}`);
	}
	return { ...counts, differences };
}
