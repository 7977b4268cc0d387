import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { helmetOutcome } from '../../server/src/express/helmet/helmetOutcome';
import { isDevelopmentOnly, isProductionOnly } from '../../server/src/rules/helmet/shared/observed';
import { readExpression } from './staticOptions';

/** `header: value (case)` of every header of that name, and `no header (case)` where an option leaves it out. */
function cases(options: string, header: string): readonly string[] {
	const outcome = helmetOutcome('8.3.0', readExpression(options));
	const told = (text: string, branch: string | null): string => (branch === null ? text : `${text} (${branch})`);
	return [
		...outcome.headers.filter(({ name }) => name === header).map(({ value, branch }) => told(value.text, branch)),
		...outcome.omitted.filter(({ name }) => name === header).map(({ branch }) => told('not sent', branch)),
	];
}

describe('options that hang on a test of the program', () => {
	it('are told case by case', () => {
		assert.deepEqual(cases('{ frameguard: isProd ? { action: "deny" } : false }', 'X-Frame-Options'), [
			'DENY (when isProd)',
			'not sent (unless isProd)',
		]);
	});
	it('say nothing of a case where it makes no difference', () => {
		assert.deepEqual(cases('{ frameguard: { action: "deny" }, hsts: isProd ? undefined : false }', 'X-Frame-Options'), ['DENY']);
		assert.deepEqual(cases('{ noSniff: isProd ? true : undefined }', 'X-Content-Type-Options').length, 2, 'one is written, one a default');
	});
	it('decide equal tests alike, and name each that matters', () => {
		assert.deepEqual(cases('{ hsts: a ? (a ? { maxAge: 1 } : { maxAge: 2 }) : { maxAge: 3 } }', 'Strict-Transport-Security'), [
			'max-age=1; includeSubDomains (when a)',
			'max-age=3; includeSubDomains (unless a)',
		]);
		assert.deepEqual(cases('{ hsts: a ? { maxAge: 1 } : (b ? { maxAge: 2 } : { maxAge: 3 }) }', 'Strict-Transport-Security'), [
			'max-age=1; includeSubDomains (when a)',
			'max-age=2; includeSubDomains (unless a and when b)',
			'max-age=3; includeSubDomains (unless a and unless b)',
		]);
	});
	it('are unknown beyond three tests', () => {
		const [only] = cases('{ hsts: { maxAge: a ? 1 : b ? 2 : c ? 3 : d ? 4 : 5 } }', 'Strict-Transport-Security').slice(-1);
		assert.equal(only, 'max-age=\uE001; includeSubDomains (unless a and unless b and unless c)');
	});
});

describe('cases of development and production', () => {
	it('are told apart by what is tested', () => {
		for (const label of [
			"unless process.env.NODE_ENV === 'production'",
			"when process.env.NODE_ENV === 'development'",
			'when isDev',
			'unless isProduction',
		])
			assert.ok(isDevelopmentOnly(label) && !isProductionOnly(label), label);
		for (const label of ["when this.env === 'production'", "unless NODE_ENV === 'test'", 'when config.isProd'])
			assert.ok(isProductionOnly(label) && !isDevelopmentOnly(label), label);
		for (const label of ['when process.env.USE_HELMET', "when process.env.NODE_ENV === 'staging'", 'when isProduct'])
			assert.ok(!isProductionOnly(label) && !isDevelopmentOnly(label), label);
	});
});
