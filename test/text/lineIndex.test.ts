import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLineIndex } from '../../server/src/text/lineIndex';

describe('line index', () => {
	it('counts LF, CRLF and CR as line breaks, and UTF-16 units as columns', () => {
		const index = createLineIndex('a\r\nb😀c\rd\n');
		assert.equal(index.lineCount, 4);
		assert.deepEqual(index.positionAt(3), { line: 1, character: 0 });
		assert.deepEqual(index.positionAt(6), { line: 1, character: 3 });
		assert.deepEqual(index.lineSpan(1), { start: 3, end: 7 });
		assert.deepEqual(index.positionAt(99), { line: 3, character: 0 });
	});

	it('clamps a column behind the end of its line', () => {
		assert.equal(createLineIndex('ab\ncd').offsetAt({ line: 0, character: 9 }), 2);
		assert.equal(createLineIndex('ab\ncd').offsetAt({ line: 7, character: 0 }), 5);
	});

	it('is its own inverse outside line breaks', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', '😀', '\t') }), text => {
				const index = createLineIndex(text);
				for (let offset = 0; offset <= text.length; offset++) {
					const back = index.offsetAt(index.positionAt(offset));
					const insideCrLf = text[offset - 1] === '\r' && text[offset] === '\n';
					assert.equal(back, insideCrLf ? offset - 1 : offset);
				}
			}),
			{ seed: Number(process.env['SEED'] ?? 1) },
		);
	});
});
