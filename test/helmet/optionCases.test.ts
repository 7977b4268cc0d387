import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { helmetOutcome, standaloneOutcome } from '../../server/src/express/helmet/helmetOutcome';
import type { HelmetOutcome } from '../../server/src/express/helmet/outcome';
import { isUnknown } from '../../server/src/model/value';
import { readCall } from './staticOptions';

/** What was recorded from the real helmet of one major (test/vectors/helmet-option-cases.json). */
interface Recorded {
	readonly diff?: Readonly<Record<string, string>>;
	readonly THROWS?: string;
	readonly status?: string;
	readonly warn?: readonly string[];
}

interface Case {
	readonly name: string;
	readonly code: string;
	readonly results: Readonly<Record<string, Recorded>>;
}

const file = path.resolve(__dirname, '../vectors/helmet-option-cases.json');
const newestOf: Readonly<Record<string, string>> = { 3: '3.23.3', 4: '4.6.0', 5: '5.1.1', 6: '6.2.0', 7: '7.2.0', 8: '8.3.0' };

/** What the recorder had in scope. */
const names = new Map([['fn', '() => "\'nonce-abc\'"']]);

/**
 * Cases nobody can decide from the text alone, by what the model says of them instead.
 * What a function does or reads at request time is not known: the model answers with an unknown token.
 */
const undecidable = new Map([
	["h({contentSecurityPolicy:{directives:{defaultSrc:[\"'self'\"],scriptSrc:[()=>{throw new Error('boom')}]}}})", 'a function that throws'],
	['h({contentSecurityPolicy:{directives:{defaultSrc:["\'self\'"],scriptSrc:[(q,r)=>r.locals.nonce]}}})', 'a value read per request'],
]);

describe('helmet options, majors 3 to 8, as recorded from the real helmet', () => {
	// The file is material of ours in a known form, so the cast holds.
	const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Case[] };
	for (const { name, code, results } of cases)
		for (const [major, recorded] of Object.entries(results))
			it(`helmet ${major}: ${name}: ${code}`, () => check(code, newestOf[major] ?? '', recorded));
});

function check(code: string, version: string, recorded: Recorded): void {
	const call = readCall(code, version, names);
	if (call.options === 'not called') {
		assert.match(recorded.status ?? '', /It appears you have done something like `app.use\(helmet\)`/);
		return;
	}
	if (code.includes('getDefaultDirectives') && version.startsWith('3')) {
		assert.match(recorded.THROWS ?? '', /getDefaultDirectives is not a function/);
		return;
	}
	const outcome =
		call.middleware === null ? helmetOutcome(version, call.options) : standaloneOutcome(version, call.middleware, call.options);
	if (undecidable.has(code)) {
		const policy = outcome.headers.find(header => header.name === 'Content-Security-Policy');
		assert.ok(policy !== undefined && isUnknown(policy.value));
		return;
	}
	const thrown = outcome.problems.filter(problem => problem.kind === 'helmet-throws');
	const atStart = thrown.find(problem => problem.when === 'start');
	const words = recorded.THROWS?.replace(/^\w*Error: /, '');
	// helmet 3 prints the source of a function, which the model does not carry.
	assert.equal(atStart?.message, code.includes(':()=>"') ? words?.replace(/^".*" is/, '"..." is') : words, 'throws at start');
	if (recorded.THROWS !== undefined) return;
	const perRequest = thrown.find(problem => problem.when === 'request');
	assert.equal(perRequest?.message, recorded.status?.replace(/^500 ERR /, ''), 'throws per request');
	assert.deepEqual(
		outcome.warnings.map(warning => warning.message),
		recorded.warn ?? [],
		'warnings',
	);
	if (recorded.status !== undefined) return;
	assert.deepEqual(sent(outcome), { ...sent(helmetOutcome(version, null)), ...changes(recorded.diff ?? {}) }, 'headers');
}

/** Every header a response shows, `(absent)` where helmet has taken care that it does not; Express sends X-Powered-By itself. */
function sent(outcome: HelmetOutcome): Record<string, string> {
	const headers: Record<string, string> = { 'X-Powered-By': outcome.removed.length === 0 ? 'Express' : '(absent)' };
	for (const name of mentioned) headers[name] = '(absent)';
	for (const { name, value } of outcome.headers) headers[name] = value.text.includes('\uE001') ? unknownNonce(value.text) : value.text;
	return headers;
}

/** The recorder sets no nonce, so a template with one renders `undefined`. */
function unknownNonce(text: string): string {
	return text.replace(/\uE001/g, 'undefined');
}

const mentioned: readonly string[] = [
	'Content-Security-Policy',
	'Content-Security-Policy-Report-Only',
	'Cross-Origin-Embedder-Policy',
	'Cross-Origin-Opener-Policy',
	'Cross-Origin-Resource-Policy',
	'Expect-CT',
	'Feature-Policy',
	'Cache-Control',
	'Origin-Agent-Cluster',
	'Referrer-Policy',
	'Strict-Transport-Security',
	'X-Content-Type-Options',
	'X-DNS-Prefetch-Control',
	'X-Download-Options',
	'X-Frame-Options',
	'X-Permitted-Cross-Domain-Policies',
	'X-XSS-Protection',
];

/** The recorded differences, without what helmet 3 sends to browsers of 2012 and the companions of Cache-Control. */
function changes(diff: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(diff).filter(([name]) => !['X-Content-Security-Policy', 'X-WebKit-CSP'].includes(name)));
}
