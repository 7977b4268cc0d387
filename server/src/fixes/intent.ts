import type { AppObservation } from '../model/appObservation';
import type { CaddyObservation } from '../model/caddyObservation';
import type { HeaderOperation } from '../model/operation';
import type { Surface, UpstreamUse } from '../model/surface';
import type { Place } from '../text/span';

/**
 * What a fix is to achieve, in terms of the model. A rule proposes intents; the front end that made the model writes them as
 * edits in the file's own style (`DocumentAnalysis.write`), so that no rule knows a syntax.
 */
export type FixIntent =
	/**
	 * Changes parts of a written value. Offsets are those of `operation.value.text`, without overlap. In code the writer
	 * compares the value before and after and changes the options (an array element, `maxAge`), not a string.
	 */
	| { readonly kind: 'change-value'; readonly operation: HeaderOperation; readonly edits: readonly ValueEdit[] }
	/**
	 * Adds header fields to a whole surface, where they are also sent with errors. `inPlaceOf` are upstreams that may send them, too: where it can
	 * be written, theirs are taken away, so that none is sent twice.
	 */
	| {
			readonly kind: 'insert-headers';
			readonly surface: Surface;
			readonly headers: readonly HeaderField[];
			readonly inPlaceOf?: readonly UpstreamUse[];
	  }
	/** Removes fields from the answers of a whole surface (`-Server`, `app.disable('x-powered-by')`). */
	| { readonly kind: 'remove-headers'; readonly surface: Surface; readonly names: readonly string[] }
	/**
	 * Takes the operation out of the source and leaves all others as they are: where it is what defers a block, the block stays deferred,
	 * unless `deferredBesides` says that another part of the fix sees to that.
	 */
	| { readonly kind: 'remove-operation'; readonly operation: HeaderOperation; readonly deferredBesides?: boolean }
	| { readonly kind: 'rename-header'; readonly operation: HeaderOperation; readonly name: string }
	/** Another action or timing for the same field and value: `+X` to `X`, `X` to `>X`. */
	| {
			readonly kind: 'change-action';
			readonly operation: HeaderOperation;
			readonly action: HeaderOperation['action'];
			readonly timing: HeaderOperation['timing'];
	  }
	/** The repair that the front end knows for a structural fact; `variant` chooses among several, see the observation. */
	| { readonly kind: 'repair'; readonly observation: CaddyObservation | AppObservation; readonly variant: string }
	/** Inserts a comment line above the place: acknowledgements and suppressions. `text` without comment marker. */
	| { readonly kind: 'insert-comment'; readonly place: Place; readonly text: string };

export interface ValueEdit {
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

export interface HeaderField {
	readonly name: string;
	readonly value: string;
	/** Whether what the app behind a site sends itself is left as it is. */
	readonly unlessSent?: boolean;
}

/** What a fix writes into the project file that holds for the linted file, instead of into the file itself. */
export interface ProjectIntent {
	readonly kind: 'acknowledge-preload';
	/** A registrable domain, lower case. */
	readonly domain: string;
}
