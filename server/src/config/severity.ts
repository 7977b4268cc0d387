import type { Rule, Severity } from '../rules/rule';
import type { FileConfig } from './types';

/** How loud a rule is for a file: what its project file says, else the rule's own severity for the file's profile. */
export function severityOf(rule: Rule, config: FileConfig): Severity | 'off' {
	const said = config.severities.get(rule.id);
	if (said !== undefined) return said;
	return config.profile === 'public-asset' ? (rule.severity['public-asset'] ?? rule.severity.ui) : rule.severity[config.profile];
}
