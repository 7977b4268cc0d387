import type { Rule } from '../rule';

/** Mistakes that Caddy's parser and adapter reject. The parser finds them (`caddyfile/parse.ts`); lint.ts reports them under this id. */
export const rule: Rule = {
	id: 'caddyfile-syntax',
	family: 'caddy',
	summary: 'Caddy rejects the file',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'none',
};
