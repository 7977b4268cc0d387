import type { Rule } from '../rule';
import { observed, repairFix } from './shared/observed';

/** Node throws ERR_HTTP_HEADERS_SENT where a header is set after the answer has gone out. */
export const rule: Rule = {
	id: 'headers-after-send',
	family: 'helmet',
	summary: 'a response header is set after the response was sent',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'headers-after-send'))
			report({
				place: observation.place,
				message: `${observation.header ?? 'This header'} is set after the response was sent: Node throws ERR_HTTP_HEADERS_SENT and the header is lost. Set it before.`,
				headers: observation.header === null ? [] : [observation.header],
				related: [{ place: observation.sent, message: 'Sent here' }],
				fixes: [repairFix(observation, 'move-up', 'Set it before the response is sent', false)],
			});
	},
};
