import assert from 'node:assert/strict';
import fastifyHelmet from '@fastify/helmet';
import fc from 'fast-check';
import fastify from 'fastify';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { describe, it } from 'mocha';
import { fastifyHelmetOutcome } from '../../server/src/express/helmet/fastifyHelmet';
import type { HelmetOutcome } from '../../server/src/express/helmet/outcome';
import { secureHeadersOutcome } from '../../server/src/express/helmet/secureHeaders';
import { newestHelmet } from '../../server/src/express/helmet/version';
import type { Place } from '../../server/src/text/span';
import { optionsArbitrary } from './helmetArbitraries';
import { buildStatic, type Spec } from './helmetValues';

const seed = Number(process.env['SEED'] ?? 20261122);
const numRuns = Number(process.env['RUNS'] ?? 60);
const place: Place = { path: 'generated.ts', span: { start: 0, end: 0 } };

const plain = (value: string | number | boolean | null | undefined): Spec => ({ kind: 'plain', value });
const words = (...values: readonly (string | number | boolean | null | undefined)[]): fc.Arbitrary<Spec> =>
	fc.constantFrom(...values.map(plain));
const none: fc.Arbitrary<Spec> = fc.constant({ kind: 'list', items: [], set: false });
const list = (...values: readonly string[]): fc.Arbitrary<Spec> =>
	fc.array(words(...values), { maxLength: 3 }).map(items => ({ kind: 'list', items, set: false }));

function object(entries: Readonly<Record<string, fc.Arbitrary<Spec>>>): fc.Arbitrary<Spec> {
	const pairs = Object.entries(entries).map(([name, value]) =>
		fc.option(
			value.map(spec => [name, spec] as const),
			{ nil: null },
		),
	);
	return fc.tuple(...pairs).map(found => ({ kind: 'object', entries: found.filter(entry => entry !== null) }));
}

const honoPolicy = object({
	defaultSrc: fc.oneof(list("'self'", 'https:'), words("'self'")),
	scriptSrc: list("'self'", "'unsafe-inline'", 'self'),
	imgSrcElem: list('data:'),
	upgradeInsecureRequests: none,
});
const honoOptions = object({
	contentSecurityPolicy: fc.oneof(honoPolicy, words(true, false)),
	contentSecurityPolicyReportOnly: honoPolicy,
	crossOriginEmbedderPolicy: words(true, false, 'credentialless'),
	crossOriginResourcePolicy: words(true, false, 'cross-origin', undefined),
	referrerPolicy: words(true, 'origin', '', null),
	strictTransportSecurity: fc.oneof(words(false, 'max-age=1'), object({ maxAge: words(5) })),
	xFrameOptions: words('DENY', false),
	hsts: words(false),
	permissionsPolicy: object({
		camera: list('self', 'https://a.example', 'none', '*'),
		geolocation: words(true, false),
		pictureInPicture: none,
	}),
	reportingEndpoints: fc
		.array(object({ name: words('csp'), url: words('/csp') }), { minLength: 1, maxLength: 2 })
		.map(items => ({ kind: 'list', items, set: false })),
	removePoweredBy: words(true, false),
});

describe('the models of helmet’s siblings agree with the real packages on generated options', () => {
	it('hono, secureHeaders', async () => {
		await fc.assert(
			fc.asyncProperty(honoOptions, async spec => {
				const { value, real } = buildStatic(spec, true);
				const app = new Hono();
				// The options are wrong on purpose at times, which their type forbids.
				app.use(secureHeaders(real({}) as Parameters<typeof secureHeaders>[0]));
				app.get('/', c => c.body('hello', 200, { 'X-Powered-By': 'us' }));
				const response = await app.request('/');
				const sent = Object.fromEntries([...response.headers].filter(([name]) => name !== 'content-type').sort());
				assert.deepEqual(foretold(secureHeadersOutcome(value, place), { 'x-powered-by': 'us' }), sent);
			}),
			{ seed, numRuns },
		);
	});

	for (const nonces of [false, true])
		it(`@fastify/helmet${nonces ? ' with enableCSPNonces' : ''}`, async () => {
			await fc.assert(
				fc.asyncProperty(optionsArbitrary, async spec => {
					if (spec.kind !== 'object') return;
					const entries: Spec = { kind: 'object', entries: nonces ? [...spec.entries, ['enableCSPNonces', plain(true)]] : spec.entries };
					// `null` for a policy breaks the plugin itself before helmet sees it.
					if (nonces && spec.entries.some(([name, value]) => name === 'contentSecurityPolicy' && value.kind !== 'object')) return;
					const { value, real } = buildStatic(entries, true);
					const warn = console.warn;
					console.warn = () => undefined;
					const app = fastify();
					try {
						await app.register(fastifyHelmet, real(fastifyHelmet as unknown as Record<string, unknown>) as object);
						app.get('/', () => 'hello');
						const response = await app.inject('/');
						const outcome = fastifyHelmetOutcome(newestHelmet, value, place);
						const thrown = outcome.problems.flatMap(problem => (problem.kind === 'helmet-throws' ? [problem.message] : []));
						if (response.statusCode === 500) {
							const { message } = response.json<{ message: string }>();
							assert.ok(thrown.includes(message), `${message} is not among ${JSON.stringify(thrown)}`);
							return;
						}
						assert.deepEqual(thrown, []);
						const own = new Set(['content-type', 'content-length', 'date', 'connection']);
						const sent = Object.fromEntries(
							Object.entries(response.headers)
								.filter(([name]) => !own.has(name))
								.map(([name, text]) => [name, String(text).replace(/'nonce-[0-9a-f]{32}'/g, "'nonce-\uE001'")])
								.sort(),
						);
						assert.deepEqual(foretold(outcome, {}), sent);
					} finally {
						console.warn = warn;
						await app.close();
					}
				}),
				{ seed, numRuns },
			);
		});
});

function foretold(outcome: HelmetOutcome, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
	const headers = new Map(Object.entries(before));
	for (const { name } of outcome.removed) headers.delete(name.toLowerCase());
	for (const { name, value } of outcome.headers) headers.set(name.toLowerCase(), value.text);
	return Object.fromEntries([...headers].sort());
}
