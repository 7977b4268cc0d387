import type { Rule } from '../rule';
import { rule as coepInvalid } from './coep-invalid';
import { rule as coepWithoutCoop } from './coep-without-coop';
import { rule as coopInvalid } from './coop-invalid';
import { rule as coopMissing } from './coop-missing';
import { rule as coopUnsafeNone } from './coop-unsafe-none';
import { rule as corpBlocksPublicAssets } from './corp-blocks-public-assets';
import { rule as corpCrossOriginOnApi } from './corp-cross-origin-on-api';
import { rule as corpInvalid } from './corp-invalid';
import { rule as corpMissing } from './corp-missing';
import { rule as corsCredentialsInvalid } from './cors-credentials-invalid';
import { rule as corsInvalidOrigin } from './cors-invalid-origin';
import { rule as corsMaxAgeExcessive } from './cors-max-age-excessive';
import { rule as corsMissingVary } from './cors-missing-vary';
import { rule as corsNullOrigin } from './cors-null-origin';
import { rule as corsReflectedOrigin } from './cors-reflected-origin';
import { rule as corsReflectedOriginWithCredentials } from './cors-reflected-origin-with-credentials';
import { rule as corsWildcardWithCredentials } from './cors-wildcard-with-credentials';
import { rule as isolationBlockedByPermissionsPolicy } from './isolation-blocked-by-permissions-policy';
import { rule as oacInvalid } from './oac-invalid';
import { rule as serviceWorkerAllowedRoot } from './service-worker-allowed-root';
import { rule as timingAllowOriginWildcard } from './timing-allow-origin-wildcard';
import { rule as xPermittedCrossDomainInvalid } from './x-permitted-cross-domain-invalid';

/** The rules of the family `cross-origin`: one line each. */
export const crossOriginRules: readonly Rule[] = [
	coepInvalid,
	coepWithoutCoop,
	coopInvalid,
	coopMissing,
	coopUnsafeNone,
	corpBlocksPublicAssets,
	corpCrossOriginOnApi,
	corpInvalid,
	corpMissing,
	corsCredentialsInvalid,
	corsInvalidOrigin,
	corsMaxAgeExcessive,
	corsMissingVary,
	corsNullOrigin,
	corsReflectedOrigin,
	corsReflectedOriginWithCredentials,
	corsWildcardWithCredentials,
	isolationBlockedByPermissionsPolicy,
	oacInvalid,
	serviceWorkerAllowedRoot,
	timingAllowOriginWildcard,
	xPermittedCrossDomainInvalid,
];
