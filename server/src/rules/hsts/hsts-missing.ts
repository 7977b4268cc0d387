import { missingHeaderRule } from '../generic/shared/missingRule';

/** A response over HTTPS without Strict-Transport-Security (RFC 6797). */
export const rule = missingHeaderRule('hsts-missing');
