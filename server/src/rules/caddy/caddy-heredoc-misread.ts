import type { CaddyObservation } from '../../model/caddyObservation';
import type { Rule } from '../rule';
import { observed, repairFix } from './shared/observed';

type Misread = Extract<CaddyObservation, { readonly kind: 'heredoc-misread' }>;

/**
 * A heredoc ends at the first place where its marker occurs, and an empty one takes in the line below (caddyfile/lexer.go, 2.11.4;
 * spec/caddy.md 1.9 and 1.10).
 */
export const rule: Rule = {
	id: 'caddy-heredoc-misread',
	family: 'caddy',
	summary: 'A heredoc ends elsewhere than it looks: its marker is in its text, or it is empty',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'heredoc-misread')) {
			const { place, whole, field, how } = observation;
			report({
				place,
				message: how === 'ends-inside' ? endsInside(observation) : joinsNextLine(observation),
				headers: field === null ? [] : [field],
				related: [{ place: { path: whole.path, span: { start: whole.span.start, end: whole.span.start + 2 } }, message: 'begins here' }],
				fixes: how === 'ends-inside' ? [] : [repairFix(observation, 'Write "" instead of the empty heredoc', true)],
			});
		}
	},
};

function endsInside({ field }: Misread): string {
	const lost = field === null ? '' : `, and ${field} is not sent as written`;
	return `The heredoc ends here: Caddy takes the first occurrence of its marker for the end, also in the middle of a line. What stands in front of it on this line is left out, what follows is read as further words${lost}. Choose a marker that does not occur in the text.`;
}

function joinsNextLine({ field }: Misread): string {
	const lost = field === null ? 'neither does what it says' : `${field} and what stands there are lost`;
	return `This heredoc is empty, and Caddy then takes the next line for a part of this one: ${lost}. Write "" for an empty text.`;
}
