import type { ValueEdit } from '../../../fixes/intent';
import type { Span } from '../../../text/span';
import type { FixProposal, RelatedPlace, Reporter, Severity, ValueSubject } from '../../rule';
import { headerName, headPlace, writtenPlace } from './policySubject';

/** What a rule says of a policy. */
export interface SaidOfPolicy {
	/** The characters of the value it is about; without them the header's name is marked, as for what is absent. */
	readonly span?: Span;
	/** Without the header's name in front. */
	readonly message: string;
	/** Of the rule itself where left out. */
	readonly severity: Severity | undefined;
	readonly related?: readonly RelatedPlace[];
	readonly fixes?: readonly ValueFix[];
}

/** A fix that changes the value. Offsets are those of the value's text. */
export interface ValueFix {
	readonly title: string;
	readonly safe: boolean;
	readonly edits: readonly ValueEdit[];
}

/**
 * Reports about a policy. Words nobody wrote (helmet's defaults) get no advice; an error or warning about them is shown at the
 * header's name.
 */
export function reportPolicy(subject: ValueSubject, report: Reporter, said: SaidOfPolicy): void {
	const written = said.span === undefined ? headPlace(subject) : writtenPlace(subject, said.span.start, said.span.end);
	if (written === null && said.severity === 'info') return;
	report({
		place: written ?? headPlace(subject),
		message: `${headerName(subject)}: ${said.message}`,
		headers: [headerName(subject)],
		...(said.severity === undefined ? {} : { severity: said.severity }),
		...(said.related === undefined ? {} : { related: said.related }),
		fixes: (said.fixes ?? []).map(fix => valueFix(subject, fix)),
	});
}

/** The proposal that changes the subject's value. */
export function valueFix({ operation }: ValueSubject, { title, safe, edits }: ValueFix): FixProposal {
	return { title, safe, intent: { kind: 'change-value', operation, edits } };
}
