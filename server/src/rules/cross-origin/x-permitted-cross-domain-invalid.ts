import { nearest } from '../../headers/nearest';
import { isKnown, placeOf, replaceValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** A value that Adobe's clients do not know, or the one that lets every policy file count (Adobe, cross-domain policy file specification 1.1). */
export const rule: Rule = {
	id: 'x-permitted-cross-domain-invalid',
	family: 'cross-origin',
	summary: 'X-Permitted-Cross-Domain-Policies has an unknown or far too open value',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	headers: ['x-permitted-cross-domain-policies'],
	checkValue(subject, report) {
		const text = subject.value.text.trim().toLowerCase();
		if (!isKnown(subject) || text === '' || closed.includes(text)) return;
		const meant = text === 'all' ? 'none' : (nearest(text.replace(/^[^a-z]+|[^a-z]+$/g, ''), closed, 2) ?? 'none');
		report({
			place: placeOf(subject),
			message:
				text === 'all'
					? 'X-Permitted-Cross-Domain-Policies: all lets any policy file on the host open it to Flash and Acrobat. Set none.'
					: `X-Permitted-Cross-Domain-Policies: \`${text}\` is no value of it, so it has no effect. Set ${meant}.`,
			headers: ['X-Permitted-Cross-Domain-Policies'],
			fixes: [replaceValue(`Set X-Permitted-Cross-Domain-Policies to ${meant}`, false, subject.operation, meant)],
		});
	},
};

const closed: readonly string[] = ['none', 'master-only', 'by-content-type', 'by-ftp-filename', 'none-this-response'];
