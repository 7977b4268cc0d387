import assert from 'node:assert/strict';
import {
	ANY_TEXT,
	displayValue,
	isUnknown,
	joinValues,
	literalValue,
	ONE_TOKEN,
	placeInValue,
	renderedValue,
	unknownValue,
} from '../../server/src/model/value';

const at = (start: number, end: number) => ({ path: '/app.ts', span: { start, end } });

describe('a header value', () => {
	const policy = joinValues([
		renderedValue('script-src '),
		literalValue("'self'", at(40, 46)),
		renderedValue(' '),
		unknownValue(at(50, 60), 'res.locals.nonce', ONE_TOKEN),
	]);

	it('shows its unknown parts in braces', () => {
		assert.equal(displayValue(policy), "script-src 'self' {res.locals.nonce}");
		assert.equal(displayValue(renderedValue(`max-age=${ANY_TEXT}`)), 'max-age={...}');
		assert.equal(isUnknown(policy), true);
		assert.equal(isUnknown(literalValue('DENY', at(0, 4))), false);
	});

	it('leads back to the very characters where they were written as they are sent', () => {
		assert.deepEqual(placeInValue(policy, 11, 17), at(40, 46));
		assert.deepEqual(placeInValue(policy, 12, 16), at(41, 45));
	});

	it('leads back to the whole source of a part that was not written so', () => {
		assert.deepEqual(placeInValue(literalValue('DENY', at(0, 6)), 1, 2), at(0, 6));
		assert.deepEqual(placeInValue(policy, 18, 19), at(50, 60));
	});

	it('leads nowhere for what nobody wrote', () => {
		assert.equal(placeInValue(renderedValue('nosniff'), 0, 7), null);
	});

	it('covers several parts from the first to the last', () => {
		assert.deepEqual(placeInValue(policy, 11, 19), at(40, 60));
	});
});
