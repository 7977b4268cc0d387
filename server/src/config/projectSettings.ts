import type { FileReader } from '../model/analysis';
import type { Profile, Severity } from '../rules/rule';
import { folderOf, foldersUpTo } from '../text/paths';
import { createSource } from '../text/source';
import type { CaddyVersion } from './caddySettings';
import { type ProjectFile, projectFileName, readProjectFile } from './projectFile';
import { defaultConfig, type FileConfig } from './types';

/** What the command line or the editor says over all project files. */
export interface SettingsOverride {
	/** The project file to use for every file, absolute; null to look for the nearest one. */
	readonly projectFile: string | null;
	readonly profile: Profile | null;
	readonly severities: ReadonlyMap<string, Severity | 'off'>;
	readonly caddyVersion: CaddyVersion | null;
}

/** The settings of the files of a workspace. */
export interface ProjectSettings {
	/** The settings that hold for a file, by its absolute path. The same settings are the same object. */
	configFor(path: string): FileConfig;
	/** Whether the file's project file says not to lint it. */
	isIgnored(path: string): boolean;
	/** The project file that holds for a file, or null. */
	projectFileOf(path: string): ProjectFile | null;
	/** Forgets everything read, after a project file changed. */
	forget(): void;
}

/** Says nothing over the project files. */
export const noOverride: SettingsOverride = { projectFile: null, profile: null, severities: new Map(), caddyVersion: null };

/**
 * Finds the settings of a file: those of the nearest `.headerlintrc.json` from the file's folder upwards to `root` (DESIGN.md
 * 1.3), with the overrides that match, and `override` over all. Project files are read through `files` and kept until `forget`.
 */
export function createProjectSettings(files: FileReader, root: string, override: SettingsOverride = noOverride): ProjectSettings {
	const byFolder = new Map<string, ProjectFile | null>();
	const byPath = new Map<string, ProjectFile | null>();
	const configs = new Map<string, FileConfig>();

	const read = (path: string): ProjectFile | null => {
		const known = byPath.get(path);
		if (known !== undefined) return known;
		const text = files.read(path);
		const file = text === null ? null : readProjectFile(createSource(path, text));
		byPath.set(path, file);
		return file;
	};
	const projectFileOf = (path: string): ProjectFile | null => {
		if (override.projectFile !== null) return read(override.projectFile);
		const folders = foldersUpTo(folderOf(path), root);
		const passed: string[] = [];
		let found: ProjectFile | null = null;
		for (const folder of folders) {
			const known = byFolder.get(folder);
			found = known === undefined ? read(`${folder === '/' ? '' : folder}/${projectFileName}`) : known;
			passed.push(folder);
			if (found !== null || known !== undefined) break;
		}
		for (const folder of passed) byFolder.set(folder, found);
		return found;
	};
	return {
		projectFileOf,
		isIgnored: path => projectFileOf(path)?.ignores(path) ?? false,
		configFor: path => {
			const file = projectFileOf(path);
			const matching = file?.overrides.map(({ matches }) => matches(path)) ?? [];
			const key = `${file?.path ?? ''}\0${matching.map(matches => (matches ? '1' : '0')).join('')}`;
			const known = configs.get(key);
			if (known !== undefined) return known;
			const config = mergeSettings(file, matching, override);
			configs.set(key, config);
			return config;
		},
		forget: () => {
			byFolder.clear();
			byPath.clear();
			configs.clear();
		},
	};
}

function mergeSettings(file: ProjectFile | null, matching: readonly boolean[], override: SettingsOverride): FileConfig {
	const overridden = override.profile !== null || override.caddyVersion !== null || 0 < override.severities.size;
	if (file === null && !overridden) return defaultConfig;
	const layers =
		file === null ? [] : [file.settings, ...file.overrides.filter((_, index) => matching[index]).map(({ settings }) => settings)];
	const severities = new Map<string, Severity | 'off'>();
	const ruleOptions = new Map<string, unknown>();
	let profile: Profile = defaultConfig.profile;
	for (const layer of layers) {
		profile = layer.profile ?? profile;
		for (const [rule, severity] of layer.severities) severities.set(rule, severity);
		for (const [rule, options] of layer.ruleOptions) ruleOptions.set(rule, options);
	}
	for (const [rule, severity] of override.severities) severities.set(rule, severity);
	return {
		profile: override.profile ?? profile,
		severities,
		ruleOptions,
		acknowledgedPreload: file?.acknowledgedPreload ?? [],
		upstreams: file?.upstreams ?? new Map(),
		caddyVersion: override.caddyVersion ?? file?.caddyVersion ?? defaultConfig.caddyVersion,
		path: file?.path ?? null,
	};
}
