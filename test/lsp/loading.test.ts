import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createSession, type Session } from '../../server/src/lsp/session';
import { createSource } from '../../server/src/text/source';

/** A workspace of sites, each with a mistake, on disk. */
function sites(count: number): string {
	const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'headerlint-loading-'))).replace(/\\/g, '/');
	for (let index = 0; index < count; index++) {
		mkdirSync(`${folder}/site-${index}`);
		writeFileSync(
			`${folder}/site-${index}/Caddyfile`,
			`a${index}.example.com {\n\theader X-Content-Type-Options sniff\n\tfile_server\n}\n`,
		);
	}
	return folder;
}

function told(session: Session): readonly string[] {
	return session
		.reportAll()
		.flatMap(({ path: file, findings }) => findings.map(({ rule, place }) => `${file} ${rule} ${place.span.start}`));
}

function sessionOf(folder: string): Session {
	const session = createSession(message => assert.fail(message));
	session.configure([folder], null);
	return session;
}

/** Takes the smallest steps there are and calls `between` after each. */
function loadInSteps(session: Session, between: (step: number) => void): void {
	for (let step = 0; !session.loadFor(0); step++) {
		assert.ok(step < 1000, 'loading does not end');
		between(step);
	}
}

describe('loading a workspace in steps', () => {
	let folder = '';
	beforeEach(() => {
		folder = sites(12);
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	it('finds what loading at once finds', () => {
		const atOnce = sessionOf(folder);
		atOnce.loadWorkspace();
		const inSteps = sessionOf(folder);
		loadInSteps(inSteps, () => {});
		assert.equal(told(atOnce).length > 12, true);
		assert.deepEqual(told(inSteps), told(atOnce));
	});

	it('takes no old text for a file that is changed, made or deleted meanwhile', () => {
		const session = sessionOf(folder);
		session.loadFor(0);
		const fixed = 'a.example.com {\n\trespond 204\n}\n';
		for (const index of [0, 5, 11, 12]) {
			mkdirSync(`${folder}/site-${index}`, { recursive: true });
			writeFileSync(`${folder}/site-${index}/Caddyfile`, fixed.replace('a.', `a${index}.`));
		}
		rmSync(`${folder}/site-3/Caddyfile`);
		session.changedOnDisk([0, 5, 11, 12].map(index => `${folder}/site-${index}/Caddyfile`));
		session.deletedOnDisk([`${folder}/site-3/Caddyfile`]);
		loadInSteps(session, () => {});
		const fresh = sessionOf(folder);
		fresh.loadWorkspace();
		assert.deepEqual(told(session), told(fresh));
	});

	it('keeps what is typed in an open document', () => {
		const session = sessionOf(folder);
		const file = `${folder}/site-4/Caddyfile`;
		session.open(createSource(file, 'a4.example.com {\n\trespond 204\n}\n'));
		loadInSteps(session, step => session.open(createSource(file, `a4.example.com {\n\trespond 20${step % 7}\n}\n`)));
		assert.equal(
			session.report(file)?.findings.some(({ rule }) => rule === 'nosniff-invalid'),
			false,
		);
	});
});
