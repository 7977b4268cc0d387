import assert from 'node:assert/strict';
import type { FileReport } from '../../server/src/fileReport';
import { createSession, type Session } from '../../server/src/lsp/session';
import { createSource } from '../../server/src/text/source';
import { startEditor } from './editor';

const file = '/workspace/Caddyfile';

/** A Caddyfile of so many sites; the mistake in each is told of, and one that all share is in a snippet. */
function sites(count: number, option = 'sniff'): string {
	const site = (index: number): string =>
		`a${index}.example.com {\n\timport common\n\theader X-Content-Type-Options ${option}\n\tfile_server\n}\n`;
	return `(common) {\n\theader X-Frame-Options ALLOWALL\n}\n\n${Array.from({ length: count }, (_, index) => site(index)).join('\n')}`;
}

function sessionWith(text: string): Session {
	const session = createSession(message => assert.fail(message));
	session.open(createSource(file, text));
	return session;
}

function told(report: FileReport | null): readonly string[] {
	return (report?.findings ?? []).map(({ rule, place, message }) => `${rule} ${place.span.start}-${place.span.end} ${message}`);
}

/** A time that is over at once: one part is judged. */
const ms = Number.MIN_VALUE;

/** Judges the smallest parts there are; answers with how many findings each time had. */
function judgeInParts(session: Session, between: () => void = () => {}): readonly number[] {
	const counts: number[] = [];
	for (let step = 0; step < 1000; step++) {
		const report = session.report(file, { ms });
		counts.push(report?.findings.length ?? 0);
		if (report?.isPartial !== true) return counts;
		between();
	}
	return assert.fail('judging does not end');
}

describe('a large Caddyfile that is judged in parts', () => {
	it('has the findings of its first sites at first, then those of more, and at last all', () => {
		const session = sessionWith(sites(20));
		const counts = judgeInParts(session);
		const all = told(sessionWith(sites(20)).report(file));
		assert.ok(20 < all.length && 20 < counts.length, `${counts.length} parts`);
		assert.ok((counts[5] ?? 0) < all.length);
		assert.deepEqual(
			counts,
			counts.toSorted((left, right) => left - right),
		);
		assert.deepEqual(told(session.report(file)), all);
	});

	it('has everything at once where everything is asked for', () => {
		const session = sessionWith(sites(20));
		session.report(file, { ms });
		assert.deepEqual(told(session.report(file)), told(sessionWith(sites(20)).report(file)));
	});

	it('judges what the cursor is in before the rest, and nothing else where there is no time', () => {
		const session = sessionWith(sites(20));
		const start = session.textOf(file)?.lastIndexOf('sniff') ?? -1;
		const report = session.report(file, { within: { start, end: start }, ms: 0 });
		assert.equal(report?.isPartial, true);
		assert.ok(report.findings.some(({ rule, place }) => rule === 'nosniff-invalid' && place.span.start === start));
		const known = session.report(file, { ms: 0 })?.findings ?? [];
		assert.deepEqual(
			known.filter(({ rule }) => rule === 'nosniff-invalid').map(({ place }) => place.span.start),
			[start],
		);
	});

	it('says at last what holds of a text that was typed meanwhile', () => {
		const edits = [
			sites(20).replace('sniff', 'nosniff'),
			sites(20).replace('DENY', 'SAMEORIGIN'),
			sites(20, 'nosnif'),
			sites(19, 'nosnif'),
			`# note\n${sites(19, 'nosnif')}`,
			sites(21),
		];
		const session = sessionWith(sites(20));
		const type = (): void => {
			const next = edits.shift();
			if (next !== undefined) session.open(createSource(file, next));
		};
		// What replaces every site is judged at once, and the next edit is made after that.
		for (; 0 < edits.length; type()) judgeInParts(session, type);
		judgeInParts(session);
		assert.deepEqual(told(session.report(file)), told(sessionWith(sites(21)).report(file)));
	});

	for (const pull of [true, false])
		it(`reaches an editor that ${pull ? 'pulls' : 'is pushed'} its diagnostics as a whole`, async () => {
			const editor = await startEditor({ server: 'in-process', pull, settings: { maxFindingsPerFile: 10_000 } });
			try {
				editor.open('Caddyfile', sites(300));
				const expected = sessionWith(sites(300)).report(file)?.findings.length ?? 0;
				const counts: number[] = [];
				for (let round = 0; round < 1000 && counts.at(-1) !== expected; round++) {
					counts.push((await editor.diagnostics('Caddyfile')).length);
					await new Promise(resolve => setTimeout(resolve, 10));
				}
				assert.equal(counts.at(-1), expected);
				if ((counts[0] ?? 0) < expected && pull) await editor.waitFor('workspace/diagnostic/refresh');
			} finally {
				await editor.stop();
			}
		});
});
