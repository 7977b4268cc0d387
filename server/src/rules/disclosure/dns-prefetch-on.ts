import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** Names of links are looked up before anybody follows them, which tells the resolver what is on the page. */
export const rule: Rule = {
	id: 'dns-prefetch-on',
	family: 'disclosure',
	summary: 'X-DNS-Prefetch-Control: on tells the name server what a page links to',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: ['x-dns-prefetch-control'],
	checkValue(subject, report) {
		if (subject.value.text.trim().toLowerCase() !== 'on') return;
		report({
			place: placeOf(subject),
			message:
				'X-DNS-Prefetch-Control: on has browsers look up every name a page links to, which shows the name server what the visitor reads. Set off where that matters.',
			headers: ['X-DNS-Prefetch-Control'],
			fixes: [changeValue('Set off', false, subject.operation, [{ start: 0, end: subject.value.text.length, text: 'off' }])],
		});
	},
};
