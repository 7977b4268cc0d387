import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hasHeaderCode, headerWords } from '../../server/src/javascript/gate';
import { createWordSearch } from '../../server/src/workspace/wordSearch';

const seed = Number(process.env['SEED'] ?? 1);
const encoder = new TextEncoder();

describe('the search for words in bytes', () => {
	it('finds what includes finds', () => {
		const words = ['helmet', 'express', 'abcabd', 'bcabda'];
		const search = createWordSearch(words);
		const text = fc.array(fc.oneof(fc.constantFrom(...words, 'abc', 'abca', 'helme', 'xpress', 'é'), fc.string({ maxLength: 3 })), {
			maxLength: 12,
		});
		fc.assert(
			fc.property(text, parts => {
				const whole = parts.join('');
				const bytes = encoder.encode(whole);
				assert.equal(
					search(bytes, bytes.length),
					words.some(word => whole.includes(word)),
				);
			}),
			{ seed, numRuns: 2000 },
		);
	});

	it('does not look behind the length it is given', () => {
		const bytes = encoder.encode('xx helmet');
		assert.equal(createWordSearch(['helmet'])(bytes, 8), false);
		assert.equal(createWordSearch(['helmet'])(bytes, 9), true);
	});

	it('says yes for every text with header code that the gate of the front end would pass', () => {
		const search = createWordSearch(headerWords);
		const texts = [
			"import helmet from 'helmet'",
			"res.setHeader('X-Frame-Options', 'DENY')",
			"const app = require('express')()",
			'import express from "express"; express ()',
			"res.set({ 'content-security-policy': x })",
			"app.disable('x-powered-by')",
		];
		for (const text of texts) {
			const bytes = encoder.encode(text);
			assert.ok(hasHeaderCode(text) && search(bytes, bytes.length), text);
		}
	});
});
