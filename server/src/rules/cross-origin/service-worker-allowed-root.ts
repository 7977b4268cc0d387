import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** A script anywhere on the host may then take over every request of the origin. */
export const rule: Rule = {
	id: 'service-worker-allowed-root',
	family: 'cross-origin',
	summary: 'Service-Worker-Allowed lets a script take over the whole origin',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'none',
	headers: ['service-worker-allowed'],
	checkValue(subject, report) {
		if (subject.value.text.trim() !== '/') return;
		report({
			place: placeOf(subject),
			message:
				'Service-Worker-Allowed: `/` lets a worker from any folder answer every request of the origin. Set it only on the answer with the worker’s script, or serve that from the root.',
			headers: ['Service-Worker-Allowed'],
		});
	},
};
