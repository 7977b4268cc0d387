import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { projectedScore } from '../../server/src/grade/observatory';
import { isSecurityHeader } from '../../server/src/headers/names';
import { isScript, type Linter } from '../../server/src/linter';
import type { Surface } from '../../server/src/model/surface';
import { type AdaptServer, startAdaptServer } from '../support/adaptServer';
import { root } from '../support/cli';
import { fixEverything, workspaceLinter } from '../support/fixEverything';
import { readFixture } from '../support/fixture';
import { fixtureOptions } from '../support/fixtureOptions';
import type { LintTextOptions } from '../support/lintText';
import { hasCaddy } from '../support/realCaddy';
import { readVectors, vectorFile } from '../support/vectors';

interface Input {
	readonly label: string;
	readonly name: string;
	readonly text: string;
	readonly options: LintTextOptions;
}

/** Rules whose finding says that the header it names does nothing where it stands, so that taking it out loses nothing. */
const saysVoid = new Set(['xfo-allow-from', 'hsts-over-http', 'header-value-empty', 'deprecated-header', 'deprecated-x-xss-protection']);

describe('fixes are closed', () => {
	let caddy: AdaptServer | null = null;
	before(async function () {
		this.timeout(30_000);
		if (hasCaddy()) caddy = await startAdaptServer(root, {});
	});
	after(() => caddy?.stop());

	for (const { label, name, text, options } of [...fixtures(), ...vectors(), ...corpus()]) {
		it(label, async function () {
			this.timeout(60_000);
			const before = fixEverything(name, text, 'safe', options);
			assert.deepEqual(
				before.findings.filter(finding => finding.fixes.some(({ safe }) => safe)).map(({ rule }) => rule),
				[],
				'a safe fix is left',
			);
			const after = fixEverything(name, text, 'suggested', options);
			assert.deepEqual(
				after.findings.filter(finding => 0 < finding.fixes.length).map(({ rule }) => rule),
				[],
				'a fix is left',
			);
			const fixed = after.texts[`/workspace/${name}`] ?? '';
			if (isScript(name) && syntaxErrors(name, text) === 0) assert.equal(syntaxErrors(name, fixed), 0, `no longer parses:\n${fixed}`);
			// What Caddy refuses before the fix may still be refused after it: half-typed files and unknown imports are fixtures, too.
			if (!isScript(name) && caddy !== null && (await caddy.adapt(text)) === null)
				assert.equal(await caddy.adapt(fixed), null, `Caddy no longer accepts\n${fixed}`);
			const now = new Set(sentBy(after.linter.workspace.surfaces));
			const original = workspaceLinter(name, text, options);
			const voided = new Set(
				original
					.reportAll()
					.flatMap(report =>
						report.findings.filter(({ rule }) => saysVoid.has(rule)).flatMap(({ headers }) => headers.map(header => header.toLowerCase())),
					),
			);
			const lost = sentBy(original.workspace.surfaces).filter(line => !now.has(line) && !voided.has(line.split(' ')[1] ?? ''));
			assert.deepEqual(lost, [], 'headers that were sent are gone');
			assert.deepEqual(fallenScores(original, after.linter), [], 'the projected Observatory score has fallen');
		});
	}
});

/** `label: before -> after` of every surface whose projected score is lower after the fixes. */
function fallenScores(before: Linter, after: Linter): readonly string[] {
	return before.workspace.surfaces.flatMap((surface, index) => {
		const now = after.workspace.surfaces[index];
		const old = projectedScore(surface, before.workspace)?.score;
		const score = now === undefined ? undefined : projectedScore(now, after.workspace)?.score;
		return old !== undefined && score !== undefined && score < old ? [`${surface.label}: ${old} -> ${score}`] : [];
	});
}

/** `surface header` of everything some content response carries for sure. */
function sentBy(surfaces: readonly Surface[]): readonly string[] {
	return surfaces.flatMap((surface, index) => [
		...new Set(
			surface.responses
				.filter(({ outcome }) => outcome === 'content')
				.flatMap(({ headers }) => headers.filter(({ certainty }) => certainty === 'always').map(({ name }) => name.toLowerCase()))
				.filter(isSecurityHeader)
				.map(header => `${index} ${header}`),
		),
	]);
}

function syntaxErrors(name: string, text: string): number {
	return (
		ts.transpileModule(text, { fileName: name, reportDiagnostics: true, compilerOptions: { module: ts.ModuleKind.ESNext } }).diagnostics
			?.length ?? 0
	);
}

function fixtures(): readonly Input[] {
	const folder = path.join(root, 'test/rules');
	return readdirSync(folder).flatMap(rule =>
		readdirSync(path.join(folder, rule))
			.filter(file => !file.includes('.fixed.') && !file.endsWith('.http') && statSync(path.join(folder, rule, file)).isFile())
			.map(file => ({
				label: `fixture ${rule}/${file}`,
				name: file,
				...fixtureInput(path.join(folder, rule, file)),
			})),
	);
}

function fixtureInput(file: string): { readonly text: string; readonly options: LintTextOptions } {
	const { text } = readFixture(readFileSync(file, 'utf8'));
	return { text, options: fixtureOptions(file, text) };
}

function vectors(): readonly Input[] {
	return readVectors().flatMap(vector => {
		const { name, text, options } = vectorFile(vector);
		return name.endsWith('.http') ? [] : [{ label: `vector ${vector.id}`, name, text, options }];
	});
}

function corpus(): readonly Input[] {
	const folder = path.join(root, '../shared/corpus/caddyfiles');
	if (!existsSync(folder)) return absent('corpus');
	return readdirSync(folder)
		.filter(file => file.endsWith('.caddyfile'))
		.sort()
		.map(file => ({ label: `corpus ${file}`, name: file, text: readFileSync(path.join(folder, file), 'utf8'), options: {} }));
}

function absent(what: string): readonly [] {
	console.error(`*** not here: the ${what} of ../shared; its part of the closure test is left out ***`);
	return [];
}
