import type { Place } from '../text/span';
import type { HeaderOperation } from './operation';

/**
 * Facts about a Caddyfile's structure that no single header operation shows. The Caddy half of the model makes them
 * (`caddy/`), the rules in `rules/caddy/` turn them into findings. Grows by adding members.
 */
export type CaddyObservation =
	/** `X-Frame-Options: DENY` on one line: Caddy keeps the colon, Go drops the invalid name, nothing is sent. */
	| { readonly kind: 'name-with-colon'; readonly id: string; readonly place: Place; readonly operation: HeaderOperation }
	/** An unquoted value with spaces was read as `Field regex replacement`; `lost` is what the author evidently meant. */
	| { readonly kind: 'unquoted-value'; readonly id: string; readonly place: Place; readonly field: string; readonly intended: string }
	/** Security headers set in a deferred handler, of a site that can answer with an error. */
	| {
			readonly kind: 'deferred-lost-on-errors';
			readonly id: string;
			readonly place: Place;
			readonly operations: readonly HeaderOperation[];
			readonly cause: Place;
			readonly handleErrorsWritesBody: boolean;
	  }
	/** The site's certificate comes from Caddy's own authority, which no visitor's browser trusts: `tls internal`, global `local_certs`. */
	| { readonly kind: 'internal-certificate'; readonly id: string; readonly place: Place; readonly by: 'tls internal' | 'local_certs' }
	/** A proxied app sends `names`, too; `place` is the upstream's address in `reverse_proxy`. Repaired by `header_down -X`. */
	| { readonly kind: 'upstream-duplicate'; readonly id: string; readonly place: Place; readonly names: readonly string[] };
