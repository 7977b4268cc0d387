import type { Severity } from './rules/rule';
import type { TextEdit } from './text/edit';
import type { Place } from './text/span';

/** What is told to a user, by the editor, the command line and the reports alike. */
export interface Finding {
	/** The rule's id, stable. */
	readonly rule: string;
	readonly severity: Severity;
	readonly message: string;
	readonly headers: readonly string[];
	readonly reasons: readonly string[];
	readonly place: Place;
	readonly related: readonly { readonly place: Place; readonly message: string }[];
	/** Best first. */
	readonly fixes: readonly Fix[];
	/** The case of the program in which it holds, where not in every: `when isDev`. Already part of the message once findings are merged. */
	readonly branch?: string;
}

export interface Fix {
	readonly title: string;
	readonly safe: boolean;
	/** Offsets of the texts that were linted; void as soon as one of them changes. */
	readonly edits: readonly TextEdit[];
}

/** What a copy of a finding may say otherwise. A `branch` of null means that it holds in every case. */
export interface FindingChanges {
	readonly message?: string;
	readonly place?: Place;
	readonly related?: Finding['related'];
	readonly branch?: string | null;
	/** Makes the copy's fixes from those of the original, when they are asked for. */
	readonly fixes?: (original: readonly Fix[]) => readonly Fix[];
}

/** A copy of a finding with some changes. Spreading one would write its fixes, which is to happen only when they are asked for. */
export function copyFinding(finding: Finding, changes: FindingChanges): Finding {
	const { rule, severity, headers, reasons } = finding;
	const branch = changes.branch === undefined ? finding.branch : (changes.branch ?? undefined);
	return {
		rule,
		severity,
		message: changes.message ?? finding.message,
		headers,
		reasons,
		place: changes.place ?? finding.place,
		related: changes.related ?? finding.related,
		...(branch === undefined ? {} : { branch }),
		get fixes() {
			return changes.fixes === undefined ? finding.fixes : changes.fixes(finding.fixes);
		},
	};
}
