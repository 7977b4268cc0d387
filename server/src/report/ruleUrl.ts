/** Where people read about a rule: its page in the repository. `rule` is a rule id. */
export function ruleUrl(rule: string): string {
	return `https://github.com/headerlint/headerlint/blob/main/docs/rules/${encodeURIComponent(rule)}.md`;
}
