import { cspOf } from '../../headers/csp/parse';
import { parseFrameOptions } from '../../headers/frameOptions';
import { contentResponses, hasFrameAncestors, settingOperations } from '../../model/sentHeaders';
import { hasUnknown } from '../../model/value';
import { policiesHave } from '../csp/shared/policySubject';
import { changeValue, placeOf, removeOperation } from '../generic/shared/reporting';
import type { FixProposal, Rule, ValueSubject } from '../rule';

/** ALLOW-FROM, which Chrome and Safari never knew and Firefox dropped with version 70: the whole header is ignored. */
export const rule: Rule = {
	id: 'xfo-allow-from',
	family: 'framing',
	summary: 'X-Frame-Options: ALLOW-FROM is ignored by every current browser',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	headers: ['x-frame-options'],
	checkValue(subject, report) {
		const option = parseFrameOptions(subject.value.text).find(({ kind }) => kind === 'allow-from');
		if (option === undefined) return;
		const written = subject.value.text.slice(option.span.start, option.span.end);
		const origin = /^allow-from\b[\s:=]*(\S+)/i.exec(written)?.[1] ?? null;
		report({
			place: placeOf(subject, option.span),
			message: `X-Frame-Options: browsers ignore ALLOW-FROM and with it the header, so any site can frame the page. Use \`frame-ancestors ${origin ?? "'self'"}\` in Content-Security-Policy.`,
			headers: ['X-Frame-Options', 'Content-Security-Policy'],
			fixes: fixesOf(subject, origin),
		});
	},
};

/** First the policy that does what ALLOW-FROM was to do; once it is there, the dead header goes. */
function fixesOf(subject: ValueSubject, origin: string | null): readonly FixProposal[] {
	const { surface, operation } = subject;
	const responses = contentResponses(surface);
	if (0 < responses.length && responses.every(hasFrameAncestors)) return [removeOperation('Remove X-Frame-Options', true, operation)];
	if (origin === null || hasUnknown(origin)) return [];
	const policy = settingOperations(surface, 'content-security-policy')[0];
	const directive = `frame-ancestors ${origin}`;
	const value = policy?.value ?? null;
	if (policy === undefined || value === null)
		return [
			{
				title: `Add Content-Security-Policy: ${directive}`,
				safe: false,
				intent: { kind: 'insert-headers', surface, headers: [{ name: 'Content-Security-Policy', value: directive }] },
			},
		];
	if (policiesHave(cspOf(value), ['frame-ancestors']))
		// No other answer is known that lacks it: one for a part of the site says nothing of the rest.
		return responses.length === 0 ? [removeOperation('Remove X-Frame-Options', true, operation)] : [];
	const end = cspOf(value).policies[0]?.end ?? value.text.length;
	const separator = /;\s*$/.test(value.text.slice(0, end)) ? ' ' : '; ';
	return [changeValue(`Add ${directive} to the policy`, false, policy, [{ start: end, end, text: `${separator}${directive}` }])];
}
