import type { Place } from '../text/span';
import type { HeaderValue } from './value';

/** What an operation does to the header map. `default` sets only where the field is absent; `replace` rewrites a value that is there. */
export type HeaderAction = 'set' | 'add' | 'delete' | 'default' | 'replace';

/**
 * `immediate` operations change the header map before the handler runs and so survive errors; `deferred` ones run when the
 * response is written and are lost where an error answers instead (Caddy 2.11.4, modules/caddyhttp/headers/headers.go).
 */
export type HeaderTiming = 'immediate' | 'deferred';

/** Which message the operation changes: ours to the client, the upstream's before it is copied (`header_down`), or the request. */
export type HeaderDirection = 'response' | 'upstream-response' | 'request';

/** One change of one header field, as written in a configuration or as done unasked by the software (`origin: 'default'`). */
export interface HeaderOperation {
	/** Unique among the operations of one analysis. */
	readonly id: string;
	readonly action: HeaderAction;
	/** The field name as sent: canonical case for known headers. Wildcards (`X-*`) stay as written. */
	readonly name: string;
	/** Where the name is written, or null where nobody wrote it (helmet's defaults). */
	readonly namePlace: Place | null;
	/** Null for `delete`. For `replace` it is the replacement text. */
	readonly value: HeaderValue | null;
	/** The whole operation: what would be deleted to take it out. */
	readonly place: Place;
	readonly timing: HeaderTiming;
	readonly direction: HeaderDirection;
	readonly origin: 'written' | 'default';
	/** Operations of one `header` block, one `helmet()` call or one middleware share a group. */
	readonly group: string;
	/** The part of the surface it applies to, or null for all of it. */
	readonly scope: OperationScope | null;
	/** Says in which case of the program it holds, where that is not always: `when process.env.NODE_ENV is "production"`. */
	readonly branch: string | null;
}

/** The requests an operation or a response is about. */
export interface OperationScope {
	/** As shown to people: `/api/*`, `@static`, `GET /users/:id`. */
	readonly label: string;
	/** What kind of content the scope evidently serves; null where nothing tells. */
	readonly profile: 'api' | 'public-asset' | null;
	/** True where a matcher chooses the requests by their Origin: then not everybody's get there. */
	readonly choosesOrigin?: boolean;
}
