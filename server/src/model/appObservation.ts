import type { Place } from '../text/span';

/**
 * Facts about an app's code that no single header operation shows: order of middleware, options that do nothing, calls that
 * throw. The JavaScript half of the model makes them (`express/`), the rules in `rules/helmet/` turn them into findings.
 * Grows by adding members.
 */
export type AppObservation =
	/** `app.use(helmet)`: every request is answered with status 500 (helmet 8.3, index.ts). */
	| { readonly kind: 'helmet-not-called'; readonly id: string; readonly place: Place }
	/** What is registered before helmet is answered without its headers. */
	| { readonly kind: 'helmet-after'; readonly id: string; readonly place: Place; readonly before: readonly ChainEntry[] }
	/** Constructing or running helmet throws; `message` is helmet's own. */
	| {
			readonly kind: 'helmet-throws';
			readonly id: string;
			readonly place: Place;
			readonly message: string;
			readonly when: 'start' | 'request';
	  };

/** One thing registered on an app, in order. */
export interface ChainEntry {
	readonly kind: 'route' | 'router' | 'static' | 'cors' | 'middleware' | 'error-handler' | 'listen';
	/** As shown to people: `app.get('/users')`. */
	readonly label: string;
	readonly place: Place;
}
