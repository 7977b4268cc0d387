import { isKnown, placeOf, replaceValue } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** Origin-Agent-Cluster is a structured-field boolean (HTML); anything else is as if absent. */
export const rule: Rule = {
	id: 'oac-invalid',
	family: 'cross-origin',
	summary: 'Origin-Agent-Cluster is neither ?1 nor ?0',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: ['origin-agent-cluster'],
	checkValue(subject, report) {
		const text = subject.value.text.trim();
		if (!isKnown(subject) || text === '' || /^\?[01]\s*(?:;|$)/.test(text)) return;
		const off = /^\W*(?:0|false|off|no)\W*$/i.test(text);
		const meant = off ? '?0' : '?1';
		report({
			place: placeOf(subject),
			message: `Origin-Agent-Cluster: \`${text}\` is no boolean of a structured field, so browsers ignore it. Write ${meant}.`,
			headers: ['Origin-Agent-Cluster'],
			fixes: [
				replaceValue(`Set Origin-Agent-Cluster to ${meant}`, off || /^\W*(?:1|true|on|yes)\W*$/i.test(text), subject.operation, meant),
			],
		});
	},
};
