import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readAllowedOrigin } from '../../server/src/headers/cors';
import { parseTokenItem } from '../../server/src/headers/crossOrigin';
import { ANY_TEXT, ONE_TOKEN, renderedValue, unknownValue } from '../../server/src/model/value';

describe('the item of COOP and COEP (RFC 9651)', () => {
	it('is a token with parameters; anything else is void', () => {
		const cases: readonly (readonly [text: string, token: string, fault: string | null])[] = [
			['same-origin', 'same-origin', null],
			[' same-origin ; report-to="coop"', 'same-origin', null],
			['same-origin; report-to="a,b"', 'same-origin', null],
			['same-origin;x', 'same-origin', null],
			['"same-origin"', '"same-origin"', 'quoted'],
			['\u201csame-origin\u201d', '\u201csame-origin\u201d', 'quoted'],
			['same-origin, unsafe-none', 'same-origin, unsafe-none', 'list'],
			['same-origin; a=1, unsafe-none', 'same-origin', 'list'],
			['same origin', 'same origin', 'syntax'],
			['same-origin; report-to="a', 'same-origin', 'syntax'],
			['', '', 'syntax'],
		];
		assert.deepEqual(
			cases.map(([text]) => {
				const { token, fault } = parseTokenItem(text);
				return [text, token, fault];
			}),
			cases,
		);
	});

	it('never throws and has its token in the text', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 40 }), text => {
				const { token, start, end } = parseTokenItem(text);
				assert.equal(text.slice(start, end), token);
			}),
			{ seed: Number(process.env['SEED'] ?? 1) },
		);
	});

	it('reads a long value in linear time', () => {
		const before = process.hrtime.bigint();
		parseTokenItem(`same-origin${'; a="b"'.repeat(20_000)}!`);
		assert.ok(Number(process.hrtime.bigint() - before) < 1e9);
	});
});

describe('Access-Control-Allow-Origin (Fetch)', () => {
	it('is *, null or one origin', () => {
		const cases: readonly (readonly [text: string, kind: string, repair: string | null])[] = [
			['*', 'any', null],
			['null', 'null', null],
			['https://a.example', 'origin', null],
			['http://localhost:3000', 'origin', null],
			['https://a.example/', 'invalid', 'https://a.example'],
			['https://a.example/app', 'invalid', 'https://a.example'],
			['https://a.example, https://b.example', 'invalid', null],
			['https://*.a.example', 'invalid', null],
			['a.example', 'invalid', null],
			[ANY_TEXT, 'unknown', null],
			[`https://${ONE_TOKEN}.example`, 'unknown', null],
		];
		assert.deepEqual(
			cases.map(([text]) => {
				const origin = readAllowedOrigin(renderedValue(text));
				return [text, origin.kind, origin.kind === 'invalid' ? origin.repair : null];
			}),
			cases,
		);
	});

	it('is the origin of the request where the unknown part is that header', () => {
		const place = { path: '/w/x', span: { start: 0, end: 1 } };
		const kinds = (label: string) => readAllowedOrigin(unknownValue(place, label)).kind;
		const reflected = [
			'http.request.header.Origin',
			'req.headers.origin',
			"request.headers['origin']",
			"req.get('origin')",
			"req.header('Origin')",
		];
		for (const label of reflected) assert.equal(kinds(label), 'reflected', label);
		for (const label of ['$APP_ORIGIN', 'config.origin', 'http.request.header.Origin2']) assert.equal(kinds(label), 'unknown', label);
	});
});
