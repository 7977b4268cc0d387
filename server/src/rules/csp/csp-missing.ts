import { missingHeaderRule } from '../generic/shared/missingRule';

/** A response without a Content-Security-Policy, enforced or only reported. */
export const rule = missingHeaderRule('csp-missing');
