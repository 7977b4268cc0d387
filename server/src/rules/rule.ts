import type { FileConfig } from '../config/types';
import type { FixIntent, ProjectIntent } from '../fixes/intent';
import type { HeaderOperation } from '../model/operation';
import type { Surface } from '../model/surface';
import type { HeaderValue } from '../model/value';
import type { WorkspaceModel } from '../model/workspace';
import type { Place } from '../text/span';

export type Severity = 'error' | 'warning' | 'info';

/** What kind of content is judged (spec/header-policy.md section 1). */
export type Profile = 'ui' | 'api' | 'public-asset' | 'strict';

/** The folder of the rule's file, and its chapter in the catalogue. */
export type RuleFamily =
	| 'generic'
	| 'csp'
	| 'hsts'
	| 'framing'
	| 'permissions-policy'
	| 'cross-origin'
	| 'cookies'
	| 'caching'
	| 'reporting'
	| 'disclosure'
	| 'deprecated'
	| 'caddy'
	| 'helmet'
	| 'project';

/**
 * One rule of the catalogue. It reads the model only: no syntax, no files, no clock. A rule has a `checkValue`, a
 * `checkSurface`, or both.
 */
export interface Rule {
	readonly id: string;
	readonly family: RuleFamily;
	/** One line for `headerlint rules`: what is wrong, in plain words, no full stop. */
	readonly summary: string;
	/** Severity by profile; `public-asset` takes `ui`'s where it is left out. A report may carry another. */
	readonly severity: {
		readonly ui: Severity | 'off';
		readonly api: Severity | 'off';
		readonly strict: Severity | 'off';
		readonly 'public-asset'?: Severity | 'off';
	};
	/** The best fix it offers: `safe` ones are applied by `--fix` and on save (DESIGN.md 1.4). */
	readonly fix: 'safe' | 'suggested' | 'none';
	/** Lower-case field names whose written values `checkValue` is called with. */
	readonly headers?: readonly string[];
	/** Judges one written value (set, add or default, of a response). Called once per operation. */
	checkValue?(subject: ValueSubject, report: Reporter): void;
	/** Judges a site, an app or a recorded response as a whole. Called once per surface. */
	checkSurface?(subject: SurfaceSubject, report: Reporter): void;
}

export interface SurfaceSubject {
	readonly surface: Surface;
	readonly workspace: WorkspaceModel;
	readonly profile: Profile;
	readonly config: FileConfig;
	/** The rule's own options of the project file; undefined where none are given. */
	readonly options: unknown;
}

export interface ValueSubject extends SurfaceSubject {
	/** The field name, lower case. */
	readonly header: string;
	readonly value: HeaderValue;
	readonly operation: HeaderOperation;
}

export type Reporter = (report: Report) => void;

/** What a rule says. `place` decides the squiggle and the file the finding is listed under. */
export interface Report {
	readonly place: Place;
	/** The header, what is wrong, what follows from it, what to do. One or two sentences. */
	readonly message: string;
	/** Field names the finding is about, in their usual spelling. */
	readonly headers: readonly string[];
	/** Where the condition decides it; otherwise the rule's severity for the profile. A user's setting wins over both. */
	readonly severity?: Severity;
	/** The sub-reasons of `missing-headers`. */
	readonly reasons?: readonly string[];
	readonly related?: readonly RelatedPlace[];
	/** Best first. */
	readonly fixes?: readonly FixProposal[];
}

export interface RelatedPlace {
	readonly place: Place;
	readonly message: string;
}

export interface FixProposal {
	/** An order to the editor, with what it changes: `Set X-Frame-Options to DENY`. */
	readonly title: string;
	readonly safe: boolean;
	readonly intent: FixIntent | ProjectIntent;
	/** What belongs to it elsewhere and is written along: the endpoint that a new `report-to` names. Without it nothing is offered. */
	readonly also?: readonly FixIntent[];
}
