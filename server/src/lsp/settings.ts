import type { Profile } from '../rules/rule';

/** The editor's settings (`headerlint.*`). */
export interface EditorSettings {
	readonly enable: boolean;
	readonly run: 'onType' | 'onSave';
	/** Stands over the project files; null leaves the choice to them. */
	readonly profile: Profile | null;
	/** More findings of one file are counted, not listed: an editor cannot show thousands, and sending them takes its time. */
	readonly maxFindingsPerFile: number;
}

export const defaultSettings: EditorSettings = { enable: true, run: 'onType', profile: null, maxFindingsPerFile: 500 };

/** Reads what a client answers for the section `headerlint`. What is missing or of the wrong type has its default; never throws. */
export function readSettings(value: unknown): EditorSettings {
	if (typeof value !== 'object' || value === null) return defaultSettings;
	const read = new Map<string, unknown>(Object.entries(value));
	const enable = read.get('enable');
	const limit = read.get('maxFindingsPerFile');
	return {
		enable: typeof enable === 'boolean' ? enable : defaultSettings.enable,
		run: read.get('run') === 'onSave' ? 'onSave' : 'onType',
		profile: profiles.find(profile => profile === read.get('profile')) ?? null,
		maxFindingsPerFile: typeof limit === 'number' && Number.isInteger(limit) && 1 <= limit ? limit : defaultSettings.maxFindingsPerFile,
	};
}

const profiles: readonly Profile[] = ['ui', 'api', 'public-asset', 'strict'];
