import type { Rule } from '../rule';
import { rule as caddyDeferredHeadersLostOnErrors } from './caddy-deferred-headers-lost-on-errors';
import { rule as caddyDuplicateUpstreamHeader } from './caddy-duplicate-upstream-header';
import { rule as caddyHeaderNameColon } from './caddy-header-name-colon';
import { rule as caddyUnquotedValueSplit } from './caddy-unquoted-value-split';
import { rule as caddyfileSyntax } from './caddyfile-syntax';
import { rule as caddyfileV1 } from './caddyfile-v1';

/** The rules of the family `caddy`: one line each. */
export const caddyRules: readonly Rule[] = [
	caddyDeferredHeadersLostOnErrors,
	caddyDuplicateUpstreamHeader,
	caddyHeaderNameColon,
	caddyUnquotedValueSplit,
	caddyfileSyntax,
	caddyfileV1,
];
