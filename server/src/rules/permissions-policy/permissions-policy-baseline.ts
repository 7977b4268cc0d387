import { baselineFeatures } from '../../headers/facts/retiredFeatures';
import { readDictionary } from '../../headers/structuredFields';
import type { Rule } from '../rule';
import { reportPermissions } from './shared/report';

/** `permissions-policy-baseline` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'permissions-policy-baseline',
	family: 'permissions-policy',
	summary: 'Camera, microphone, geolocation or payment is not restricted',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: ['permissions-policy'],
	checkValue: (subject, report) => {
		// Browsers join the lines of this field: one that is added to others is not the whole policy.
		if (subject.operation.action === 'add') return;
		const { text, members, error, open } = readDictionary(subject.value);
		if (error !== null || open || members.length === 0) return;
		const absent = baselineFeatures.filter(feature => !members.some(member => member.key === feature));
		if (absent.length === 0) return;
		const added = absent.map(feature => `${feature}=()`).join(', ');
		const end = text.trimEnd().length;
		reportPermissions(subject, report, {
			message: `${absent.join(', ')} ${absent.length === 1 ? 'is' : 'are'} not restricted, so an injected script or a frame may ask the visitor for it. Add ${added} unless your pages use it.`,
			severity: 'info',
			fixes: [{ title: `Add ${added}`, safe: false, edits: [{ start: end, end, text: `, ${added}` }] }],
		});
	},
};
