import type { ValueEdit } from '../../fixes/intent';
import { hstsDirective, maxAgeOf, parseHsts } from '../../headers/hsts';
import { oneYear } from '../../headers/recommended';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule, ValueSubject } from '../rule';
import { hstsHeader, hstsName } from './shared/policy';
import { preloadVerdict, removePreload } from './shared/preload';

/** `preload` in a header that the list would refuse (hstspreload.org, `header.preloadable.*`). */
export const rule: Rule = {
	id: 'hsts-preload-ineligible',
	family: 'hsts',
	summary: 'preload is set, but the header does not meet the preload list’s requirements',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: hstsHeader,
	checkValue(subject, report) {
		const verdict = preloadVerdict(subject);
		if (verdict?.kind !== 'ineligible') return;
		const edits = raisingEdits(subject);
		report({
			place: placeOf(subject, verdict.span),
			message: `${hstsName}: preload asks for a place on the preload list, which wants ${verdict.lacks.join(' and ')} as well, so it will be refused. Remove preload until the domain is ready.`,
			headers: [hstsName],
			fixes: [
				removePreload(subject, verdict.span),
				...(edits.length === 0 ? [] : [changeValue('Meet the list’s requirements', false, subject.operation, edits)]),
			],
		});
	},
};

function raisingEdits({ value }: ValueSubject): readonly ValueEdit[] {
	const policy = parseHsts(value.text);
	const maxAge = hstsDirective(policy, 'max-age');
	const seconds = maxAgeOf(policy);
	const edits: ValueEdit[] = [];
	if (maxAge !== null && seconds !== null && seconds < oneYear) edits.push({ ...maxAge.span, text: `max-age=${oneYear}` });
	const preload = hstsDirective(policy, 'preload');
	if (preload !== null && hstsDirective(policy, 'includesubdomains') === null)
		edits.push({ start: preload.span.start, end: preload.span.start, text: 'includeSubDomains; ' });
	return edits;
}
