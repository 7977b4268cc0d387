import type { Rule } from '../rule';

/** Files written for Caddy 1. The parser recognises them (`caddyfile/v1.ts`); lint.ts reports them under this id. */
export const rule: Rule = {
	id: 'caddyfile-v1',
	family: 'caddy',
	summary: 'The file is written for Caddy 1, which Caddy 2 rejects',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'none',
};
