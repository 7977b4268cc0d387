import { type CspDirective, cspOf } from '../../headers/csp/parse';
import type { Span } from '../../text/span';
import type { Rule } from '../rule';
import { policyHeaders } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-unexpected-value` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-unexpected-value',
	family: 'csp',
	summary: 'A directive has a value it cannot have',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	headers: policyHeaders,
	checkValue: (subject, report) => {
		for (const directive of cspOf(subject.value).policies.flatMap(policy => policy.directives)) {
			const excess = directive.dropped === null ? excessValue(directive) : null;
			if (excess === null) continue;
			const { span, keep, reason } = excess;
			const words = subject.value.text.slice(span.start, span.end);
			reportPolicy(subject, report, {
				span,
				severity: undefined,
				message: `${directive.name} ${reason}, so browsers ignore ${words}. Remove it.`,
				fixes: [{ title: `Remove ${words} from ${directive.name}`, safe: true, edits: [{ start: keep, end: span.end, text: '' }] }],
			});
		}
	},
};

interface Excess {
	readonly span: Span;
	/** Where the part ends that stays. */
	readonly keep: number;
	readonly reason: string;
}

/** The words of the value that have no meaning, or null where there are none. */
function excessValue({ kind, nameToken, values }: CspDirective): Excess | null {
	const from = kind === 'nothing' ? 0 : kind === 'report-group' || (kind === 'webrtc' && isWebrtc(values[0]?.text)) ? 1 : null;
	const certain = values.filter(token => token.certain);
	const first = certain[from ?? 0];
	const last = certain[certain.length - 1];
	if (first === undefined || last === undefined || values.some(token => !token.certain && token.start < last.start)) return null;
	const span = { start: first.start, end: last.end };
	const keep = values[values.indexOf(first) - 1]?.end ?? nameToken.end;
	if (kind === 'nothing') return { span, keep, reason: 'takes no value' };
	if (kind === 'report-group') return { span, keep, reason: 'names one endpoint' };
	return kind === 'webrtc' ? { span, keep, reason: "takes 'allow' or 'block' only" } : null;
}

function isWebrtc(word: string | undefined): boolean {
	return word !== undefined && /^'(?:allow|block)'$/i.test(word);
}
