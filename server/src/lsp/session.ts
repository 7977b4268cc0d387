import { isProjectFile } from '../config/projectFile';
import { createProjectSettings, noOverride, type ProjectSettings } from '../config/projectSettings';
import type { FileReport, Wanted } from '../fileReport';
import { copyFinding } from '../finding';
import { fixPass } from '../fixes/pass';
import { hasHeaderCode, staysWithoutHeaderCode } from '../javascript/gate';
import { createLinter, type Linter } from '../linter';
import { isScript } from '../member';
import type { FileReader } from '../model/analysis';
import type { Profile } from '../rules/rule';
import { isSameText } from '../text/documentSource';
import { applyEdits } from '../text/edit';
import { folderOf, relativePath } from '../text/paths';
import { createSource, type SourceText } from '../text/source';
import { discoverySteps } from '../workspace/discover';
import { diskFiles } from '../workspace/diskFiles';
import { fileKind } from '../workspace/fileKind';
import { isPage } from '../workspace/staticPages';

/** The open documents over the files of the workspace folders. Paths are absolute, with `/`. Knows nothing of the protocol. */
export interface Session {
	/** Sets the workspace folders and the profile that stands over the project files; everything is linted anew. */
	configure(folders: readonly string[], profile: Profile | null): void;
	/** A document was opened or has a new text. */
	open(source: SourceText): void;
	close(path: string): void;
	/** Files were changed or made on disk. */
	changedOnDisk(paths: readonly string[]): void;
	/** Files were deleted. A document of one that is still open has findings of its own, but is no part of the workspace. */
	deletedOnDisk(paths: readonly string[]): void;
	/** The findings of a file; null where there is nothing to say about it. */
	report(path: string, wanted?: Wanted): FileReport | null;
	/** Finds and reads the files of all workspace folders. Done once; `changedOnDisk` keeps it up to date. */
	loadWorkspace(): void;
	/** The same in short steps, for messages to be answered in between: works for about `ms` milliseconds (one step at least), answers whether it is done. */
	loadFor(ms: number): boolean;
	/** Everything that is known, sorted by path; the whole workspace after `loadWorkspace`. */
	reportAll(): readonly FileReport[];
	/** The text of a file after all its safe fixes, pass by pass until nothing safe is left; null where nothing changes. */
	fixedText(path: string): string | null;
	/** The text of an open document, or of the file. */
	textOf(path: string): string | null;
	/** The same with its lines. */
	sourceOf(path: string): SourceText | null;
	/** One linter per workspace folder; a file outside all folders has one of its own. */
	readonly linters: readonly Linter[];
	/** The linter of the folder a path lies in, with the settings that hold there. */
	linterOf(path: string): { readonly linter: Linter; readonly settings: ProjectSettings };
	/** Whether closed files may depend on this one: its findings are worth asking for after it changed. */
	readonly isLoaded: boolean;
	/** Changes whenever any answer may have changed. */
	readonly generation: number;
}

interface Project {
	readonly root: string;
	readonly linter: Linter;
	readonly settings: ProjectSettings;
}

/** Starts a session without folders. `log` is told of a rule that threw. */
export function createSession(log: (message: string) => void): Session {
	const disk = diskFiles();
	const open = new Map<string, SourceText>();
	const projects = new Map<string, Project>();
	/** Open documents whose file is gone: editors keep the text for a while after the tab was closed. */
	const orphans = new Set<string>();
	let folders: readonly string[] = [];
	let profile: Profile | null = null;
	let loaded = false;
	let generation = 1;

	const files: FileReader = {
		read: path => open.get(path)?.text ?? disk.read(path),
		list: folder => disk.list(folder),
	};
	const onDisk = (path: string): SourceText | null => {
		const text = disk.read(path);
		return text === null ? null : createSource(path, text);
	};
	const projectAt = (root: string): Project => {
		const known = projects.get(root);
		if (known !== undefined) return known;
		const settings = createProjectSettings(files, root, { ...noOverride, profile });
		const linter = createLinter({
			files,
			root,
			env: new Map(),
			typing: true,
			configFor: settings.configFor,
			onFailure: (rule, error) => log(`${rule} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
		});
		const project = { root, linter, settings };
		projects.set(root, project);
		return project;
	};
	/** The innermost workspace folder that holds the file; a file outside all of them is a workspace of its folder. */
	const projectOf = (path: string): Project => {
		let best = '';
		for (const folder of folders) if (best.length < folder.length && relativePath(folder, path) !== null) best = folder;
		return projectAt(best === '' ? folderOf(path) : best);
	};
	/** The text of the script that was typed in last, where it held no header code. */
	let plain: { readonly path: string; readonly text: string } | null = null;
	const holdsHeaderCode = (path: string, text: string): boolean => {
		const held = plain?.path === path && staysWithoutHeaderCode(plain.text, text) ? false : hasHeaderCode(text);
		if (open.has(path)) plain = held ? null : { path, text };
		return held;
	};
	/** Gives the linter a text, or takes a file from it that holds nothing to lint. Answers whether any finding may change. */
	const give = (path: string, source: SourceText | null): boolean => {
		const { linter, settings } = projectOf(path);
		const matters = source !== null && !settings.isIgnored(path) && (!isScript(path) || holdsHeaderCode(path, source.text));
		if (matters) {
			linter.update(source);
			return true;
		}
		const wasMember = linter.has(path);
		if (wasMember) linter.remove(path);
		const isRead = linter.reads(path);
		if (isRead) linter.invalidate(path);
		return wasMember || isRead;
	};
	/** What is left to do until all files are known; null before that was begun and afterwards. */
	let loading: Generator<void, void, void> | null = null;
	function* loadSteps(): Generator<void, void, void> {
		let changed = false;
		for (const root of folders) {
			const { settings, linter } = projectAt(root);
			const steps = discoverySteps([root], { root, useIgnoreFiles: true, isIgnored: settings.isIgnored });
			for (const found of steps) {
				yield;
				if (found === null || open.has(found.path) || !give(found.path, createSource(found.path, found.text))) continue;
				changed = true;
				linter.prepare(found.path);
			}
		}
		if (changed) generation++;
	}
	/** Goes on loading until everything is known or the time is over. */
	const load = (ms: number): boolean => {
		if (loaded) return true;
		const end = performance.now() + ms;
		loading ??= loadSteps();
		do {
			if (loading.next().done !== true) continue;
			loaded = true;
			loading = null;
			return true;
		} while (performance.now() < end);
		return false;
	};
	const restart = (): void => {
		projects.clear();
		disk.forget(null);
		generation++;
		const wasLoaded = loaded;
		loaded = false;
		loading = null;
		if (wasLoaded) load(Number.POSITIVE_INFINITY);
		for (const [path, source] of open) give(path, source);
	};
	/** Takes over a project file that is being typed. What it stops ignoring comes back when it is saved. */
	const settle = (path: string): void => {
		for (const { linter, settings } of projects.values()) {
			settings.forget();
			for (const member of linter.members) if (settings.isIgnored(member)) linter.remove(member);
			linter.invalidate(path);
			linter.reconsider();
		}
		for (const [path, source] of open) give(path, source);
	};
	const changedOnDisk = (paths: readonly string[]): void => {
		if (paths.length === 0) return;
		for (const path of paths) if (orphans.delete(path)) generation++;
		if (paths.some(path => isProjectFile(path) || /(?:^|\/)\.(?:git)?ignore$/.test(path))) {
			restart();
			return;
		}
		for (const path of paths) {
			disk.forget(path);
			if (open.has(path)) continue;
			const { linter } = projectOf(path);
			const isMember = linter.has(path);
			const isNew = (loaded || loading !== null) && fileKind(path.slice(path.lastIndexOf('/') + 1)) !== null;
			let changed = false;
			if (isMember || isNew) changed = give(path, onDisk(path));
			else if (linter.reads(path) || isPage(path)) {
				linter.invalidate(path);
				changed = true;
			}
			// A build that writes ten thousand scripts must not have every open document linted as often.
			if (changed) generation++;
		}
	};
	return {
		configure: (newFolders, newProfile) => {
			folders = newFolders;
			profile = newProfile;
			restart();
		},
		open: source => {
			const { path } = source;
			const before = open.get(path);
			if (before !== undefined && isSameText(before, source)) return;
			open.set(path, source);
			if (isProjectFile(path)) settle(path);
			else if (!give(path, source)) return;
			generation++;
		},
		close: path => {
			open.delete(path);
			orphans.delete(path);
			disk.forget(path);
			// What was typed into a project file and not saved holds no longer.
			if (isProjectFile(path)) settle(path);
			const { linter } = projectOf(path);
			if (loaded || loading !== null || linter.reads(path)) give(path, onDisk(path));
			else linter.remove(path);
			generation++;
		},
		changedOnDisk,
		deletedOnDisk: paths => {
			changedOnDisk(paths);
			for (const path of paths) {
				if (!open.has(path)) continue;
				orphans.add(path);
				generation++;
			}
		},
		report: (path, wanted) => {
			const { linter, settings } = projectOf(path);
			if (settings.isIgnored(path)) return null;
			// A script without header code: asking the linter would have it look through the whole workspace for who imports it.
			if (open.has(path) && isScript(path) && !linter.has(path)) return null;
			if (open.has(path) || linter.has(path) || fileKind(path.slice(path.lastIndexOf('/') + 1)) === null)
				return linter.report(path, wanted);
			// Asked for before it was opened: what the file holds counts, and the file does not become part of the workspace.
			const source = onDisk(path);
			if (source === null || !give(path, source)) return linter.report(path, wanted);
			const report = linter.report(path, wanted);
			linter.remove(path);
			return report;
		},
		loadWorkspace: () => {
			load(Number.POSITIVE_INFINITY);
		},
		loadFor: load,
		reportAll: () =>
			[...projects.values()]
				.flatMap(({ linter }) => linter.reportAll())
				.filter(({ path }) => !orphans.has(path))
				.sort((left, right) => (left.path < right.path ? -1 : left.path === right.path ? 0 : 1)),
		fixedText: path => {
			const { linter } = projectOf(path);
			const before = files.read(path);
			if (before === null) return null;
			let text = before;
			try {
				for (let pass = 0; pass < passLimit; pass++) {
					const findings = (linter.report(path)?.findings ?? []).filter(({ place }) => place.path === path);
					const mine = findings.map(finding =>
						copyFinding(finding, { fixes: fixes => fixes.filter(fix => fix.safe && fix.edits.every(edit => edit.path === path)) }),
					);
					const { edits } = fixPass(mine, 'safe');
					const next = applyEdits(text, edits.get(path) ?? []);
					if (next === text) break;
					text = next;
					linter.update(createSource(path, text));
				}
			} finally {
				if (text !== before) linter.update(createSource(path, before));
			}
			return text === before ? null : text;
		},
		textOf: path => files.read(path),
		sourceOf: path => open.get(path) ?? onDisk(path),
		get linters() {
			return [...projects.values()].map(({ linter }) => linter);
		},
		linterOf: projectOf,
		get isLoaded() {
			return loaded;
		},
		get generation() {
			return generation;
		},
	};
}

/** Safe fixes settle after two or three passes; a rule whose fix does not is stopped here. */
const passLimit = 10;
