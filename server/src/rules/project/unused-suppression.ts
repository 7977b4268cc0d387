import type { Rule } from '../rule';

/**
 * A comment that silences nothing. It is judged after every other rule of the file, by `config/suppressions.ts`; here is only
 * what the catalogue says of it.
 */
export const rule: Rule = {
	id: 'unused-suppression',
	family: 'project',
	summary: 'A headerlint comment silences nothing or names a rule that does not exist',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'safe',
};
