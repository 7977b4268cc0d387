import type { Rule } from '../rule';
import { rule as headerDuplicate } from './header-duplicate';
import { rule as headerNameInvalid } from './header-name-invalid';
import { rule as headerNameTypo } from './header-name-typo';
import { rule as headerNotAlways } from './header-not-always';
import { rule as headerValueEmpty } from './header-value-empty';
import { rule as headerValueNewline } from './header-value-newline';
import { rule as headerValueQuoted } from './header-value-quoted';
import { rule as missingHeaders } from './missing-headers';

/** The rules of the family `generic`: one line each. */
export const genericRules: readonly Rule[] = [
	headerDuplicate,
	headerNameInvalid,
	headerNameTypo,
	headerNotAlways,
	headerValueEmpty,
	headerValueNewline,
	headerValueQuoted,
	missingHeaders,
];
