import { missingHeaderRule } from '../generic/shared/missingRule';

/** A response without Cross-Origin-Resource-Policy. */
export const rule = missingHeaderRule('corp-missing');
