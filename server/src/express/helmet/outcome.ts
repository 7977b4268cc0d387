import type { AppObservation, HelmetLibrary } from '../../model/appObservation';
import type { HeaderValue } from '../../model/value';
import type { Place } from '../../text/span';

/**
 * What a helmet call does. Branches of the options (`isDev ? false : {...}`) are already resolved: what holds in every case of
 * the program has `branch: null`, everything else says in which case it holds (`when isDev`, `unless isDev`), and one header
 * may be listed once per case.
 */
export interface HelmetOutcome {
	readonly version: string;
	/** Which package's options these are: findings name it. */
	readonly library: HelmetLibrary;
	/** In the order helmet sets them. */
	readonly headers: readonly HelmetHeader[];
	/** Left out because the options say `false`. */
	readonly omitted: readonly HelmetOmission[];
	/** Fields taken out of the answer: X-Powered-By. */
	readonly removed: readonly HelmetRemoval[];
	/**
	 * Facts about the options, in the order helmet meets them; they become observations. After a throw helmet itself stops, the
	 * model goes on as if that part were mended, so that all mistakes are told at once; what cannot be known then is an unknown token.
	 */
	readonly problems: readonly HelmetProblem[];
	/** What helmet prints with `console.warn` at start. */
	readonly warnings: readonly HelmetWarning[];
}

export interface HelmetHeader {
	readonly name: string;
	readonly value: HeaderValue;
	/** `default`: nobody wrote a part of the value. */
	readonly origin: 'written' | 'default';
	/** `maybe` where an unresolved part of the options decides whether the header is sent, or how. */
	readonly certainty: 'always' | 'maybe';
	/** The option that is responsible, as written; null where there is none. */
	readonly option: WrittenOption | null;
	readonly branch: string | null;
}

/** A property of helmet's options. */
export interface WrittenOption {
	readonly name: string;
	readonly keyPlace: Place;
	/** The property as a whole. */
	readonly place: Place;
	readonly valuePlace: Place;
}

export interface HelmetOmission {
	readonly name: string;
	readonly option: WrittenOption;
	readonly branch: string | null;
}

export interface HelmetRemoval {
	readonly name: string;
	readonly option: WrittenOption | null;
	readonly certainty: 'always' | 'maybe';
	readonly branch: string | null;
}

export interface HelmetWarning {
	readonly message: string;
	readonly place: Place;
	readonly branch: string | null;
}

type ProblemKind =
	| 'helmet-throws'
	| 'helmet-unknown-option'
	| 'helmet-header-disabled'
	| 'helmet-option-ignored'
	| 'helmet-option-default'
	| 'helmet-csp-no-defaults'
	| 'helmet-old-hsts-default';

type WithoutId<T> = T extends AppObservation ? Omit<T, 'id' | 'library'> : never;

/** An observation about options, not yet named. */
export type HelmetProblem = WithoutId<Extract<AppObservation, { readonly kind: ProblemKind }>>;
