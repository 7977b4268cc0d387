import assert from 'node:assert/strict';
import { applyOperation, type HeaderFields } from '../../server/src/express/headerFields';
import type { HeaderOperation } from '../../server/src/model/operation';
import { renderedValue } from '../../server/src/model/value';

describe('header fields of an answer that is worked out', () => {
	const place = { path: '/app.ts', span: { start: 0, end: 1 } };
	const set = (id: number): HeaderOperation => ({
		id: String(id),
		action: 'set',
		name: 'X-Frame-Options',
		namePlace: null,
		value: renderedValue(`v${id}`),
		place,
		timing: 'immediate',
		direction: 'response',
		origin: 'written',
		group: 'g',
		scope: null,
		branch: null,
	});

	it('remembers the last of the operations that were overridden, each once', () => {
		const fields: HeaderFields = new Map();
		for (let id = 0; id < 300; id++) applyOperation(fields, set(id), true);
		const last = fields.get('x-frame-options')?.at(-1);
		assert.deepEqual(
			last?.overrode.map(({ id }) => id),
			Array.from({ length: 20 }, (_, index) => String(279 + index)),
		);
	});
});
