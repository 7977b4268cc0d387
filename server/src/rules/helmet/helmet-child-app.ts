import type { Rule } from '../rule';
import { observed, repairFix } from './shared/observed';

/** Every `express()` adds X-Powered-By to its own answers, after the helmet of the app it is mounted on has taken it away. */
export const rule: Rule = {
	id: 'helmet-child-app',
	family: 'helmet',
	summary: 'an express() app mounted on another one sends X-Powered-By again',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'child-powered-by'))
			report({
				place: observation.place,
				message: `X-Powered-By: ${observation.label} is an app of its own and adds the header again after helmet has removed it, telling attackers what runs here. Disable it there too, or make it an express.Router().`,
				headers: ['X-Powered-By'],
				related: [{ place: observation.mount, message: 'Mounted here' }],
				fixes: [repairFix(observation, 'disable', `Write ${observation.label}.disable('x-powered-by')`, true)],
			});
	},
};
