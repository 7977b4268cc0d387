import { missingHeaderRule } from '../generic/shared/missingRule';

/** A response without Referrer-Policy. */
export const rule = missingHeaderRule('referrer-policy-missing');
