import { canonicalName } from '../../headers/names';
import { contentResponses, sentLines } from '../../model/sentHeaders';
import { placeInValue } from '../../model/value';
import { removeOperation } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** A field of which browsers take one value is sent with two: which one counts depends on the header and the browser. */
export const rule: Rule = {
	id: 'header-duplicate',
	family: 'generic',
	summary: 'A header that may be sent once is sent twice, with different values',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const response of contentResponses(surface)) {
			for (const [header, effect] of singleHeaders) {
				const lines = sentLines(response, header).filter(({ certainty }) => certainty === 'always');
				const values = new Set(lines.map(({ value }) => value.text.trim()));
				const last = lines[lines.length - 1];
				if (last === undefined || values.size < 2 || last.operation?.origin !== 'written') continue;
				const first = lines.find(line => line !== last);
				const name = canonicalName(header);
				report({
					place: placeInValue(last.value, 0, last.value.text.length) ?? last.operation.place,
					message: `${name} is sent ${lines.length} times with different values: ${effect}. Send it once.`,
					headers: [name],
					severity: voided.has(header) ? 'error' : 'warning',
					related: first?.operation == null ? [] : [{ place: first.operation.place, message: 'It is set here first.' }],
					fixes: [removeOperation(`Remove this ${name}`, false, last.operation)],
				});
			}
		}
	},
};

/** Lower-case name to what browsers make of several; X-Frame-Options, CSP and Referrer-Policy have rules of their own. */
const singleHeaders: ReadonlyMap<string, string> = new Map([
	['strict-transport-security', 'browsers heed only the first (RFC 6797 8.1), and the preload list refuses the site'],
	['cross-origin-opener-policy', 'browsers take neither'],
	['cross-origin-embedder-policy', 'browsers take neither'],
	['cross-origin-resource-policy', 'browsers take neither'],
	['x-content-type-options', 'browsers look at the first one only'],
	['access-control-allow-origin', 'browsers refuse the response to every other origin'],
	['origin-agent-cluster', 'browsers take neither'],
	['x-xss-protection', 'which one counts depends on the browser'],
]);

/** Where two values mean no protection at all. */
const voided: ReadonlySet<string> = new Set(['strict-transport-security', 'cross-origin-opener-policy', 'cross-origin-embedder-policy']);
