import type { Span } from '../../text/span';

/** The fetch directive that decides about a resource, before fallback (CSP3 6.1 and 6.8.2). */
export type ResourceDirective =
	| 'script-src-elem'
	| 'script-src-attr'
	| 'style-src-elem'
	| 'style-src-attr'
	| 'img-src'
	| 'font-src'
	| 'media-src'
	| 'frame-src'
	| 'object-src'
	| 'manifest-src'
	| 'worker-src'
	| 'connect-src'
	| 'form-action'
	| 'base-uri';

/** Something in a page that a policy can block. Offsets are those of the HTML text. */
export type PageResource =
	/** Has an address, as written: relative or absolute. */
	| {
			readonly kind: 'url';
			readonly directive: ResourceDirective;
			readonly url: string;
			readonly span: Span;
			/** The element's `nonce`, empty where it has none. */
			readonly nonce: string;
			/** The hashes of the element's `integrity`, as `sha256-…`. */
			readonly integrity: readonly string[];
	  }
	/** Stands in the page itself. `text` is what a hash is computed of; null where no hash helps (`javascript:` addresses). */
	| {
			readonly kind: 'inline';
			readonly directive: 'script-src-elem' | 'script-src-attr' | 'style-src-elem' | 'style-src-attr';
			readonly text: string | null;
			readonly span: Span;
			readonly nonce: string;
			/** As shown to people: `<script>`, `onclick`, `style`. */
			readonly label: string;
	  };

/** A policy in a `<meta http-equiv>` of the page. */
export interface MetaPolicy {
	readonly text: string;
	readonly reportOnly: boolean;
	readonly span: Span;
}

/** What a page asks for. */
export interface PageContent {
	readonly resources: readonly PageResource[];
	readonly policies: readonly MetaPolicy[];
	/** The address of `<base href>`, as written, or null. */
	readonly base: string | null;
}
