import type { Rule } from '../rule';
import { rule as caddyAppendOverwritten } from './caddy-append-overwritten';
import { rule as caddyAppendSecurityHeader } from './caddy-append-security-header';
import { rule as caddyAutomaticRedirectHeaders } from './caddy-automatic-redirect-headers';
import { rule as caddyBraceInLine } from './caddy-brace-in-line';
import { rule as caddyCommentJoinsLine } from './caddy-comment-joins-line';
import { rule as caddyDefaultHeadersAllOrNothing } from './caddy-default-headers-all-or-nothing';
import { rule as caddyDeferredHeadersLostOnErrors } from './caddy-deferred-headers-lost-on-errors';
import { rule as caddyDeletionRemovesOwnHeader } from './caddy-deletion-removes-own-header';
import { rule as caddyDuplicateUpstreamHeader } from './caddy-duplicate-upstream-header';
import { rule as caddyErrorBlockNeverRuns } from './caddy-error-block-never-runs';
import { rule as caddyHeaderAfterTerminal } from './caddy-header-after-terminal';
import { rule as caddyHeaderMisread } from './caddy-header-misread';
import { rule as caddyHeaderNameColon } from './caddy-header-name-colon';
import { rule as caddyHeaderNeverRuns } from './caddy-header-never-runs';
import { rule as caddyHeaderSetAgain } from './caddy-header-set-again';
import { rule as caddyHeredocMisread } from './caddy-heredoc-misread';
import { rule as caddyImportArgumentMissing } from './caddy-import-argument-missing';
import { rule as caddyMatcherNeverMatches } from './caddy-matcher-never-matches';
import { rule as caddyMatcherRootOnly } from './caddy-matcher-root-only';
import { rule as caddyNamedRouteKeepsFirst } from './caddy-named-route-keeps-first';
import { rule as caddyNestedInvoke } from './caddy-nested-invoke';
import { rule as caddyRemovesSecurityHeader } from './caddy-removes-security-header';
import { rule as caddyRequestHeaderMisuse } from './caddy-request-header-misuse';
import { rule as caddyServerLostBehindProxy } from './caddy-server-lost-behind-proxy';
import { rule as caddySpecificHeaderOverridden } from './caddy-specific-header-overridden';
import { rule as caddyUnquotedEnvValue } from './caddy-unquoted-env-value';
import { rule as caddyUnquotedValueSplit } from './caddy-unquoted-value-split';
import { rule as caddyUnusedSnippet } from './caddy-unused-snippet';
import { rule as caddyfileSyntax } from './caddyfile-syntax';
import { rule as caddyfileV1 } from './caddyfile-v1';

/** The rules of the family `caddy`: one line each. */
export const caddyRules: readonly Rule[] = [
	caddyAppendOverwritten,
	caddyAppendSecurityHeader,
	caddyAutomaticRedirectHeaders,
	caddyBraceInLine,
	caddyCommentJoinsLine,
	caddyDefaultHeadersAllOrNothing,
	caddyDeferredHeadersLostOnErrors,
	caddyDeletionRemovesOwnHeader,
	caddyDuplicateUpstreamHeader,
	caddyErrorBlockNeverRuns,
	caddyHeaderAfterTerminal,
	caddyHeaderMisread,
	caddyHeaderNameColon,
	caddyHeaderNeverRuns,
	caddyHeaderSetAgain,
	caddyHeredocMisread,
	caddyImportArgumentMissing,
	caddyMatcherNeverMatches,
	caddyMatcherRootOnly,
	caddyNamedRouteKeepsFirst,
	caddyNestedInvoke,
	caddyRemovesSecurityHeader,
	caddyRequestHeaderMisuse,
	caddyServerLostBehindProxy,
	caddySpecificHeaderOverridden,
	caddyUnquotedEnvValue,
	caddyUnquotedValueSplit,
	caddyUnusedSnippet,
	caddyfileSyntax,
	caddyfileV1,
];
