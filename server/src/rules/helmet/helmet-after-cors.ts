import type { Rule } from '../rule';
import { answering } from './helmet-after-routes';
import { helmetHeaders, observed, relatedEntries, repairFix, sendsPoweredBy } from './shared/observed';

/** cors() answers preflight requests by itself (status 204): above helmet they go out without its headers. */
export const rule: Rule = {
	id: 'helmet-after-cors',
	family: 'helmet',
	summary: 'helmet comes after cors(), which answers preflight requests without its headers',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'helmet-after')) {
			const cors = observation.before.filter(({ kind }) => kind === 'cors');
			const first = cors[0];
			// Below routes too the place of helmet is one mistake: helmet-after-routes tells it.
			if (first === undefined || 0 < answering(observation.before, surface).length) continue;
			report({
				place: observation.place,
				message: `helmet comes after ${first.label}, which answers every preflight request (OPTIONS) by itself: those answers have none of helmet's headers${sendsPoweredBy(surface) ? ', but X-Powered-By' : ''}. Move helmet above.`,
				headers: helmetHeaders,
				related: relatedEntries(cors, 'answers preflight requests itself'),
				fixes: [repairFix(observation, 'move-up', 'Move helmet to the top', false)],
			});
		}
	},
};
