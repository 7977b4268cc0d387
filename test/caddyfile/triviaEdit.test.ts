import assert from 'node:assert/strict';
import { isTriviaEdit } from '../../server/src/caddyfile/triviaEdit';
import { changedStretch } from '../../server/src/text/changedStretch';

const text = 'a.example.com {\n\theader X-Frame-Options DENY # framing\n\theader Note "a # b"\n\n\trespond <<END\n\t\thello\n\t\tEND\n}\n';

/** Whether Caddy surely reads the same after the first `from` of the text became `to`. */
function readsTheSame(from: string, to: string): boolean {
	assert.ok(text.includes(from), from);
	const after = text.replace(from, () => to);
	const edit = changedStretch(text, after);
	return edit !== null && isTriviaEdit(text, after, edit);
}

describe('edits of a Caddyfile that change only white space and comments', () => {
	const same: readonly (readonly [string, string, string])[] = [
		['a space between words', 'Options DENY', 'Options  DENY'],
		['a space at the end of a line', '{\n\theader', '{ \n\theader'],
		['less indentation', '\theader Note', 'header Note'],
		['a comment that goes on', '# framing', '# framing, always'],
		['a comment that is gone', ' # framing', ''],
		['a comment on a line of its own', '\theader Note', '\t# one\n\theader Note'],
		['an empty line', '\n\n\trespond', '\n\n\n\trespond'],
		['an empty line less', '\n\n\trespond', '\n\trespond'],
	];
	for (const [what, from, to] of same) it(`takes ${what} for one`, () => assert.equal(readsTheSame(from, to), true));

	const others: readonly (readonly [string, string, string])[] = [
		['a letter in a word', 'DENY', 'DENYS'],
		['a space in a word', 'DENY', 'DE NY'],
		['a space in quotes', '"a # b"', '"a #  b"'],
		['a space in a heredoc', '\t\thello', '\t\thello '],
		['a line break between words', 'Options DENY', 'Options\n\tDENY'],
		['two lines joined', '"a # b"\n\n\t', '"a # b" '],
		['a backslash that joins two lines', '"a # b"\n\n', '"a # b" \\\n'],
		['a backslash in a comment', '# framing', '# fra\\ming'],
		['a word that becomes a comment', 'header Note', '# header Note'],
		['a # without a space before it', 'DENY # framing', 'DENY# framing'],
		['a comment that speaks to Headerlint', '# framing', '# headerlint-disable-line'],
	];

	it('does not take a line break behind an empty heredoc for one', () => {
		const broken = 'a.example.com {\n\theader Note <<END\n\tEND\n\trespond "ok"\n}\n';
		const joined = broken.replace('END\n\trespond', 'END respond');
		const edit = changedStretch(broken, joined);
		assert.equal(edit !== null && isTriviaEdit(broken, joined, edit), false);
	});

	for (const [what, from, to] of others) it(`does not take ${what} for one`, () => assert.equal(readsTheSame(from, to), false));
});
