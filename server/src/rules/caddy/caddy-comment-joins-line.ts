import type { Rule } from '../rule';
import { observed, repairFix } from './shared/observed';

/** The lexer looks for a backslash at the end of a line even in a comment (lexer.go, 2.11.4; spec/caddy.md 1.8). */
export const rule: Rule = {
	id: 'caddy-comment-joins-line',
	family: 'caddy',
	summary: 'A backslash in a comment makes Caddy read the next line as part of this one',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'comment-joins-line')) {
			report({
				place: observation.place,
				message:
					'A backslash in a comment behind a directive: Caddy takes the next line for a part of this one, without a word, and headers on both are lost. Put the comment on a line of its own.',
				headers: [],
				related: [{ place: observation.joined, message: 'is read as part of the line above' }],
				fixes: [repairFix(observation, 'Move the comment above the line', true)],
			});
		}
	},
};
