import { missingHeaderRule } from '../generic/shared/missingRule';

/** A response without X-Content-Type-Options. */
export const rule = missingHeaderRule('nosniff-missing');
