import assert from 'node:assert/strict';
import ts from 'typescript';
import { projectedScore } from '../../server/src/grade/observatory';
import { isSecurityHeader } from '../../server/src/headers/names';
import type { Linter } from '../../server/src/linter';
import { isScript } from '../../server/src/member';
import type { Surface } from '../../server/src/model/surface';
import type { AdaptServer } from './adaptServer';
import { fixEverything, workspaceLinter } from './fixEverything';
import type { LintTextOptions } from './lintText';

/**
 * Fixes a text with the safe fixes and with the suggested ones and asserts what fixes promise (DESIGN.md, invariant 5): nothing fixable is left,
 * Caddy and the parser still accept the file, no security header that was sent is gone, and no projected score has fallen.
 */
export async function assertClosed(name: string, text: string, options: LintTextOptions, caddy: AdaptServer | null): Promise<void> {
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
}

/** Rules whose finding says that the header it names does nothing where it stands, so that taking it out loses nothing. */
const saysVoid = new Set(['xfo-allow-from', 'hsts-over-http', 'header-value-empty', 'deprecated-header', 'deprecated-x-xss-protection']);

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
