import type { Rule } from '../rule';

/** A mistake in `.headerlintrc.json`. Judged with the file itself, by `config/projectFile.ts`. */
export const rule: Rule = {
	id: 'config-invalid',
	family: 'project',
	summary: 'The project file .headerlintrc.json holds a mistake, so a part of it does not count',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'none',
};
