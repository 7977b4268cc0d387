import type { CheckResult } from './checkResult';

/**
 * `--format github`: workflow commands, which GitHub Actions shows beside the lines of a pull request
 * (docs.github.com, "Workflow commands for GitHub Actions").
 */
export function githubReport(result: CheckResult): string {
	const lines: string[] = [];
	for (const { path, findings, skipped } of result.files) {
		if (skipped !== null) lines.push(`::notice file=${property(path)},title=headerlint::${data(`skipped: ${skipped}`)}`);
		for (const finding of findings) {
			const { start, end } = result.locate(finding.place).range;
			const command = finding.severity === 'info' ? 'notice' : finding.severity;
			// Columns are only understood where the annotation begins and ends on one line.
			const columns =
				start.line === end.line ? `,col=${start.character + 1},endColumn=${Math.max(end.character, start.character + 1)}` : '';
			lines.push(
				`::${command} file=${property(path)},line=${start.line + 1},endLine=${end.line + 1}${columns},title=${property(`headerlint: ${finding.rule}`)}::${data(finding.message)}`,
			);
		}
	}
	return lines.map(line => `${line}\n`).join('');
}

function data(text: string): string {
	return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
	return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
