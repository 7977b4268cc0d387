import type { Rule } from '../rule';
import { rule as cookieMissingHttponly } from './cookie-missing-httponly';
import { rule as cookieMissingSamesite } from './cookie-missing-samesite';
import { rule as cookieMissingSecure } from './cookie-missing-secure';
import { rule as cookiePrefixViolation } from './cookie-prefix-violation';
import { rule as cookieSamesiteInvalid } from './cookie-samesite-invalid';
import { rule as cookieSamesiteNoneInsecure } from './cookie-samesite-none-insecure';
import { rule as cookieSyntax } from './cookie-syntax';

/** The rules of the family `cookies`: one line each. */
export const cookiesRules: readonly Rule[] = [
	cookieMissingHttponly,
	cookieMissingSamesite,
	cookieMissingSecure,
	cookiePrefixViolation,
	cookieSamesiteInvalid,
	cookieSamesiteNoneInsecure,
	cookieSyntax,
];
