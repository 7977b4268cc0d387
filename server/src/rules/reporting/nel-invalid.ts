import { nelFault } from '../../headers/nel';
import { reportToGroups } from '../../headers/reporting';
import { fieldsOf, mayDiffer, responsesOf } from '../../model/responsesOf';
import { hasUnknown, isUnknown, placeInValue } from '../../model/value';
import type { Rule, ValueSubject } from '../rule';

/** `nel-invalid` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'nel-invalid',
	family: 'reporting',
	summary: 'A NEL header that browsers ignore',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'none',
	headers: ['nel'],
	checkValue: (subject, report) => {
		const { value, operation } = subject;
		if (isUnknown(value)) return;
		const { fault, group } = nelFault(value.text);
		const reason = fault ?? (group === null ? null : missingGroup(subject, group));
		if (reason === null) return;
		report({
			place: placeInValue(value, 0, value.text.length) ?? operation.place,
			message: `NEL: ${reason}, so browsers report no network errors. Correct it, or leave the header out.`,
			headers: ['NEL'],
		});
	},
};

/** NEL still goes by the older Report-To header, not by Reporting-Endpoints (NEL, "report_to"). */
function missingGroup({ surface, operation }: ValueSubject, group: string): string | null {
	const responses = responsesOf(surface, operation);
	const lost =
		surface.complete &&
		0 < responses.length &&
		responses.every(response => {
			const fields = fieldsOf(response, 'report-to');
			if (mayDiffer(response, 'report-to') || fields.some(({ value }) => hasUnknown(value.text))) return false;
			return !fields.some(({ value }) => reportToGroups(value).some(({ name }) => name === group));
		});
	return lost ? `no Report-To header defines the group "${group}"` : null;
}
