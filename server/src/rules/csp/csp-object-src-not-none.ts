import { sourceConcerns } from '../../headers/csp/concerns';
import { appendDirective, removeToken } from '../../headers/csp/edits';
import { decidingDirective, isNone } from '../../headers/csp/effective';
import { cspOf } from '../../headers/csp/parse';
import type { Rule } from '../rule';
import { cspContext, enforcedHeader, hasDirective, mainPolicy } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-object-src-not-none` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-object-src-not-none',
	family: 'csp',
	summary: "Plugin content is not shut out by object-src 'none'",
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: enforcedHeader,
	checkValue: (subject, report) => {
		const policy = mainPolicy(subject);
		if (policy === null) return;
		const csp = cspOf(subject.value);
		const all = csp.policies.map(each => decidingDirective(each, 'object-src'));
		if (all.some(directive => directive !== null && (directive.open || isNone(directive)))) return;
		const directive = decidingDirective(policy, 'object-src');
		const add = { title: "Add object-src 'none'", safe: false, edits: [appendDirective(csp, "object-src 'none'", policy)] };
		if (directive === null) {
			// Without script-src everything is open and csp-missing-script-src says so.
			if (hasDirective(subject, 'object-src', 'default-src') || !hasDirective(subject, 'script-src')) return;
			reportPolicy(subject, report, {
				severity: 'warning',
				message:
					"neither object-src nor default-src is there, so embedded plugin content may come from anywhere and run script. Add object-src 'none'.",
				fixes: [add],
			});
			return;
		}
		// A source that is worse than this advice has its own finding.
		if (sourceConcerns(subject.value, cspContext(subject)).some(concern => concern.directive === directive && severe.has(concern.rule)))
			return;
		const own = directive.name === 'object-src';
		const [only] = directive.values;
		reportPolicy(subject, report, {
			...(own ? { span: directive } : {}),
			severity: 'info',
			message: own
				? "object-src allows plugin content, which no current browser runs and old tricks use. Write object-src 'none'."
				: "plugin content falls back to default-src; nothing needs it any more, and old tricks use it. Add object-src 'none'.",
			fixes: [
				own
					? {
							title: "Set object-src to 'none'",
							safe: false,
							edits:
								only !== undefined && directive.values.length === 1
									? [removeToken(directive, only)]
									: [{ start: only?.start ?? directive.end, end: directive.end, text: "'none'" }],
						}
					: add,
			],
		});
	},
};

const severe: ReadonlySet<string> = new Set(['csp-script-wildcard', 'csp-script-scheme-source']);
