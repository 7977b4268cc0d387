import { type DeprecatedHeader, deprecatedHeaders } from '../../headers/facts/deprecatedHeaders';
import { settingOperations } from '../../model/sentHeaders';
import { removeOperation } from '../generic/shared/reporting';
import type { FixProposal, Rule, ValueSubject } from '../rule';

/** A header whose time is over: it does nothing, or something else does its work. */
export const rule: Rule = {
	id: 'deprecated-header',
	family: 'deprecated',
	summary: 'A header is deprecated: browsers do not act on it any more',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	headers: deprecatedHeaders.map(({ name }) => name.toLowerCase()),
	checkValue(subject, report) {
		const { header, operation, surface } = subject;
		const fact = byName.get(header);
		if (fact === undefined) return;
		// Network Error Logging is still configured by Report-To.
		if (header === 'report-to' && 0 < settingOperations(surface, 'nel').length) return;
		report({
			place: operation.namePlace ?? operation.place,
			message: `${fact.name} is deprecated. ${fact.fate}. ${fact.successor === null ? 'Remove it.' : `Use ${fact.successor}.`}`,
			headers: [fact.name],
			severity: fact.severity,
			fixes: [fixOf(subject, fact)],
		});
	},
};

const byName: ReadonlyMap<string, DeprecatedHeader> = new Map(deprecatedHeaders.map(fact => [fact.name.toLowerCase(), fact]));

/** Renames a field that only changed its name and has not been set under the new one; takes others out. */
function fixOf({ surface, operation, header }: ValueSubject, { name, successor, dead }: DeprecatedHeader): FixProposal {
	const replaced = successor !== null && 0 < settingOperations(surface, successor.toLowerCase()).length;
	if (successor !== null && renamed.has(header) && !replaced)
		return { title: `Rename to ${successor}`, safe: false, intent: { kind: 'rename-header', operation, name: successor } };
	return removeOperation(`Remove ${name}`, dead || replaced, operation);
}

const renamed: ReadonlySet<string> = new Set(['feature-policy', 'x-content-security-policy', 'x-webkit-csp']);
