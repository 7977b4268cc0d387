import type { AnalysisOptions } from '../model/analysis';
import type { Profile, Severity } from '../rules/rule';
import type { Place } from '../text/span';

/** The settings that hold for one linted file: its nearest project file with the overrides that match (DESIGN.md 1.3). */
export interface FileConfig {
	readonly profile: Profile;
	/** What the user says of a rule; a rule that is not in it has its own severity. */
	readonly severities: ReadonlyMap<string, Severity | 'off'>;
	readonly ruleOptions: ReadonlyMap<string, unknown>;
	/** The entries of `hsts.preload.acknowledged`, domains in lower case. */
	readonly acknowledgedPreload: readonly PreloadAcknowledgement[];
	/** `localhost:3000` -> absolute path of the app that answers there. */
	readonly upstreams: ReadonlyMap<string, string>;
	/** Which Caddy the Caddyfiles are for. */
	readonly caddyVersion: AnalysisOptions['caddyVersion'];
	/** The project file the settings come from, or null for the defaults. */
	readonly path: string | null;
}

export interface PreloadAcknowledgement {
	readonly domain: string;
	readonly reason: string;
	readonly place: Place | null;
}

/** What holds where there is no project file. */
export const defaultConfig: FileConfig = {
	profile: 'ui',
	severities: new Map(),
	ruleOptions: new Map(),
	acknowledgedPreload: [],
	upstreams: new Map(),
	caddyVersion: '2.11',
	path: null,
};
