import { appendDirective } from '../../headers/csp/edits';
import { cspOf } from '../../headers/csp/parse';
import type { Rule } from '../rule';
import { enforcedHeader, hasDirective, mainPolicy, responsesWith } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-missing-frame-ancestors` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-missing-frame-ancestors',
	family: 'csp',
	summary: 'Framing is limited by X-Frame-Options only',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: enforcedHeader,
	checkValue: (subject, report) => {
		const policy = mainPolicy(subject);
		if (policy === null || hasDirective(subject, 'frame-ancestors')) return;
		const framing = responsesWith(subject).flatMap(({ headers }) => headers.filter(({ name }) => name.toLowerCase() === 'x-frame-options'));
		const [first] = framing;
		const words = new Set(framing.map(({ value }) => value.text.trim().toLowerCase()));
		const ancestors = { deny: "'none'", sameorigin: "'self'" }[[...words].join()];
		if (first === undefined || ancestors === undefined) return;
		reportPolicy(subject, report, {
			severity: 'info',
			message: `framing is limited by X-Frame-Options only, which knows no exceptions and which browsers are told to replace by frame-ancestors. Add frame-ancestors ${ancestors}.`,
			related: first.operation === null ? [] : [{ place: first.operation.place, message: 'X-Frame-Options is set here' }],
			fixes: [
				{
					title: `Add frame-ancestors ${ancestors}`,
					safe: false,
					edits: [appendDirective(cspOf(subject.value), `frame-ancestors ${ancestors}`)],
				},
			],
		});
	},
};
