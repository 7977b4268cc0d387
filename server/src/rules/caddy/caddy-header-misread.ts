import type { CaddyObservation } from '../../model/caddyObservation';
import type { Rule } from '../rule';
import { listed, observed, repairFix } from './shared/observed';

type Misread = Extract<CaddyObservation, { kind: 'header-misread' }>;

/**
 * A matcher begins with / or @, and what else stands behind `header` is the name of a field (httpcaddyfile.go, `matcherSetFromMatcherToken`,
 * 2.11.4). With two words behind it, it is a search and replacement in a field that nobody sends.
 */
export const rule: Rule = {
	id: 'caddy-header-misread',
	family: 'caddy',
	summary: 'A word is taken for the name of a header, so that the header is not set',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'header-misread')) {
			const title = titleOf(observation);
			report({
				place: observation.place,
				message: messageOf(observation),
				headers: [...new Set(observation.headers)],
				...(observation.as === 'directive' ? { severity: 'warning' as const } : {}),
				fixes: [repairFix(observation, title, false)],
			});
		}
	},
};

function messageOf({ word, as, headers }: Misread): string {
	const unset = `${listed(headers)} ${new Set(headers).size === 1 ? 'is' : 'are'} not set`;
	switch (as) {
		case 'matcher':
			return `${word} is taken for the name of a header, since a path begins with a slash, so ${unset}. ${/^[*.]/.test(word) ? 'Give the path to a named matcher.' : `Write /${word}.`}`;
		case 'verb':
			return `${word} is taken for the name of a header here, so ${unset}. Take the word out.`;
		default:
			return `Caddy has no directive ${word} and refuses the file, unless a plugin of yours has one: ${unset}. Write header.`;
	}
}

function titleOf({ word, as }: Misread): string {
	if (as === 'verb') return `Remove ${word}`;
	if (as === 'directive') return 'Write header';
	return /^[*.]/.test(word) ? `Use a named matcher for ${word}` : `Write /${word}`;
}
