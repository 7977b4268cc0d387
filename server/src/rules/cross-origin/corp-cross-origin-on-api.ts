import { placeOf, replaceValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** Data that any site may load into its own pages; the guide asks for same-origin on API routes. */
export const rule: Rule = {
	id: 'corp-cross-origin-on-api',
	family: 'cross-origin',
	summary: 'Cross-Origin-Resource-Policy lets every site load the answers of an API',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: ['cross-origin-resource-policy'],
	checkValue(subject, report) {
		const isApi = subject.profile === 'api' || subject.operation.scope?.profile === 'api';
		if (!isApi || subject.value.text.trim() !== 'cross-origin') return;
		report({
			place: placeOf(subject),
			message:
				'Cross-Origin-Resource-Policy: cross-origin on an API lets every site load its answers into a page, where side channels can read them. Set same-origin.',
			headers: ['Cross-Origin-Resource-Policy'],
			fixes: [replaceValue('Set Cross-Origin-Resource-Policy to same-origin', false, subject.operation, 'same-origin')],
		});
	},
};
