import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedBetween, createDocumentSource, type DocumentSource } from '../../server/src/text/documentSource';
import { createSource, type SourceText } from '../../server/src/text/source';

const pieceLength = 8;

/** Texts around the length of a piece, with every kind of line break. */
const stretches = fc.array(fc.tuple(fc.constantFrom('a', '\n', '\r', '\r\n', 'word ', '😀\n', '\n\r'), fc.constantFrom(1, 2, 3, 7, 8, 9)), {
	maxLength: 6,
});
const texts = stretches.map(found => found.map(([text, times]) => text.repeat(times)).join(''));

const places = fc.nat(60);

describe('the source of an open document', () => {
	it('holds the text it was made of, and what edits make of it', () => {
		fc.assert(
			fc.property(texts, fc.array(fc.tuple(places, fc.nat(20), texts), { maxLength: 8 }), (text, edits) => {
				let source = createDocumentSource('/Caddyfile', text, pieceLength);
				let expected = text;
				assertSame(source, expected);
				for (const [at, length, newText] of edits) {
					const start = Math.min(at, expected.length);
					const end = Math.min(start + length, expected.length);
					source = source.edited({ start, end }, newText);
					expected = expected.slice(0, start) + newText + expected.slice(end);
					assertSame(source, expected);
				}
			}),
			{ seed: Number(process.env['SEED'] ?? 1), numRuns: 500 },
		);
	});

	it('tells where it differs from another version, and from any other text', () => {
		fc.assert(
			fc.property(texts, places, fc.nat(20), texts, (text, at, length, newText) => {
				const before = createDocumentSource('/Caddyfile', text, pieceLength);
				const start = Math.min(at, text.length);
				const after = before.edited({ start, end: Math.min(start + length, text.length) }, newText);
				for (const other of [after, createDocumentSource('/Caddyfile', after.text, pieceLength), createSource('/Caddyfile', after.text)])
					assertLeadsTo(before, other);
			}),
			{ seed: Number(process.env['SEED'] ?? 1), numRuns: 500 },
		);
	});

	it('shares all but the piece that was typed in, however long that is done', () => {
		const line = 'header X-Frame-Options DENY\n';
		let source: DocumentSource = createDocumentSource('/Caddyfile', line.repeat(10_000));
		for (let round = 0; round < 2000; round++) source = source.edited({ start: 100_000, end: 100_000 }, round % 7 === 0 ? line : 'x');
		for (let round = 0; round < 2000; round++) source = source.edited({ start: 50_000, end: 50_000 + (round % 100) }, '');
		assertSame(source, source.text);
		assert.equal(changedBetween(source, source), null);
	});
});

/** The stretch between two texts, put in the place of what it was, makes one of the other. */
function assertLeadsTo(before: SourceText, after: SourceText): void {
	const stretch = changedBetween(before, after);
	if (stretch === null) assert.equal(before.text, after.text);
	else {
		const { start, oldEnd, newEnd } = stretch;
		assert.ok(before.text !== after.text && start <= oldEnd && start <= newEnd);
		assert.equal(before.slice(0, start) + after.slice(start, newEnd) + before.slice(oldEnd), after.text);
	}
}

/** The document has the text, the lines and the places of it as a plain source has them. */
function assertSame(source: SourceText, text: string): void {
	const plain = createSource('/Caddyfile', text);
	assert.equal(source.text, text);
	assert.equal(source.length, text.length);
	assert.equal(source.lines.lineCount, plain.lines.lineCount);
	for (let offset = -1; offset <= text.length + 1; offset += 1 + Math.floor(text.length / 97)) {
		const position = plain.lines.positionAt(offset);
		assert.deepEqual(source.lines.positionAt(offset), position);
		for (const character of [position.character, 0, 1e9])
			assert.equal(source.lines.offsetAt({ ...position, character }), plain.lines.offsetAt({ ...position, character }));
		assert.deepEqual(source.lines.lineSpan(position.line + 1), plain.lines.lineSpan(position.line + 1));
		assert.equal(source.slice(Math.max(0, offset), offset + 20), text.slice(Math.max(0, offset), offset + 20));
	}
}
