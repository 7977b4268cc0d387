import { type HstsPolicy, hstsDirective, maxAgeOf } from '../../headers/hsts';
import { oneYear } from '../../headers/recommended';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { FixProposal, Report, Rule, ValueSubject } from '../rule';
import { hstsHeader, hstsName, policyOf } from './shared/policy';

/** A value that browsers ignore as a whole: no max-age, one that is no number, or a comma (RFC 6797 6.1). */
export const rule: Rule = {
	id: 'hsts-invalid',
	family: 'hsts',
	summary: 'Strict-Transport-Security has no valid max-age, so browsers ignore it',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: hstsHeader,
	checkValue(subject, report) {
		const policy = policyOf(subject);
		const found = policy === null ? null : (commaReport(subject, policy) ?? maxAgeReport(subject, policy));
		if (found !== null) report(found);
	},
};

function commaReport(subject: ValueSubject, policy: HstsPolicy): Report | null {
	const { comma } = policy;
	if (comma === null || policy.open) return null;
	const { text } = subject.value;
	const rest = text.slice(comma + 1);
	const second = /max-age/i.test(text.slice(0, comma)) && /max-age/i.test(rest);
	const fix = second
		? changeValue('Keep the first policy', true, subject.operation, [{ start: comma, end: text.length, text: '' }])
		: changeValue('Replace the comma by a semicolon', true, subject.operation, [{ start: comma, end: comma + 1, text: ';' }]);
	return {
		place: placeOf(subject, { start: comma, end: comma + 1 }),
		message: `${hstsName} has a comma: directives are separated by semicolons, so browsers ignore the header. Replace it by a semicolon.`,
		headers: [hstsName],
		fixes: [fix],
	};
}

function maxAgeReport(subject: ValueSubject, policy: HstsPolicy): Report | null {
	const directive = hstsDirective(policy, 'max-age');
	if (directive === null) {
		if (policy.open || policy.directives.some(({ opaque }) => opaque)) return null;
		return {
			place: placeOf(subject),
			message: `${hstsName} has no max-age, so browsers ignore the header. Add \`max-age=${oneYear}\`.`,
			headers: [hstsName],
			fixes: [missingMaxAgeFix(subject, policy)],
		};
	}
	if (directive.opaque || maxAgeOf(policy) !== null) return null;
	const digits = /^["'\s]*(\d[\d_]*)["'\s]*s?$/.exec(directive.value ?? '')?.[1]?.replaceAll('_', '');
	const text = `max-age=${digits ?? oneYear}`;
	return {
		place: placeOf(subject, directive.span),
		message: `${hstsName}: max-age is to be a number of seconds, \`${directive.value ?? 'nothing'}\` is none, so browsers ignore the header. Write \`${text}\`.`,
		headers: [hstsName],
		fixes: [changeValue(`Write ${text}`, digits !== undefined, subject.operation, [{ ...directive.span, text }])],
	};
}

/** `maxage=31536000` and `max-age: 31536000` mean max-age evidently; otherwise a year is put in front. */
function missingMaxAgeFix(subject: ValueSubject, policy: HstsPolicy): FixProposal {
	for (const { span } of policy.directives) {
		const match = /^max[-_ ]?age\s*[:= ]\s*"?(\d+)"?$/i.exec(subject.value.text.slice(span.start, span.end));
		if (match === null) continue;
		const text = `max-age=${match[1]}`;
		return changeValue(`Write ${text}`, true, subject.operation, [{ ...span, text }]);
	}
	const text = `max-age=${oneYear}`;
	return changeValue(`Add ${text}`, false, subject.operation, [{ start: 0, end: 0, text: `${text}; ` }]);
}
