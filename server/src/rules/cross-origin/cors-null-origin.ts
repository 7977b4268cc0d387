import { readAllowedOrigin } from '../../headers/cors';
import { placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** `null` is the origin of sandboxed frames and data: pages, which any site can make. */
export const rule: Rule = {
	id: 'cors-null-origin',
	family: 'cross-origin',
	summary: 'Access-Control-Allow-Origin allows the origin null, which any site can take on',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	headers: ['access-control-allow-origin'],
	checkValue(subject, report) {
		if (readAllowedOrigin(subject.value).kind !== 'null') return;
		report({
			place: placeOf(subject),
			message:
				'Access-Control-Allow-Origin: null is the origin of every sandboxed frame, so any site can make one and read the answers. Name the origin that is meant.',
			headers: ['Access-Control-Allow-Origin'],
			fixes: [
				{
					title: 'Remove Access-Control-Allow-Origin',
					safe: false,
					intent: { kind: 'remove-operation', operation: subject.operation },
				},
			],
		});
	},
};
