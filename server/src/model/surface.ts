import type { Place } from '../text/span';
import type { AppObservation } from './appObservation';
import type { CaddyObservation } from './caddyObservation';
import type { HeaderOperation, OperationScope } from './operation';
import type { HeaderValue } from './value';

export type SurfaceKind =
	| 'caddy-site'
	| 'caddy-fragment'
	| 'express-app'
	| 'nest-app'
	| 'fastify-app'
	| 'koa-app'
	| 'hono-app'
	| 'next-config'
	| 'helmet-options'
	| 'response';

/**
 * Something that answers requests: a site of a Caddyfile, an app, a recorded response. A `caddy-fragment` or
 * `helmet-options` surface is a part that answers only where it is imported: its values are judged, nothing is missed in it.
 */
export interface Surface {
	/** Unique in the workspace. */
	readonly id: string;
	readonly kind: SurfaceKind;
	/** As shown to people: `example.com, www.example.com`, `app in src/server.ts`. */
	readonly label: string;
	/** The head line: the site's addresses, the `express()` or `helmet()` call. */
	readonly place: Place;
	readonly hosts: readonly SurfaceHost[];
	/** How it is reached. `unknown` for apps and wherever another server may terminate TLS. */
	readonly transport: 'https' | 'http' | 'both' | 'unknown';
	/** Who makes the content, taken over all routes: `own` wins over `proxied`, `proxied` over `redirect`. */
	readonly content: 'own' | 'proxied' | 'redirect' | 'none' | 'unknown';
	/** What says that a site's certificate is of Caddy's own authority, which browsers do not trust. */
	readonly internalCertificate?: Place;
	/** False where an import, spread or argument could not be resolved: then absence proves nothing. */
	readonly complete: boolean;
	/** Every operation written for this surface (also the `default` ones of a written helmet call), in source order. */
	readonly operations: readonly HeaderOperation[];
	/** The responses that differ, at least one per route and outcome. Empty for fragments. */
	readonly responses: readonly EffectiveResponse[];
	/** Facts about the structure that rules turn into findings. */
	readonly observations: readonly (CaddyObservation | AppObservation)[];
	/** Apps and servers this surface passes requests to. */
	readonly upstreams: readonly UpstreamUse[];
	/** TCP ports an app evidently listens on. Empty where unknown, and for Caddy sites. */
	readonly listens: readonly number[];
	/** The folders whose files are served as they are, absolute paths with `/`: `root` + `file_server`, `express.static`. */
	readonly staticRoots: readonly StaticRoot[];
	/**
	 * Where the apps are made that it passes requests on to within the program, in whatever file: `app.use('/admin', admin)`. The start of a
	 * file stands for all that it makes.
	 */
	readonly mounted: readonly Place[];
}

export interface SurfaceHost {
	/** Lower case; empty for a catch-all. May hold `*.` and unknown parts (`ANY_TEXT`). */
	readonly name: string;
	readonly port: number | null;
	readonly scheme: 'http' | 'https';
	readonly place: Place;
}

export interface UpstreamUse {
	/** As written: `localhost:3000`. */
	readonly dial: string;
	readonly place: Place;
	/** Fields that are taken out of the upstream's answer (`header_down -X`), lower case. */
	readonly removes: readonly string[];
	/** What is spoken with it: `h2c` and `h3` (also for gRPC) are spoken with programs, not with makers of pages. */
	readonly protocol: 'http' | 'h2c' | 'h3' | 'fastcgi';
}

export interface StaticRoot {
	readonly folder: string;
	readonly place: Place;
	/** URL path the folder is mounted at, without trailing slash; empty for the root. */
	readonly mount: string;
}

/** How a response comes about; error answers lose deferred operations. */
export type ResponseOutcome = 'content' | 'redirect' | 'error' | 'empty' | 'abort' | 'unknown';

/** What one request is answered with, or a class of requests that are all answered alike. */
export interface EffectiveResponse {
	/** The request that stands for the class. `url` is absolute for sites, a path for apps. */
	readonly request: { readonly method: string; readonly url: string };
	/** Null for the responses of the whole surface. */
	readonly scope: OperationScope | null;
	readonly outcome: ResponseOutcome;
	/** Null where not known statically. */
	readonly status: number | null;
	/** In wire order; a field sent twice stands twice. */
	readonly headers: readonly EffectiveHeader[];
	/** What could change the answer. */
	readonly unknowns: readonly Unknown[];
	/** The upstream that made the content, as in `UpstreamUse.dial`, or null. */
	readonly upstream: string | null;
	/** The case of the program in which it holds, or null for always. */
	readonly branch: string | null;
	/** The directive or registration that answers, where one is known. */
	readonly answeredAt?: Place;
	/** The pages that stand in the code which answers. */
	readonly pages?: readonly SentPage[];
}

/** A page that is written in code, and the policies that it is sent with for sure. */
export interface SentPage {
	/** Its HTML as far as it is known, like the value of a field. */
	readonly html: HeaderValue;
	readonly policies: readonly EffectiveHeader[];
}

export interface EffectiveHeader {
	readonly name: string;
	readonly value: HeaderValue;
	/** `always` is a promise: whatever happens elsewhere, this line is sent. */
	readonly certainty: 'always' | 'maybe';
	/** The operation that won; null for what the server or an upstream adds by itself. */
	readonly operation: HeaderOperation | null;
	/** Operations this one overrode, in the order they would have applied. */
	readonly overrode: readonly HeaderOperation[];
	readonly origin: 'written' | 'default' | 'server' | 'upstream';
}

/** Something that cannot be known statically and could change the answer. */
export interface Unknown {
	/** A clause for people: `"rate_limit" is a directive of a plugin`. */
	readonly reason: string;
	readonly place: Place;
	/** The headers it may touch, lower case; null for any. */
	readonly headers: readonly string[] | null;
}
