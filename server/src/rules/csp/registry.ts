import type { Rule } from '../rule';
import { rule as cspAllowlistBypass } from './csp-allowlist-bypass';
import { rule as cspBlocksPage } from './csp-blocks-page';
import { rule as cspDeprecatedDirective } from './csp-deprecated-directive';
import { rule as cspDirectivePunctuation } from './csp-directive-punctuation';
import { rule as cspDuplicateDirective } from './csp-duplicate-directive';
import { rule as cspEmpty } from './csp-empty';
import { rule as cspFrameAncestorsBroad } from './csp-frame-ancestors-broad';
import { rule as cspHashInvalid } from './csp-hash-invalid';
import { rule as cspHostAllowlist } from './csp-host-allowlist';
import { rule as cspInsecureSource } from './csp-insecure-source';
import { rule as cspInvalidMetaOnly } from './csp-invalid-meta-only';
import { rule as cspInvalidSource } from './csp-invalid-source';
import { rule as cspIpSource } from './csp-ip-source';
import { rule as cspKeywordMisplaced } from './csp-keyword-misplaced';
import { rule as cspLocalhostSource } from './csp-localhost-source';
import { rule as cspMissing } from './csp-missing';
import { rule as cspMissingBaseUri } from './csp-missing-base-uri';
import { rule as cspMissingDefaultSrc } from './csp-missing-default-src';
import { rule as cspMissingFormAction } from './csp-missing-form-action';
import { rule as cspMissingFrameAncestors } from './csp-missing-frame-ancestors';
import { rule as cspMissingScriptSrc } from './csp-missing-script-src';
import { rule as cspMissingSemicolon } from './csp-missing-semicolon';
import { rule as cspMultiplePolicies } from './csp-multiple-policies';
import { rule as cspNonAscii } from './csp-non-ascii';
import { rule as cspNonceCharset } from './csp-nonce-charset';
import { rule as cspNonceShort } from './csp-nonce-short';
import { rule as cspNonceStatic } from './csp-nonce-static';
import { rule as cspNoneNotAlone } from './csp-none-not-alone';
import { rule as cspObjectSrcNotNone } from './csp-object-src-not-none';
import { rule as cspReportOnly } from './csp-report-only';
import { rule as cspReportOnlyIgnored } from './csp-report-only-ignored';
import { rule as cspReportOnlyNoEndpoint } from './csp-report-only-no-endpoint';
import { rule as cspReportUriDeprecated } from './csp-report-uri-deprecated';
import { rule as cspReportUriInsecure } from './csp-report-uri-insecure';
import { rule as cspSandboxInvalid } from './csp-sandbox-invalid';
import { rule as cspScriptSchemeSource } from './csp-script-scheme-source';
import { rule as cspScriptUnsafeEval } from './csp-script-unsafe-eval';
import { rule as cspScriptUnsafeHashes } from './csp-script-unsafe-hashes';
import { rule as cspScriptUnsafeInline } from './csp-script-unsafe-inline';
import { rule as cspScriptWildcard } from './csp-script-wildcard';
import { rule as cspSharedHostWildcard } from './csp-shared-host-wildcard';
import { rule as cspStrictDynamicAlone } from './csp-strict-dynamic-alone';
import { rule as cspStrictDynamicIgnored } from './csp-strict-dynamic-ignored';
import { rule as cspStyleUnsafeInline } from './csp-style-unsafe-inline';
import { rule as cspTrustedTypesInvalid } from './csp-trusted-types-invalid';
import { rule as cspTrustedTypesMissing } from './csp-trusted-types-missing';
import { rule as cspTrustedTypesWildcard } from './csp-trusted-types-wildcard';
import { rule as cspUnexpectedValue } from './csp-unexpected-value';
import { rule as cspUnknownDirective } from './csp-unknown-directive';
import { rule as cspUnknownKeyword } from './csp-unknown-keyword';
import { rule as cspUnquotedKeyword } from './csp-unquoted-keyword';
import { rule as cspUpgradeWithoutHsts } from './csp-upgrade-without-hsts';
import { rule as cspWildcardSource } from './csp-wildcard-source';
import { rule as cspWrongQuotes } from './csp-wrong-quotes';

/** The rules of the family `csp`: one line each. */
export const cspRules: readonly Rule[] = [
	cspAllowlistBypass,
	cspBlocksPage,
	cspDeprecatedDirective,
	cspDirectivePunctuation,
	cspDuplicateDirective,
	cspEmpty,
	cspFrameAncestorsBroad,
	cspHashInvalid,
	cspHostAllowlist,
	cspInsecureSource,
	cspInvalidMetaOnly,
	cspInvalidSource,
	cspIpSource,
	cspKeywordMisplaced,
	cspLocalhostSource,
	cspMissing,
	cspMissingBaseUri,
	cspMissingDefaultSrc,
	cspMissingFormAction,
	cspMissingFrameAncestors,
	cspMissingScriptSrc,
	cspMissingSemicolon,
	cspMultiplePolicies,
	cspNonAscii,
	cspNonceCharset,
	cspNonceShort,
	cspNonceStatic,
	cspNoneNotAlone,
	cspObjectSrcNotNone,
	cspReportOnly,
	cspReportOnlyIgnored,
	cspReportOnlyNoEndpoint,
	cspReportUriDeprecated,
	cspReportUriInsecure,
	cspSandboxInvalid,
	cspScriptSchemeSource,
	cspScriptUnsafeEval,
	cspScriptUnsafeHashes,
	cspScriptUnsafeInline,
	cspScriptWildcard,
	cspSharedHostWildcard,
	cspStrictDynamicAlone,
	cspStrictDynamicIgnored,
	cspStyleUnsafeInline,
	cspTrustedTypesInvalid,
	cspTrustedTypesMissing,
	cspTrustedTypesWildcard,
	cspUnexpectedValue,
	cspUnknownDirective,
	cspUnknownKeyword,
	cspUnquotedKeyword,
	cspUpgradeWithoutHsts,
	cspWildcardSource,
	cspWrongQuotes,
];
