import type { HstsDirective } from '../../headers/hsts';
import { nearest } from '../../headers/nearest';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Report, Rule, ValueSubject } from '../rule';
import { hstsHeader, hstsName, policyOf } from './shared/policy';

/** A directive that browsers pass over: a misspelt one, or a value on one that takes none. */
export const rule: Rule = {
	id: 'hsts-unknown-directive',
	family: 'hsts',
	summary: 'Strict-Transport-Security has a directive that browsers do not know',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	headers: hstsHeader,
	checkValue(subject, report) {
		const policy = policyOf(subject);
		if (policy === null || policy.comma !== null) return;
		for (const directive of policy.directives) {
			const found = directive.opaque ? null : judge(subject, directive);
			if (found !== null) report(found);
		}
	},
};

const spelling: ReadonlyMap<string, string> = new Map([
	['includesubdomains', 'includeSubDomains'],
	['preload', 'preload'],
]);

function judge(subject: ValueSubject, { name, span, value }: HstsDirective): Report | null {
	if (name === 'max-age') return null;
	const written = subject.value.text.slice(span.start, span.end);
	const known = spelling.get(name);
	if (known !== undefined && value === null) return null;
	const meant = known ?? spelling.get(nearest(name, spelling.keys(), 2) ?? '');
	// A max-age in other words has `hsts-invalid`.
	if (meant === undefined && /^max[-_ ]?age/i.test(name)) return null;
	const advice = meant === undefined ? 'Delete it.' : `Write \`${meant}\`.`;
	const why = known === undefined ? 'is no directive, and browsers pass over it' : 'takes no value, and browsers may pass over it';
	const before = subject.value.text.lastIndexOf(';', span.start);
	return {
		place: placeOf(subject, span),
		message: `${hstsName}: \`${written}\` ${why}. ${advice}`,
		headers: [hstsName],
		fixes: [
			meant === undefined
				? changeValue(`Delete ${written}`, true, subject.operation, [{ start: Math.max(0, before), end: span.end, text: '' }])
				: changeValue(`Write ${meant}`, true, subject.operation, [{ ...span, text: meant }]),
		],
	};
}
