import { existsSync } from 'node:fs';
import { createProjectSettings } from '../config/projectSettings';
import { createLinter } from '../linter';
import { checkedSurfaces } from '../report/checkedSurfaces';
import { createCheckResult } from '../report/checkResult';
import { printable } from '../report/printable';
import { folderOf, relativePath } from '../text/paths';
import { createSource } from '../text/source';
import { type Discovery, discoverFiles } from '../workspace/discover';
import { diskFiles } from '../workspace/diskFiles';
import { fileKind } from '../workspace/fileKind';
import { applyFixes, type FixOutcome } from './fixLoop';
import { absolutePath, type ReportFlags, settingsOverride, shownPath, writeReport } from './reportFlags';
import { CommandFailure, exitStatus, type Terminal } from './terminal';

/** The flags of `headerlint check`. */
export interface CheckFlags extends ReportFlags {
	readonly fix?: true;
	readonly fixSuggested?: true;
	readonly fixDryRun?: true;
	/** False after `--no-ignore`. */
	readonly ignore: boolean;
	readonly stdin?: true;
	readonly stdinFilename?: string;
}

/** `headerlint check`: lints files and folders, or standard input, and answers with the exit status. Throws a `CommandFailure` on bad usage. */
export async function runCheck(typed: readonly string[], flags: CheckFlags, terminal: Terminal): Promise<number> {
	const started = performance.now();
	const override = settingsOverride(flags, terminal);
	const paths = typed.map(path => absolutePath(terminal, path));
	const root = workspaceRoot(terminal.cwd, paths);
	const disk = diskFiles();
	const changed = new Map<string, string>();
	const files = { ...disk, read: (path: string) => changed.get(path) ?? disk.read(path) };
	const settings = createProjectSettings(files, root, override);
	const found = flags.stdin === true ? standardInput(flags, terminal) : discovered(paths, root, flags, settings.isIgnored, terminal);

	const failures: string[] = [];
	const linter = createLinter({
		files,
		root,
		env: new Map(),
		configFor: settings.configFor,
		onFailure: (rule, error) => failures.push(`${rule}: ${error instanceof Error ? error.message : String(error)}`),
	});
	for (const { path, text } of found.files) {
		changed.set(path, text);
		linter.update(createSource(path, text));
	}
	const originals = new Map(changed);
	const tier = flags.fixSuggested === true ? 'suggested' : flags.fix === true || flags.fixDryRun === true ? 'safe' : null;
	const fixes: FixOutcome | null = tier === null ? null : applyFixes(linter, tier, { texts: changed, read: files.read });

	const result = createCheckResult(linter.reportAll(), {
		skipped: found.skipped.map(({ path, reason }) => ({
			path,
			reason,
			kind: fileKind(path.slice(path.lastIndexOf('/') + 1)) ?? 'caddyfile',
		})),
		surfaces: () => checkedSurfaces(linter),
		durationMs: performance.now() - started,
		shownPath: path => shownPath(terminal, path),
		textOf: files.read,
	});
	const fixed = fixes?.applied.map(({ path, line, rule, title }) => {
		return printable(`${flags.fixDryRun === true ? 'would fix' : 'fixed'} ${shownPath(terminal, path)}:${line + 1} ${rule}: ${title}`);
	});
	if (fixes !== null && flags.fixDryRun !== true) {
		const { writeTexts } = await import('./writeTexts');
		writeTexts(
			fixes.texts,
			path => originals.get(path) ?? disk.read(path),
			path => shownPath(terminal, path),
		);
	}
	const status = await writeReport(result, flags, terminal, fixed);
	for (const failure of failures) terminal.tell(`headerlint: internal failure in ${failure}; its findings are left out`);
	return 0 < failures.length ? exitStatus.failure : status;
}

/**
 * The folder above which nothing is looked up: the nearest folder from `cwd` upwards that holds `.git`, else `cwd` itself, or
 * the folder that also holds every path asked for.
 */
export function workspaceRoot(cwd: string, paths: readonly string[]): string {
	let root = repositoryOf(cwd) ?? cwd;
	for (const path of paths) while (path !== root && relativePath(root, path) === null && root !== folderOf(root)) root = folderOf(root);
	return root;
}

function repositoryOf(cwd: string): string | null {
	for (let folder = cwd; ; folder = folderOf(folder)) {
		if (existsSync(`${folder}/.git`)) return folder;
		if (folder === folderOf(folder)) return null;
	}
}

function discovered(
	paths: readonly string[],
	root: string,
	flags: CheckFlags,
	isIgnored: (path: string) => boolean,
	terminal: Terminal,
): Discovery {
	const found = discoverFiles(paths, { root, useIgnoreFiles: flags.ignore, isIgnored });
	const missing = found.missing[0];
	if (missing !== undefined) throw new CommandFailure(`cannot read ${shownPath(terminal, missing.path)}: ${missing.reason}`);
	return found;
}

function standardInput(flags: CheckFlags, terminal: Terminal): Discovery {
	if (flags.stdinFilename === undefined)
		throw new CommandFailure('--stdin needs --stdin-filename, which says whether it is a Caddyfile or code, and whose settings hold');
	if (flags.fix === true || flags.fixSuggested === true)
		throw new CommandFailure('--fix writes files, so it cannot be used with --stdin; --fix-dry-run can');
	const path = absolutePath(terminal, flags.stdinFilename);
	return { files: [{ path, text: terminal.readInput().replace(/^\uFEFF/, '') }], skipped: [], missing: [] };
}
