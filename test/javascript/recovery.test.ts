import assert from 'node:assert/strict';
import type { Finding } from '../../server/src/finding';
import { parseScript } from '../../server/src/javascript/parse';
import { createLinter } from '../../server/src/linter';
import { createSource } from '../../server/src/text/source';
import { fixtures } from '../express/fixtures';
import type { AppFixture } from '../express/oracle';
import { linterHost, workspaceTexts } from '../support/lintText';

/** Keystrokes per fixture of each kind. */
const perFixture = 4;

/** A repeatable source of numbers between 0 and 1 (mulberry32); SEED=n gives other keystrokes. */
function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

interface Keystroke {
	readonly text: string;
	/** The lines it touches, as offsets of the text before. */
	readonly from: number;
	readonly to: number;
	/** How much longer the text is behind it. */
	readonly shift: number;
}

const punctuation = '(){}[],;\'"<./';
const beginnings = ['\napp.use(helmet({ hsts: ', '\nconst x = ', '\napp.', '\nif (', "\nres.set('X"];

/** The kinds of tools/bench/recovery.mjs: a character gone, one too many, a statement that is being typed. */
const kinds: Readonly<Record<string, (text: string, at: number, random: () => number) => Keystroke>> = {
	'a character deleted': (text, at) => ({ text: text.slice(0, at) + text.slice(at + 1), ...lineOf(text, at), shift: -1 }),
	'a character typed': (text, at, random) => {
		const character = punctuation[Math.floor(random() * punctuation.length)] ?? '(';
		return { text: text.slice(0, at) + character + text.slice(at), ...lineOf(text, at), shift: 1 };
	},
	'a statement begun': (text, at, random) => {
		const { to } = lineOf(text, at);
		const beginning = beginnings[Math.floor(random() * beginnings.length)] ?? '\n';
		return { text: text.slice(0, to) + beginning + text.slice(to), from: to, to, shift: beginning.length };
	},
};

function lineOf(text: string, at: number): { readonly from: number; readonly to: number } {
	const end = text.indexOf('\n', at);
	return { from: text.lastIndexOf('\n', at - 1) + 1, to: end < 0 ? text.length : end };
}

const linted = fixtures
	.filter(({ files, entry, express }) => entry === undefined && express === undefined && Object.keys(files).length === 1)
	.map(({ files }: AppFixture) => files['app.ts'] ?? '');

/** Findings on untouched lines, by rule and where they are now. */
function untouched(findings: readonly Finding[], { from, to, shift }: Keystroke): readonly string[] {
	return findings
		.filter(({ place }) => place.span.end <= from || to < place.span.start)
		.map(({ rule, place }) => `${rule}@${place.span.start + (to < place.span.start ? shift : 0)}`);
}

/** Keystrokes after which the text still parses mean what they mean (`helmet` became `helet`); these here leave something open. */
function isHalfTyped(text: string): boolean {
	return 0 < (parseScript('/workspace/typed.ts', text)?.mistakes ?? 1);
}

/** What the editor shows before a keystroke and after it. */
function lintBeforeAndAfter(text: string, typed: string): { readonly before: readonly Finding[]; readonly after: ReadonlySet<string> } {
	const path = '/workspace/app.ts';
	const linter = createLinter({ ...linterHost({ ...workspaceTexts({}), [path]: text }, {}), typing: true });
	linter.update(createSource(path, text));
	const before = linter.report(path)?.findings ?? [];
	linter.update(createSource(path, typed));
	const after = linter.report(path)?.findings ?? [];
	return { before, after: new Set(after.map(({ rule, place }) => `${rule}@${place.span.start}`)) };
}

describe('while code is typed', () => {
	for (const [name, type] of Object.entries(kinds))
		it(`${name}: at least 99 % of the findings on other lines stay, and nothing throws`, () => {
			const random = randomOf(Number(process.env['SEED'] ?? 1));
			let wanted = 0;
			let found = 0;
			const lost: string[] = [];
			for (const text of linted) {
				for (let i = 0; i < perFixture; i++) {
					const keystroke = type(text, Math.floor(random() * text.length), random);
					if (!isHalfTyped(keystroke.text)) continue;
					const { before, after } = lintBeforeAndAfter(text, keystroke.text);
					for (const key of untouched(before, keystroke)) {
						wanted++;
						if (after.has(key)) found++;
						else lost.push(`${key} in\n${keystroke.text}`);
					}
				}
			}
			assert.ok(100 < wanted, `only ${wanted} findings to look for`);
			assert.ok(0.99 <= found / wanted, `${found} of ${wanted} findings left; the first lost: ${lost.slice(0, 3).join('\n')}`);
		}).timeout(120_000);
});
