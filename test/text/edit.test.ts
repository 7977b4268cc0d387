import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, editsCollide } from '../../server/src/text/edit';

const edit = (start: number, end: number, newText: string) => ({ span: { start, end }, newText });
const fileEdit = (start: number, end: number, path = '/a') => ({ path, ...edit(start, end, '') });

describe('edits', () => {
	it('are applied to the unchanged text, in any order given', () => {
		assert.equal(applyEdits('header X 1', [edit(9, 10, '2'), edit(7, 8, 'Y')]), 'header Y 2');
	});

	it('keep two insertions at one place in the order given', () => {
		assert.equal(applyEdits('ab', [edit(1, 1, '1'), edit(1, 1, '2')]), 'a12b');
	});

	it('refuse to overlap, or to lie outside the text', () => {
		assert.throws(() => applyEdits('abc', [edit(0, 2, ''), edit(1, 3, '')]), RangeError);
		assert.throws(() => applyEdits('abc', [edit(2, 9, '')]), RangeError);
	});

	it('collide where they share characters or insert at one place, in one file', () => {
		assert.equal(editsCollide([fileEdit(0, 3)], [fileEdit(2, 5)]), true);
		assert.equal(editsCollide([fileEdit(1, 1)], [fileEdit(1, 1)]), true);
		assert.equal(editsCollide([fileEdit(1, 1)], [fileEdit(0, 3)]), true);
		assert.equal(editsCollide([fileEdit(0, 3)], [fileEdit(3, 5)]), false);
		assert.equal(editsCollide([fileEdit(0, 3)], [fileEdit(0, 3, '/b')]), false);
	});

	it('touch nothing but their spans', () => {
		const cuts = fc.uniqueArray(fc.nat(20), { minLength: 2, maxLength: 6 }).map(offsets => [...offsets].sort((a, b) => a - b));
		fc.assert(
			fc.property(fc.string({ minLength: 21, maxLength: 30 }), cuts, (text, offsets) => {
				const edits = offsets.slice(1).flatMap((end, index) => (index % 2 === 0 ? [edit(offsets[index] ?? 0, end, '')] : []));
				let expected = '';
				for (let i = 0; i < text.length; i++) if (!edits.some(({ span }) => span.start <= i && i < span.end)) expected += text[i];
				assert.equal(applyEdits(text, edits), expected);
			}),
			{ seed: Number(process.env['SEED'] ?? 1) },
		);
	});
});
