import type { ValueEdit } from '../../../fixes/intent';
import { canonicalName } from '../../../headers/names';
import { placeInValue } from '../../../model/value';
import type { Span } from '../../../text/span';
import type { FixProposal, Reporter, Severity, ValueSubject } from '../../rule';

/** Both headers that carry a permissions policy, lower case. */
export const permissionsHeaders: readonly string[] = ['permissions-policy', 'permissions-policy-report-only'];

/** What a rule says of a permissions policy. */
export interface SaidOfPermissions {
	/** The characters of the value; without them the header's name is marked. */
	readonly span?: Span;
	/** Without the header's name in front. */
	readonly message: string;
	readonly severity?: Severity;
	readonly fixes?: readonly { readonly title: string; readonly safe: boolean; readonly edits: readonly ValueEdit[] }[];
}

/** Reports about the value of Permissions-Policy or its Report-Only twin. */
export function reportPermissions({ value, operation, header }: ValueSubject, report: Reporter, said: SaidOfPermissions): void {
	const name = canonicalName(header);
	const place = said.span === undefined ? operation.namePlace : placeInValue(value, said.span.start, said.span.end);
	const fixes: readonly FixProposal[] = (said.fixes ?? []).map(({ title, safe, edits }) => ({
		title,
		safe,
		intent: { kind: 'change-value', operation, edits },
	}));
	report({
		place: place ?? operation.place,
		message: `${name}: ${said.message}`,
		headers: [name],
		...(said.severity === undefined ? {} : { severity: said.severity }),
		fixes,
	});
}
