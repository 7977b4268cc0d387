import { missingHeaderRule } from '../generic/shared/missingRule';

/** A response that any site may frame: neither X-Frame-Options nor an enforced frame-ancestors. */
export const rule = missingHeaderRule('framing-unprotected');
