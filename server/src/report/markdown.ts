import { type CheckResult, summarize } from './checkResult';
import { printable } from './printable';
import { ruleUrl } from './ruleUrl';

/** `--format markdown`: a summary and a table per file, for a pull request comment or a job summary. */
export function markdownReport(result: CheckResult): string {
	const lines = ['# Headerlint', '', `${summarize(result)}.`, ''];
	for (const { path, findings, skipped } of result.files) {
		if (skipped !== null) lines.push(`## ${cell(path)}`, '', `Skipped: ${cell(skipped)}.`, '');
		if (findings.length === 0) continue;
		lines.push(`## ${cell(path)}`, '', '| line | severity | finding | headers | rule |', '|---:|---|---|---|---|');
		for (const finding of findings) {
			const { start } = result.locate(finding.place).range;
			lines.push(
				`| ${start.line + 1} | ${finding.severity} | ${cell(finding.message)} | ${cell(finding.headers.join(', '))} | [${finding.rule}](${ruleUrl(finding.rule)}) |`,
			);
		}
		lines.push('');
	}
	const graded = result.surfaces.filter(({ grade }) => grade !== null);
	if (0 < graded.length) {
		lines.push('## Projected Observatory scores', '', '| site or app | file | score | grade |', '|---|---|---:|---|');
		for (const { surface, score, grade } of graded)
			lines.push(`| ${cell(surface.label)} | ${cell(result.locate(surface.place).path)} | ${score ?? ''} | ${grade ?? ''} |`);
		lines.push('');
	}
	return lines.join('\n');
}

/** Text that stays text in a table cell: no column ends, no markup, no HTML. */
function cell(text: string): string {
	return printable(text.replace(/[\r\n]+/g, ' ')).replace(/[\\`*_{}[\]<>|#]/g, character => `\\${character}`);
}
