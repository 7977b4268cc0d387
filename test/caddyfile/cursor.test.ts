import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { headerCursor } from '../../server/src/caddyfile/cursor';
import { createSource } from '../../server/src/text/source';

/** Where the cursor of a text with `|` is. */
function at(marked: string): ReturnType<typeof headerCursor> {
	return headerCursor(createSource('Caddyfile', marked.replace('|', '')), marked.indexOf('|'));
}

describe('the header operation under the cursor of a Caddyfile', () => {
	it('is found behind header, with a matcher or not, in its block, and behind header_down', () => {
		for (const marked of [
			'a {\n\theader X|\n}',
			'a {\n\theader @m X|',
			'a {\n\theader {\n\t\tX-A b\n\t\tX|\n\t}\n}',
			'a {\n\treverse_proxy b {\n\t\theader_down X|',
		])
			assert.deepEqual(at(marked), { kind: 'name', start: marked.indexOf('X|'), prefix: '' }, marked);
		assert.deepEqual(at('header ?X|'), { kind: 'name', start: 8, prefix: '?' });
	});

	it('has the text before the cursor as it is written, also over lines and behind escapes', () => {
		assert.deepEqual(at('header X-A "a \\"b|'), { kind: 'value', header: 'x-a', start: 12, before: 'a \\"b', quote: '"' });
		assert.deepEqual(at('header {\n\tX-A `a\n\tb|`\n}'), { kind: 'value', header: 'x-a', start: 15, before: 'a\n\tb', quote: '`' });
		assert.deepEqual(at('header \\\n\tX-A b|'), { kind: 'value', header: 'x-a', start: 14, before: 'b', quote: '' });
	});

	it('is nothing in comments, other directives, matchers, deletions and behind a value', () => {
		for (const marked of [
			'# header X|',
			'a {\n\trespond "header X|"\n}',
			'header /x|',
			'header -Server |',
			'header X-A b |',
			'header {\n\tmatch {\n\t\tstatus |\n\t}\n}',
			'header {\n\tX-A b\n}\nX|',
		])
			assert.equal(at(marked), null, marked);
	});

	it('lies before the cursor at every place of a real file', () => {
		const text = readFileSync(path.resolve(__dirname, '../../examples/broken/Caddyfile'), 'utf8');
		for (let offset = 0; offset <= text.length; offset++) {
			const cursor = headerCursor(createSource('Caddyfile', text), offset);
			if (cursor === null) continue;
			assert.ok(cursor.start <= offset);
			if (cursor.kind === 'value') assert.equal(text.slice(cursor.start, offset), cursor.before);
		}
	});
});
