import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { hstsHeader, hstsName, policyOf } from './shared/policy';

/** A directive that stands twice, which makes the header invalid (RFC 6797 6.1, requirement 2). */
export const rule: Rule = {
	id: 'hsts-duplicate-directive',
	family: 'hsts',
	summary: 'A directive of Strict-Transport-Security stands twice',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: hstsHeader,
	checkValue(subject, report) {
		const policy = policyOf(subject);
		if (policy === null || policy.comma !== null) return;
		const first = new Map<string, string>();
		for (const { name, nameSpan, span, value, opaque } of policy.directives) {
			if (opaque) continue;
			const earlier = first.get(name);
			if (earlier === undefined) {
				first.set(name, value ?? '');
				continue;
			}
			const before = subject.value.text.lastIndexOf(';', span.start);
			report({
				place: placeOf(subject, span),
				message: `${hstsName} has ${name} twice, and browsers may ignore a header with a repeated directive. Delete the second one.`,
				headers: [hstsName],
				fixes: [
					changeValue(
						`Delete the second ${subject.value.text.slice(nameSpan.start, nameSpan.end)}`,
						earlier === (value ?? ''),
						subject.operation,
						[{ start: Math.max(0, before), end: span.end, text: '' }],
					),
				],
			});
		}
	},
};
