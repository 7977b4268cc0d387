import type { Rule } from '../rule';

/** The rules of the family `caddy`: one line each. */
export const caddyRules: readonly Rule[] = [];
