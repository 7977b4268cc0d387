import type { Place } from '../text/span';

/**
 * What is known statically of a JavaScript expression's value. Everything carries the place it was written at, through
 * constants, spreads and imports, so that a finding can point at the very array element.
 */
export type StaticValue =
	| { readonly kind: 'string'; readonly value: string; readonly place: Place; readonly exact: boolean }
	| { readonly kind: 'number'; readonly value: number; readonly place: Place }
	| { readonly kind: 'boolean'; readonly value: boolean; readonly place: Place }
	| { readonly kind: 'null'; readonly place: Place }
	| { readonly kind: 'undefined'; readonly place: Place }
	/** A template or concatenation with unknown parts, in order. */
	| { readonly kind: 'text'; readonly parts: readonly StaticValue[]; readonly place: Place }
	/** `open`: an element or spread could not be resolved, so there may be more. `iterable` for a Set and the like. */
	| {
			readonly kind: 'array';
			readonly elements: readonly StaticValue[];
			readonly open: boolean;
			readonly iterable: 'array' | 'set' | 'generator';
			readonly place: Place;
	  }
	/** In order of evaluation; a later entry of the same key wins. `open`: an unresolved spread or computed key may add or override. */
	| { readonly kind: 'object'; readonly entries: readonly ObjectEntry[]; readonly open: boolean; readonly place: Place }
	/** A function: in a CSP array it is called per request; `returns` where it has a single return of a known value. */
	| { readonly kind: 'function'; readonly returns: StaticValue | null; readonly place: Place }
	/** `helmet.contentSecurityPolicy.dangerouslyDisableDefaultSrc`. */
	| { readonly kind: 'disable-default-src'; readonly place: Place }
	/** One of several, decided by a test nobody can evaluate statically: `isDev ? false : {...}`. */
	| {
			readonly kind: 'branch';
			readonly test: string;
			readonly whenTrue: StaticValue;
			readonly whenFalse: StaticValue;
			readonly place: Place;
	  }
	| { readonly kind: 'unknown'; readonly reason: string; readonly place: Place };

export interface ObjectEntry {
	readonly key: string;
	readonly keyPlace: Place;
	readonly value: StaticValue;
	/** The property as a whole: what is deleted to take it out. */
	readonly place: Place;
}
