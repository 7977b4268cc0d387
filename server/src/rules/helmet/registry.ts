import type { Rule } from '../rule';
import { rule as headersAfterSend } from './headers-after-send';
import { rule as helmetAfterCors } from './helmet-after-cors';
import { rule as helmetAfterRoutes } from './helmet-after-routes';
import { rule as helmetChildApp } from './helmet-child-app';
import { rule as helmetCspNoDefaults } from './helmet-csp-no-defaults';
import { rule as helmetHeaderDisabled } from './helmet-header-disabled';
import { rule as helmetHeaderOverridden } from './helmet-header-overridden';
import { rule as helmetNonceConstant } from './helmet-nonce-constant';
import { rule as helmetNotCalled } from './helmet-not-called';
import { rule as helmetNotMounted } from './helmet-not-mounted';
import { rule as helmetOldHstsDefault } from './helmet-old-hsts-default';
import { rule as helmetOptionDefault } from './helmet-option-default';
import { rule as helmetOptionIgnored } from './helmet-option-ignored';
import { rule as helmetPartial } from './helmet-partial';
import { rule as helmetRepeated } from './helmet-repeated';
import { rule as helmetRuntimeError } from './helmet-runtime-error';
import { rule as helmetUnknownOption } from './helmet-unknown-option';

/** The rules of the family `helmet`: one line each. */
export const helmetRules: readonly Rule[] = [
	headersAfterSend,
	helmetAfterCors,
	helmetAfterRoutes,
	helmetChildApp,
	helmetCspNoDefaults,
	helmetHeaderDisabled,
	helmetHeaderOverridden,
	helmetNonceConstant,
	helmetNotCalled,
	helmetNotMounted,
	helmetOldHstsDefault,
	helmetOptionDefault,
	helmetOptionIgnored,
	helmetPartial,
	helmetRepeated,
	helmetRuntimeError,
	helmetUnknownOption,
];
