import type { ValueEdit } from '../../../fixes/intent';
import { type SourceConcern, type SourceRule, sourceConcerns } from '../../../headers/csp/concerns';
import { removeToken, replaceOrRemove } from '../../../headers/csp/edits';
import { cspOf, type ParsedCsp } from '../../../headers/csp/parse';
import type { Rule, Severity, ValueSubject } from '../../rule';
import { cspContext, enforcedHeader, policyHeaders } from './policySubject';
import { reportPolicy, type ValueFix } from './valueReport';

/** A rule about one word of a source list. The condition, with its rank among the others, is in headers/csp/concerns.ts. */
export interface SourceRuleSpec extends Pick<Rule, 'summary' | 'severity' | 'fix'> {
	readonly id: SourceRule;
	/** `text` rules judge both headers; `strength` rules only the enforced one, since a trial policy forbids nothing. */
	readonly about: 'text' | 'strength';
	readonly say: (found: FoundSource) => SaidOfSource;
}

/** A word the rule is about. */
export interface FoundSource extends SourceConcern {
	readonly subject: ValueSubject;
	readonly csp: ParsedCsp;
	/** The word as written, for messages. */
	readonly word: string;
	/** The directive's name, for messages. */
	readonly name: string;
	/** Puts 'self' in place of the word; takes it out where 'self' is there, or comes in place of another word of the list. */
	selfInstead(): ValueEdit;
}

/** What is said of the word: see `SaidOfPolicy`. */
export interface SaidOfSource {
	readonly message: string;
	readonly severity?: Severity;
	readonly fixes?: readonly ValueFix[];
}

/** Makes the rule that says `spec.say` of every word whose one concern it is. */
export function sourceRule({ say, about, ...rule }: SourceRuleSpec): Rule {
	return {
		...rule,
		family: 'csp',
		headers: about === 'text' ? policyHeaders : enforcedHeader,
		checkValue: (subject, report) => {
			const concerns = sourceConcerns(subject.value, cspContext(subject));
			for (const concern of concerns) {
				if (concern.rule !== rule.id) continue;
				const { token, directive } = concern;
				const selfInstead = (): ValueEdit => {
					const first = concerns.find(other => other.directive === directive && replacedBySelf.has(other.rule));
					return first === undefined || first.token === token ? replaceOrRemove(directive, token, "'self'") : removeToken(directive, token);
				};
				const said = say({ ...concern, subject, csp: cspOf(subject.value), word: token.text, name: directive.name, selfInstead });
				reportPolicy(subject, report, { ...said, span: token, severity: said.severity ?? usualSeverity(rule, subject) });
			}
		},
	};
}

const replacedBySelf: ReadonlySet<SourceRule> = new Set(['csp-script-wildcard', 'csp-script-scheme-source']);

function usualSeverity(rule: Pick<Rule, 'severity'>, { profile }: ValueSubject): Severity {
	const severity = profile === 'public-asset' ? (rule.severity['public-asset'] ?? rule.severity.ui) : rule.severity[profile];
	return severity === 'off' ? 'info' : severity;
}
