import assert from 'node:assert/strict';
import { applyFixes, type FixOutcome } from '../../server/src/cli/fixLoop';
import type { FixTier } from '../../server/src/fixes/pass';
import { isSecurityHeader } from '../../server/src/headers/names';
import { createLinter } from '../../server/src/linter';
import { isScript } from '../../server/src/member';
import { createSource } from '../../server/src/text/source';
import { linterHost } from '../support/lintText';
import { memoryFiles } from '../support/memoryFiles';
import { createRandom, seedOf } from '../support/random';
import { allApps } from './allApps';
import { type AppFixture, fixtureFiles, requestOf, root } from './oracle';
import { randomApp } from './randomApp';
import { ask, quietly, type RealAnswer, withRunning } from './realApp';

const total = Number(process.env['APPS'] ?? 60);

/** A fixed app is the same app: it starts, answers alike, and sends every security header it sent. */
describe('apps after fixing, asked for real', function () {
	this.timeout(120_000);

	it(`keeps ${total} random apps running`, async () => {
		const seed = seedOf(1);
		const wrong: string[] = [];
		let fixes = 0;
		await quietly(async () => {
			for (let index = 0; index < total; index++) {
				const app = randomApp(createRandom(seed * 100_000 + index), `seed ${seed}, app ${index}`);
				const found = await compareFixed({ ...app, asked: ['OPTIONS /', 'GET /no/such/path', ...app.requests] });
				fixes += found.fixes;
				wrong.push(...found.wrong);
			}
		});
		console.log(`      seed ${seed}: ${fixes} fixes applied, ${wrong.length} differences`);
		assert.equal(wrong.length, 0, `\n${wrong.slice(0, Number(process.env['SHOW'] ?? 3)).join('\n\n')}`);
	});

	for (const app of allApps)
		it(app.name, async () => {
			const { wrong } = await quietly(() =>
				compareFixed({ ...app, asked: ['GET /', 'OPTIONS /', 'GET /no/such/path', ...(app.requests ?? [])] }),
			);
			assert.equal(wrong.length, 0, `\n${wrong.join('\n\n')}`);
		});
});

interface Fixed {
	readonly app: AppFixture;
	readonly applied: FixOutcome['applied'];
	/** Findings that would be fixed further. */
	readonly left: readonly string[];
}

/** The fixture as `headerlint check --fix` or `--fix-suggested` leaves it. */
function fixed(app: AppFixture, tier: FixTier): Fixed {
	const original = fixtureFiles(app);
	const texts = new Map(Object.entries(original));
	const read = (path: string): string | null => texts.get(path) ?? null;
	const linter = createLinter({ ...linterHost(original, {}), files: { ...memoryFiles(original), read }, root });
	const names = Object.keys(app.files);
	for (const name of names.filter(isScript)) linter.update(createSource(`${root}/${name}`, read(`${root}/${name}`) ?? ''));
	const { applied } = applyFixes(linter, tier, { texts, read });
	const left = linter
		.reportAll()
		.flatMap(({ findings }) => findings)
		.filter(({ fixes }) => fixes.some(({ safe }) => safe || tier === 'suggested'))
		.map(({ rule, message }) => `${rule}: ${message}`);
	return { app: { ...app, files: Object.fromEntries(names.map(name => [name, read(`${root}/${name}`) ?? ''])) }, applied, left };
}

/** What fixing an app changed that it must not change, as sentences. */
async function compareFixed(
	app: AppFixture & { readonly asked: readonly string[] },
): Promise<{ readonly wrong: readonly string[]; readonly fixes: number }> {
	const before = await answersOf(app, app.asked);
	const wrong: string[] = [];
	let fixes = 0;
	for (const tier of ['safe', 'suggested'] as const) {
		const after = fixed(app, tier);
		fixes += after.applied.length;
		const differences = [
			...after.left.map(each => `left: ${each}`),
			...(before instanceof Error || after.applied.length === 0 ? [] : await changesOf(before, after)),
		];
		if (0 < differences.length) wrong.push(`${app.name}, ${tier}\n${differences.join('\n')}\n${shown(after)}\n=== before\n${filesOf(app)}`);
	}
	return { wrong, fixes };
}

type Answers = ReadonlyMap<string, RealAnswer>;

/** What the app answers; where it cannot be started, why. */
async function answersOf(app: AppFixture, requests: readonly string[]): Promise<Answers | Error> {
	try {
		return await withRunning(app, root, async port => {
			const answers = new Map<string, RealAnswer>();
			for (const request of requests) {
				const { method, url, host } = requestOf(request);
				answers.set(request, await ask(port, method, url, host));
			}
			return answers;
		});
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}

async function changesOf(before: Answers, { app, applied }: Fixed): Promise<readonly string[]> {
	const after = await answersOf(app, [...before.keys()]);
	if (after instanceof Error) return [`it no longer starts or answers: ${after.message}`];
	return [...before].flatMap(([request, old]) => {
		const now = after.get(request);
		if (now === undefined) return [`${request}: no answer`];
		// Helmet failed every request, and now it does not.
		if (old.status === 500 && applied.some(({ rule }) => repairs.has(rule))) return [];
		// An option under its right name does what was meant: it switches off, too.
		const isSaid = (name: string): boolean =>
			applied.some(({ rule, title }) => rule === 'helmet-unknown-option' || title.toLowerCase().includes(name));
		const lost = namesIn(old).filter(name => !namesIn(now).includes(name) && !isSaid(name));
		return [
			...(old.status === now.status ? [] : [`${request}: status ${old.status} -> ${now.status}`]),
			...(bodyOf(old) === bodyOf(now) ? [] : [`${request}: body ${bodyOf(old)} -> ${bodyOf(now)}`]),
			...lost.map(name => `${request}: ${name} is gone`),
		];
	});
}

const repairs: ReadonlySet<string> = new Set(['helmet-not-called', 'helmet-runtime-error']);

function namesIn({ headers }: RealAnswer): readonly string[] {
	return headers.map(([name]) => name).filter(isSecurityHeader);
}

/** Error pages tell where in the code the error was made. */
function bodyOf({ body }: RealAnswer): string {
	return body.replace(/&nbsp;/g, ' ').replace(/ at .*/g, '');
}

function shown({ app, applied }: Fixed): string {
	return `${applied.map(({ path, line, rule, title }) => `${path.slice(root.length + 1)}:${line + 1} ${rule}: ${title}`).join('\n')}\n${filesOf(app)}`;
}

function filesOf(app: AppFixture): string {
	const files = Object.entries(app.files).map(([name, text]) => `--- ${name}\n${text}`);
	return `(${app.express}, ${app.helmet}, ${JSON.stringify(app.env ?? {})})\n${files.join('')}`;
}
