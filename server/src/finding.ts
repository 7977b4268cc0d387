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
