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
	/** Of a finding that was found in a part of the file: that one, and the offset in the file where the part begins. */
	readonly origin?: { readonly finding: Finding; readonly start: number };
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

/** Writes the fixes of a kept finding when they are asked for. */
export type FixesOf = (finding: Finding) => readonly Fix[];

/** What is kept of a finding where thousands are: what it says, and nothing of what it was found in. `place` and `related` may be moved. */
export function keptFinding(finding: Finding, { place, related }: Pick<Finding, 'place' | 'related'>, fixesOf: FixesOf): Finding {
	return new KeptFinding(finding, place, related, fixesOf);
}

/** A class, so that the getter is one for all. */
class KeptFinding implements Finding {
	readonly rule: string;
	readonly severity: Severity;
	readonly message: string;
	readonly headers: readonly string[];
	readonly reasons: readonly string[];
	readonly branch?: string;
	readonly #fixesOf: FixesOf;

	constructor(
		{ rule, severity, message, headers, reasons, branch }: Finding,
		readonly place: Place,
		readonly related: Finding['related'],
		fixesOf: FixesOf,
	) {
		this.rule = rule;
		this.severity = severity;
		this.message = message;
		this.headers = headers;
		this.reasons = reasons;
		if (branch !== undefined) this.branch = branch;
		this.#fixesOf = fixesOf;
	}

	get fixes(): readonly Fix[] {
		return this.#fixesOf(this);
	}
}

/** Whether two findings say the same at the same place. */
export function sameFinding(left: Finding, right: Finding): boolean {
	return (
		left.rule === right.rule &&
		left.severity === right.severity &&
		left.message === right.message &&
		left.place.path === right.place.path &&
		left.place.span.start === right.place.span.start &&
		left.place.span.end === right.place.span.end
	);
}

/** Leads places of a part of a file to the file; null for places that are gone. */
export type PlaceOf = (place: Place) => Place | null;

/**
 * A finding of a part of a file at its place in the file; `start` is where the part begins, null where the finding is of no part. A keystroke moves hundreds of findings, and of most only the line is asked
 * for, which has not changed: what is different in the file is worked out when it is asked for.
 */
export function findingInFile(finding: Finding, start: number | null, placeOf: PlaceOf): Finding {
	return new FindingInFile(finding, start, placeOf);
}

/** A class, because an object with three getters of its own would be made of four. */
class FindingInFile implements Finding {
	readonly rule: string;
	readonly severity: Severity;
	readonly message: string;
	readonly headers: readonly string[];
	readonly reasons: readonly string[];
	readonly origin?: { readonly finding: Finding; readonly start: number };
	readonly #finding: Finding;
	readonly #placeOf: PlaceOf;

	constructor(finding: Finding, start: number | null, placeOf: PlaceOf) {
		this.rule = finding.rule;
		this.severity = finding.severity;
		this.message = finding.message;
		this.headers = finding.headers;
		this.reasons = finding.reasons;
		if (start !== null) this.origin = { finding, start };
		this.#finding = finding;
		this.#placeOf = placeOf;
	}

	get place(): Place {
		const { place } = this.#finding;
		return this.#placeOf(place) ?? place;
	}

	get related(): Finding['related'] {
		return this.#finding.related.flatMap(({ place, message }) => {
			const at = this.#placeOf(place);
			return at === null ? [] : [{ place: at, message }];
		});
	}

	/** A fix that would touch a part that is gone is void. */
	get fixes(): readonly Fix[] {
		return this.#finding.fixes.flatMap(fix => {
			const edits = editsInFile(fix.edits, this.#placeOf);
			return edits === null ? [] : [{ ...fix, edits }];
		});
	}
}

/** Edits of parts of a file as edits of the file; null where one of them would touch a part that is gone. */
export function editsInFile(edits: readonly TextEdit[], placeOf: PlaceOf): readonly TextEdit[] | null {
	const moved = edits.flatMap(edit => {
		const at = placeOf({ path: edit.path, span: edit.span });
		return at === null ? [] : [{ ...edit, path: at.path, span: at.span }];
	});
	return moved.length === edits.length ? moved : null;
}
