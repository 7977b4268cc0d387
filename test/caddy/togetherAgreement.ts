import assert from 'node:assert/strict';
import { securityHeaderNames } from '../../server/src/headers/names';
import type { RequestAnswer } from '../../server/src/model/analysis';
import { fits } from '../support/predictedValue';
import type { RealResponse } from './agreement';

const compared = new Set(
	[...securityHeaderNames, 'X-Powered-By', 'Via', 'Server', 'Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials'].map(name =>
		name.toLowerCase(),
	),
);

/**
 * The app may be down, so that hardly a line is a promise; but it is not: every field that was sent must be predicted, as often and with its
 * value, and every predicted one must be sent, but for what only the error 502 would carry.
 */
export function compareTogether(request: string, real: RealResponse, answer: RequestAnswer | null): void {
	assert.ok(answer !== null);
	const predicted = answer.response.headers.map(({ name, value }) => ({ name: name.toLowerCase(), text: value.text }));
	const differences: string[] = [];
	const rest = [...predicted];
	for (const [field, value] of real.headers) {
		const name = field.toLowerCase();
		if (!compared.has(name)) continue;
		const at = rest.findIndex(line => line.name === name && fits(line.text, value));
		if (at === -1) differences.push(`not predicted ${field}: ${value}`);
		else rest.splice(at, 1);
	}
	// Of an answer that comes from the app Caddy takes its own Server away; with the error it stays.
	for (const { name, text } of rest) if (compared.has(name) && name !== 'server') differences.push(`not sent ${name}: ${text}`);
	assert.deepEqual(differences, [], `${request} (${real.status})`);
}
