import type { Rule } from '../rule';
import { observed, repairFix } from './shared/observed';

/** What is set after helmet wins: res.setHeader and res.removeHeader work on the same map. */
export const rule: Rule = {
	id: 'helmet-header-overridden',
	family: 'helmet',
	summary: 'a header that helmet has set is removed or replaced by a weaker one later',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'header-overridden')) {
			const { header, by, before, after, operation, earlierGroup } = observation;
			report({
				place: observation.place,
				severity: by === 'removed' ? 'warning' : 'info',
				message:
					by === 'removed'
						? `${header}: helmet has set it, and here it is removed: it is not sent. Switch it off in helmet's options if that is meant, else remove this line.`
						: `${header}: helmet has set ${before ?? 'it'}, and here it becomes ${after ?? 'something else'}. Give helmet that value in its options, so that there is one place to look.`,
				headers: [header],
				related: [{ place: observation.earlier, message: `${header} is set here` }],
				fixes:
					by === 'removed'
						? [{ title: `Let helmet send ${header}`, safe: false, intent: { kind: 'remove-operation', operation } }]
						: earlierGroup === null
							? []
							: [repairFix(observation, 'into-options', `Give helmet ${after ?? 'the value'}`, false)],
			});
		}
	},
};
