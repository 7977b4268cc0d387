import type { Finding } from '../../server/src/finding';
import { type FixTier, fixPass } from '../../server/src/fixes/pass';
import { createLinter, type Linter } from '../../server/src/linter';
import { applyEdits } from '../../server/src/text/edit';
import { createSource } from '../../server/src/text/source';
import { type LintTextOptions, linterHost, workspaceTexts } from './lintText';

export interface FixedWorkspace {
	/** Every file's text after fixing, by absolute path. */
	readonly texts: Readonly<Record<string, string>>;
	readonly findings: readonly Finding[];
	readonly linter: Linter;
	readonly rounds: number;
}

/**
 * Fixes a text and its workspace pass by pass, as `headerlint check --fix` does, until a pass changes nothing.
 * Throws after 20 passes: fixes that call for each other never end.
 */
export function fixEverything(name: string, text: string, tier: FixTier, options: LintTextOptions = {}): FixedWorkspace {
	const path = `/workspace/${name}`;
	let texts = { ...workspaceTexts(options), [path]: text };
	for (let rounds = 0; rounds < 20; rounds++) {
		const linter = linterOver(texts, [...(options.members ?? []), path], options);
		const findings = linter.reportAll().flatMap(report => report.findings);
		const { edits } = fixPass(findings, tier);
		if (edits.size === 0) return { texts, findings, linter, rounds };
		const next = { ...texts };
		for (const [file, list] of edits) next[file] = applyEdits(texts[file] ?? '', list);
		texts = next;
	}
	throw new Error(`${name}: the ${tier} fixes come to no end:\n${texts[path]}`);
}

/** The workspace of one text, before any fix. */
export function workspaceLinter(name: string, text: string, options: LintTextOptions = {}): Linter {
	const path = `/workspace/${name}`;
	return linterOver({ ...workspaceTexts(options), [path]: text }, [...(options.members ?? []), path], options);
}

function linterOver(texts: Readonly<Record<string, string>>, members: readonly string[], options: LintTextOptions): Linter {
	const linter = createLinter(linterHost(texts, options));
	for (const member of members) linter.update(createSource(member, texts[member] ?? ''));
	return linter;
}
