import type { Colors } from 'picocolors/types';
import type { Finding } from '../finding';
import type { Severity } from '../rules/rule';
import type { SourceText } from '../text/source';
import { type CheckResult, summarize } from './checkResult';
import { excerpt } from './excerpt';
import { printable } from './printable';

export interface TextStyle {
	/** Colours, or none at all (`picocolors.createColors`). */
	readonly colors: Colors;
	/** At most this many findings are shown; the rest is counted. 0 for no limit. */
	readonly maxFindings: number;
	/** Lines above the summary: what `--fix` did or would do, the projected score. */
	readonly notes: readonly string[];
}

/**
 * `--format text`: for every finding the place, the severity and the rule, the message, the headers concerned, the line with
 * carets below what is meant, and what fixes it. Lines and columns are 1-based here, columns count UTF-16 units as editors do.
 */
export function textReport(result: CheckResult, style: TextStyle): string {
	const { colors } = style;
	const lines: string[] = [];
	let shown = 0;
	for (const { path, source, findings, skipped } of result.files) {
		if (skipped !== null) lines.push(`${colors.bold(printable(path))}: ${colors.yellow('skipped')}, ${skipped}`, '');
		for (const finding of findings) {
			if (0 < style.maxFindings && style.maxFindings <= shown) break;
			shown++;
			lines.push(...findingLines(path, source, finding, result, colors), '');
		}
	}
	const all = result.errors + result.warnings + result.infos;
	if (shown < all) lines.push(`${all - shown} more findings are not shown; --max-findings 0 shows all.`, '');
	lines.push(...style.notes.map(printable), ...(0 < style.notes.length ? [''] : []));
	const summary = summarize(result);
	lines.push(0 < result.errors ? colors.red(summary) : 0 < result.warnings ? colors.yellow(summary) : colors.green(summary), '');
	return lines.join('\n');
}

/** How a severity is coloured. */
export function colorOf(severity: Severity, colors: Colors): (text: string) => string {
	return severity === 'error' ? colors.red : severity === 'warning' ? colors.yellow : colors.blue;
}

function findingLines(path: string, source: SourceText | null, finding: Finding, result: CheckResult, colors: Colors): readonly string[] {
	const { start } = result.locate(finding.place).range;
	const paint = colorOf(finding.severity, colors);
	const lines = [
		`${colors.bold(`${printable(path)}:${start.line + 1}:${start.character + 1}`)} ${paint(finding.severity)} ${colors.dim(finding.rule)}`,
		`  ${printable(finding.message)}`,
	];
	const unnamed = finding.headers.filter(header => !finding.message.includes(header));
	if (0 < unnamed.length)
		lines.push(colors.dim(`  ${finding.headers.length === 1 ? 'Header' : 'Headers'}: ${printable(finding.headers.join(', '))}`));
	if (source !== null) {
		const { number, text, carets } = excerpt(source, finding.place.span);
		const gutter = ' '.repeat(number.length);
		lines.push(colors.dim(`  ${number} | `) + text, colors.dim(`  ${gutter} | `) + paint(carets));
	}
	for (const { place, message } of finding.related) {
		const at = result.locate(place);
		lines.push(`  ${printable(at.path)}:${at.range.start.line + 1}:${at.range.start.character + 1} ${printable(message)}`);
	}
	const fix = finding.fixes[0];
	if (fix !== undefined)
		lines.push(`  ${colors.green('fix')}: ${printable(fix.title)} ${colors.dim(fix.safe ? '(--fix)' : '(--fix-suggested)')}`);
	return lines;
}
