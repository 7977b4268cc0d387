import type { Rule } from '../rule';

/** The rules of the family `permissions-policy`: one line each. */
export const permissionsPolicyRules: readonly Rule[] = [];
