import { missingHeaderRule } from '../generic/shared/missingRule';

/** A response without Permissions-Policy. */
export const rule = missingHeaderRule('permissions-policy-missing');
