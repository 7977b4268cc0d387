import type { Rule } from '../rule';
import { helmetHeaders, observed, repairFix } from './shared/observed';

/** A middleware that is made and mounted nowhere sets no header. */
export const rule: Rule = {
	id: 'helmet-not-mounted',
	family: 'helmet',
	summary: 'helmet is imported or called, and passed to no app',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'helmet-not-mounted')) {
			const unused = observation.what === 'import-unused';
			if (observation.isPlugin === true) {
				report({
					place: observation.place,
					message:
						'@fastify/helmet with global: false is used by no route, so none of its headers is sent. Give routes a helmet option, and await app.register(...) above them: what is added before the plugin has loaded does not know that option.',
					headers: helmetHeaders,
				});
				continue;
			}
			report({
				place: observation.place,
				message: unused
					? `${observation.label} is imported and never used: the app sends none of its headers. Mount it with app.use(helmet()), or remove the import.`
					: `${observation.label} makes a middleware that is passed to no app: none of its headers is sent. Pass it to app.use(...).`,
				headers: helmetHeaders,
				fixes: [repairFix(observation, 'mount', unused ? 'Mount helmet() on the app' : `Write app.use(${observation.label})`, false)],
			});
		}
	},
};
