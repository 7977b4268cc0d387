import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gradeOf, scoreOf } from '../../server/src/grade/observatory';

const vectorFile = path.resolve(__dirname, '../../../shared/vectors/header-vectors.json');

const guide: readonly Field[] = [
	['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
	['X-Content-Type-Options', 'nosniff'],
	['X-Frame-Options', 'DENY'],
	['Referrer-Policy', 'strict-origin-when-cross-origin'],
	['Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()'],
	[
		'Content-Security-Policy',
		"default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
	],
];
const isolation: readonly Field[] = [
	['Cross-Origin-Resource-Policy', 'same-origin'],
	['Cross-Origin-Opener-Policy', 'same-origin'],
];
const helmetPolicy =
	"default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self';script-src-attr 'none';style-src 'self' https: 'unsafe-inline';upgrade-insecure-requests";
const helmetRest: readonly Field[] = [
	...isolation,
	['Referrer-Policy', 'no-referrer'],
	['X-Content-Type-Options', 'nosniff'],
	['X-Frame-Options', 'SAMEORIGIN'],
];

describe('the projected Observatory score, algorithm 6', () => {
	describe('equals what the Observatory gave (spec/header-policy.md section 4, "Run results")', () => {
		const runs: readonly (readonly [what: string, fields: readonly Field[], score: number, grade: string])[] = [
			["the guide's Caddy block", guide, 110, 'A+'],
			["the guide's table with CORP and COOP", [...guide, ...isolation], 130, 'A+'],
			[
				'helmet()',
				[...helmetRest, ['Content-Security-Policy', helmetPolicy], ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains']],
				130,
				'A+',
			],
			['helmet without CSP and HSTS', helmetRest, 55, 'C'],
			[
				"OWASP's set",
				[
					[
						'Content-Security-Policy',
						"default-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; upgrade-insecure-requests",
					],
					['Strict-Transport-Security', 'max-age=63072000; includeSubDomains'],
					['X-Frame-Options', 'deny'],
					['X-Content-Type-Options', 'nosniff'],
					['Referrer-Policy', 'no-referrer'],
					...isolation,
					['Cross-Origin-Embedder-Policy', 'require-corp'],
				],
				145,
				'A+',
			],
			['nothing at all', [], 30, 'D'],
		];
		for (const [what, fields, score, grade] of runs)
			it(`${what}: ${score} ${grade}`, () => assert.deepEqual(shown(fields), { score, grade }));
	});

	describe('equals what the Observatory gave for the vectors', () => {
		for (const { id, input, peers } of vectors()) {
			const expected = peers?.observatory_v6;
			if (Array.isArray(input) && expected?.score !== undefined)
				it(`${id}: ${expected.score} ${expected.grade}`, () => {
					assert.deepEqual(shown(input.map(([name = '', value = '']) => [name, value] as const)), {
						score: expected.score,
						grade: expected.grade,
					});
				});
			const { field } = fieldOf(id, input);
			if (field !== null && expected?.modifier !== undefined)
				it(`${id}: ${expected.result} ${expected.modifier}`, () => {
					const [name, value] = field;
					const test = scoreOf(graded([[name, value]])).tests.find(result => result.test === testOf(name));
					assert.equal(test?.modifier, expected.modifier);
				});
		}
	});

	it('judges policies in the order of the restatement', () => {
		const cases: readonly (readonly [policy: string, modifier: number])[] = [
			["default-src 'none'", 10],
			["default-src 'self'", 5],
			["default-src 'self'; style-src 'unsafe-inline'", 0],
			["default-src 'self'; img-src http://a.example", -10],
			["default-src 'self'; script-src 'unsafe-eval'", -10],
			["default-src 'self'; connect-src http://a.example", -20],
			["default-src 'self' https:", -20],
			["script-src 'self'", -20],
			["script-src 'unsafe-inline'; object-src 'none'", -20],
			["script-src 'unsafe-inline' 'nonce-abc'; object-src 'none'; style-src 'self'", 5],
			["default-src 'self'; script-src 'strict-dynamic'", -25],
			["default-src 'self'; default-src 'none'", -25],
			["default-src 'self'; report-uri /a; report-uri /b", 0],
			['a', -25],
			["default-src 'none', default-src *", 10],
			["default-src 'self' https://a.example/b/, default-src https://a.example/b/c", 5],
		];
		const modifiers = cases.map(([policy]) => [policy, modifierOf([['Content-Security-Policy', policy]], 'content-security-policy')]);
		assert.deepEqual(modifiers, cases);
	});

	it('takes the worst that is true of any cookie', () => {
		const hsts: Field = ['Strict-Transport-Security', 'max-age=31536000'];
		const cases: readonly (readonly [cookie: string, withHsts: number, without: number])[] = [
			['a=1; Secure; SameSite=Lax', 5, 5],
			['a=1; Secure', 0, 0],
			['a=1', -5, -20],
			['session=1; HttpOnly', -10, -40],
			['session=1; Secure', -30, -30],
			['a=1; Secure; SameSite=Odd', -20, -20],
			['csrf=1; Secure', -20, -20],
		];
		const modifiers = cases.map(([cookie]) => [
			cookie,
			modifierOf([hsts, ['Set-Cookie', cookie]], 'cookies'),
			modifierOf([['Set-Cookie', cookie]], 'cookies'),
		]);
		assert.deepEqual(modifiers, cases);
	});

	it('knows no bonus below 90 points, no score below 0, and a letter for every five points', () => {
		assert.deepEqual(shown([['Cross-Origin-Opener-Policy', 'same-origin']]), { score: 30, grade: 'D' });
		assert.equal(scoreOf({ ...graded([]), https: false }).score, 10);
		assert.deepEqual([165, 100, 99, 95, 90, 89, 85, 80, 74, 65, 60, 55, 49, 40, 35, 29, 24, 0].map(gradeOf), [
			'A+',
			'A+',
			'A',
			'A',
			'A',
			'A-',
			'A-',
			'B+',
			'B',
			'B-',
			'C+',
			'C',
			'C-',
			'D+',
			'D',
			'D-',
			'F',
			'F',
		]);
	});
});

type Field = readonly [name: string, value: string];

function graded(fields: readonly Field[]) {
	return {
		values: (header: string) => fields.filter(([name]) => name.toLowerCase() === header).map(([, value]) => value),
		https: true,
		reflectsOrigin: false,
		cookies: true,
		preloaded: false,
	};
}

function shown(fields: readonly Field[]): { readonly score: number; readonly grade: string } {
	const { score, grade } = scoreOf(graded(fields));
	return { score, grade };
}

function modifierOf(fields: readonly Field[], test: string): number | undefined {
	return scoreOf(graded(fields)).tests.find(result => result.test === test)?.modifier;
}

/** The one header a vector is about; Permissions-Policy and others have no test. */
function fieldOf(id: string, input: unknown): { readonly field: Field | null } {
	const kind = vectors().find(vector => vector.id === id)?.kind;
	if (kind === 'csp' && typeof input === 'string') return { field: ['Content-Security-Policy', input] };
	if (kind === 'hsts' && typeof input === 'string') return { field: ['Strict-Transport-Security', input] };
	const named = input as { readonly name?: string; readonly value?: string };
	if (kind !== 'header' || typeof named.name !== 'string' || typeof named.value !== 'string' || named.name === 'Set-Cookie')
		return { field: null };
	return { field: [named.name, named.value] };
}

function testOf(name: string): string {
	return name.toLowerCase();
}

interface Vector {
	readonly id: string;
	readonly kind: string;
	readonly input: unknown;
	readonly peers?: {
		readonly observatory_v6?: { readonly score?: number; readonly grade?: string; readonly result?: string; readonly modifier?: number };
	};
}

function vectors(): readonly Vector[] {
	if (!existsSync(vectorFile)) {
		console.warn('      shared/vectors is not here: the Observatory scores of its vectors are not compared');
		return [];
	}
	// The file's shape is described in its own "about" and checked by what the tests read of it.
	return (JSON.parse(readFileSync(vectorFile, 'utf8')) as { readonly vectors: readonly Vector[] }).vectors;
}
