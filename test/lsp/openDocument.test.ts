import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { openDocuments } from '../../server/src/lsp/openDocument';

/** More than an ordinary document holds, with all kinds of line breaks. */
const largeText = 'a.example.com {\n\theader X-Frame-Options DENY\r\n\t# 😀\r}\n'.repeat(6000);

const positions = fc.record({
	line: fc.oneof(fc.nat(24_010), fc.constantFrom(0, 1, 12_000, 24_000)),
	character: fc.oneof(fc.nat(40), fc.constant(1000)),
});
const typed = fc.constantFrom('', 'x', '\n', '\r', '\r\n', 'header Server\n'.repeat(700));
const changes = fc.array(
	fc.oneof(
		{ weight: 9, arbitrary: fc.record({ range: fc.record({ start: positions, end: positions }), text: typed }) },
		{ weight: 1, arbitrary: fc.record({ text: fc.constantFrom(largeText, 'a.example.com') }) },
	),
	{ minLength: 1, maxLength: 5 },
);

describe('a large document', () => {
	it('has the text that the library makes of the same changes', () => {
		fc.assert(
			fc.property(fc.array(changes, { minLength: 1, maxLength: 3 }), batches => {
				let expected = largeText;
				let document = openDocuments.create('file:///Caddyfile', 'caddyfile', 1, largeText);
				batches.forEach((batch, index) => {
					// Made anew each time: the library's own lines are wrong once a CR was typed before an LF.
					for (const change of batch) expected = TextDocument.update(TextDocument.create('', '', 1, expected), [change], 2).getText();
					document = openDocuments.update(document, batch, index + 2);
					assert.ok(document.source.text === expected);
					assert.equal(document.version, index + 2);
					assert.equal(document.source.path, '/Caddyfile');
				});
			}),
			{ seed: Number(process.env['SEED'] ?? 1), numRuns: 50 },
		);
	});
});
