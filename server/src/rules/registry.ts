import { cachingRules } from './caching/registry';
import { caddyRules } from './caddy/registry';
import { cookiesRules } from './cookies/registry';
import { crossOriginRules } from './cross-origin/registry';
import { cspRules } from './csp/registry';
import { deprecatedRules } from './deprecated/registry';
import { disclosureRules } from './disclosure/registry';
import { framingRules } from './framing/registry';
import { genericRules } from './generic/registry';
import { helmetRules } from './helmet/registry';
import { hstsRules } from './hsts/registry';
import { permissionsPolicyRules } from './permissions-policy/registry';
import { projectRules } from './project/registry';
import { reportingRules } from './reporting/registry';
import type { Rule } from './rule';

/** Every rule, sorted by id. */
export const rules: readonly Rule[] = [
	...genericRules,
	...cspRules,
	...hstsRules,
	...framingRules,
	...permissionsPolicyRules,
	...crossOriginRules,
	...cookiesRules,
	...cachingRules,
	...reportingRules,
	...disclosureRules,
	...deprecatedRules,
	...caddyRules,
	...helmetRules,
	...projectRules,
].sort((left, right) => (left.id < right.id ? -1 : 1));

const byId: ReadonlyMap<string, Rule> = new Map(rules.map(rule => [rule.id, rule]));

/** The rule of that id, or null where there is none. */
export function ruleById(id: string): Rule | null {
	return byId.get(id) ?? null;
}
