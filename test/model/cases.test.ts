import assert from 'node:assert/strict';
import { type Decision, wordsFor } from '../../server/src/model/cases';

const place = { path: '/Caddyfile', span: { start: 0, end: 1 } };

/** What was decided in one case: `file` for yes, `-file` for no. */
function decided(...answers: readonly string[]): readonly Decision[] {
	return answers.map(text => {
		const name = text.replace('-', '');
		const question = { reason: name, yes: `there is a ${name}`, no: `there is no ${name}`, place, headers: null };
		const isQuiet = name === 'quiet';
		return { identity: name, question: isQuiet ? { reason: name, place, headers: null } : question, answer: !text.startsWith('-') };
	});
}

function words(targets: readonly (readonly Decision[])[], others: readonly (readonly Decision[])[]): string | null {
	return wordsFor(targets, others)?.text ?? null;
}

describe('words for some of the cases', () => {
	it('name the one decision that tells them apart', () => {
		assert.equal(words([decided('-file')], [decided('file')]), 'there is no file');
		assert.equal(words([decided('login', '-file')], [decided('login', 'file'), decided('-login')]), 'there is no file');
	});

	it('name several where it takes several', () => {
		const others = [decided('a', '-b'), decided('-a', 'b'), decided('-a', '-b')];
		assert.equal(words([decided('a', 'b')], others), 'there is a a and there is a b');
		assert.equal(
			words([decided('-a', 'b'), decided('a', '-b')], [decided('a', 'b'), decided('-a', '-b')]),
			'there is no a and there is a b, or there is a a and there is no b',
		);
	});

	it('say the same clause once', () => {
		const missing: Decision = {
			identity: 'index',
			question: { reason: '', no: 'there is no folder', place, headers: null },
			answer: false,
		};
		const cases = [decided('-file', '-folder'), [...decided('-file', 'folder'), missing]];
		assert.equal(words(cases, [decided('file')].concat([decided('-file', 'folder', 'index')])), 'there is no folder');
	});

	it('leave out what goes without saying, and say nothing rather than only that', () => {
		assert.equal(words([decided('-file', '-quiet')], [decided('file'), decided('-file', 'quiet')]), 'there is no file');
		assert.equal(words([decided('-quiet')], [decided('quiet')]), null);
	});

	it('give up where nothing tells them apart, and where it would take a paragraph', () => {
		assert.equal(words([decided('file')], [decided('file')]), null);
		assert.equal(words([decided('file')], []), null);
		const four = [decided('a'), decided('-a', 'b'), decided('-a', '-b', 'c'), decided('-a', '-b', '-c', 'd')];
		assert.equal(words(four, [decided('-a', '-b', '-c', '-d')]), null);
	});
});
