import { createColors } from 'picocolors';
import { ruleUrl } from '../report/ruleUrl';
import { rules } from '../rules/registry';
import { useColors } from './reportFlags';
import { exitStatus, type Terminal } from './terminal';

/** `headerlint rules`: the catalogue, one rule a line, or as JSON of schema `headerlint-rules/1`. */
export function runRules(flags: { readonly format: 'text' | 'json'; readonly color: boolean }, terminal: Terminal): number {
	if (flags.format === 'json') {
		const list = rules.map(({ id, family, summary, severity, fix, headers }) => {
			return { id, family, summary, severity, fix, headers: headers ?? [], url: ruleUrl(id) };
		});
		terminal.write(`${JSON.stringify({ schema: 'headerlint-rules/1', rules: list }, null, 2)}\n`);
		return exitStatus.clean;
	}
	const colors = createColors(useColors(flags, terminal));
	const widest = Math.max(0, ...rules.map(({ id }) => id.length));
	const paint = { error: colors.red, warning: colors.yellow, info: colors.blue, off: colors.dim };
	for (const { id, severity, fix, summary } of rules)
		terminal.write(
			`${colors.bold(id.padEnd(widest))}  ${paint[severity.ui](severity.ui.padEnd(7))}  ${(fix === 'none' ? '' : fix).padEnd(9)}  ${summary}\n`,
		);
	return exitStatus.clean;
}
