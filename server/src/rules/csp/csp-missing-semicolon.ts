import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-missing-semicolon` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-missing-semicolon',
	summary: 'A directive stands in the value of the one before, for want of a semicolon',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	about: 'text',
	say: ({ token, directive, word, name }) => {
		const before = directive.values[directive.values.indexOf(token) - 1] ?? directive.nameToken;
		return {
			message: `${word} is read as a source of ${name}, because no semicolon stands before it, so it has no effect. Insert the semicolon.`,
			fixes: [{ title: `Insert ; before ${word}`, safe: true, edits: [{ start: before.end, end: token.start, text: '; ' }] }],
		};
	},
});
