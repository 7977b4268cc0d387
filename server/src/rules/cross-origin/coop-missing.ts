import { missingHeaderRule } from '../generic/shared/missingRule';

/** A response without Cross-Origin-Opener-Policy. */
export const rule = missingHeaderRule('coop-missing');
