import { defaultConfig, type FileConfig } from '../../server/src/config/types';
import type { Finding } from '../../server/src/finding';
import { analyzeResponse } from '../../server/src/headers/responseHead';
import { createLinter } from '../../server/src/linter';
import type { LinterHost } from '../../server/src/linterHost';
import type { AnalysisOptions } from '../../server/src/model/analysis';
import { applyEdits } from '../../server/src/text/edit';
import { createSource } from '../../server/src/text/source';
import { memoryFiles } from './memoryFiles';

export interface LintTextOptions {
	/** Other files of the workspace, by absolute path below `/workspace`. They are readable; those named in `members` are linted along. */
	readonly files?: Readonly<Record<string, string>>;
	readonly members?: readonly string[];
	readonly config?: Partial<FileConfig>;
	readonly helmet?: string;
	/** Where a raw response came from. */
	readonly url?: string;
}

/** The files every test workspace has: the installed helmet, and those of the options. */
export function workspaceTexts(options: LintTextOptions): Readonly<Record<string, string>> {
	const helmet = options.helmet ?? '8.3.0';
	return {
		'/workspace/package.json': JSON.stringify({ dependencies: { helmet } }),
		'/workspace/node_modules/helmet/package.json': JSON.stringify({ name: 'helmet', version: helmet }),
		...options.files,
	};
}

/** A linter's host over texts in memory. A rule that throws fails the test. */
export function linterHost(texts: Readonly<Record<string, string>>, options: LintTextOptions): LinterHost & AnalysisOptions {
	const config: FileConfig = { ...defaultConfig, ...options.config };
	return {
		files: memoryFiles(texts),
		root: '/workspace',
		env: new Map(),
		caddyVersion: '2.11',
		configFor: () => config,
		onFailure: (rule, error) => {
			throw new Error(`${rule} threw`, { cause: error });
		},
	};
}

/** Lints one text as the file `/workspace/<name>`; a name that ends in `.http` is a raw response head. */
export function lintText(name: string, text: string, options: LintTextOptions = {}): readonly Finding[] {
	const path = `/workspace/${name}`;
	// `// helmet@7.2.0` on the first line says which helmet is installed.
	const named = /^(?:\/\/|#) helmet@(\S+)/.exec(text)?.[1];
	const texts = { ...workspaceTexts(named === undefined ? options : { helmet: named, ...options }), [path]: text };
	const host = linterHost(texts, options);
	const linter = createLinter(host);
	for (const member of options.members ?? []) linter.update(createSource(member, texts[member] ?? ''));
	const source = createSource(path, text);
	if (name.endsWith('.http')) return linter.judge(analyzeResponse(source, host, options.url ?? 'https://example.com/'));
	linter.update(source);
	return linter.report(path)?.findings ?? [];
}

/** Applies the first fix of the first finding of `rule` that has one, lints again, until none is left. Fails after 50 rounds. */
export function fixText(name: string, text: string, rule: string, options: LintTextOptions = {}): string {
	const path = `/workspace/${name}`;
	let fixed = text;
	for (let round = 0; round < 50; round++) {
		const fix = lintText(name, fixed, options).find(finding => finding.rule === rule && 0 < finding.fixes.length)?.fixes[0];
		if (fix === undefined) return fixed;
		const next = applyEdits(
			fixed,
			fix.edits.filter(edit => edit.path === path),
		);
		if (next === fixed) return fixed;
		fixed = next;
	}
	throw new Error(`the fixes of ${rule} in ${name} come to no end`);
}
