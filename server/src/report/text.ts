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
 * carets below what is meant, and what fixes it. Lines and columns are 1-based here, columns count UTF-16 units as editors do. What is said
 * in the same words at several places of a file, as of every site in it, is written out once, with the lines of the others.
 */
export function textReport(result: CheckResult, style: TextStyle): string {
	const { colors } = style;
	const lines: string[] = [];
	let shown = 0;
	for (const { path, source, findings, skipped } of result.files) {
		if (skipped !== null) lines.push(`${colors.bold(printable(path))}: ${colors.yellow('skipped')}, ${skipped}`, '');
		for (const { first, others } of alike(findings)) {
			if (0 < style.maxFindings && style.maxFindings <= shown) break;
			shown += 1 + others.length;
			lines.push(...findingLines(path, source, first, others, result, colors), '');
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

/** Findings in the same words: the first one, and those that are not written out. */
interface Alike {
	readonly first: Finding;
	readonly others: readonly Finding[];
}

/** As many as this are still written out: a few places are sooner read than looked up. */
const fewEnough = 2;

function alike(findings: readonly Finding[]): readonly Alike[] {
	const groups = new Map<string, Finding[]>();
	for (const finding of findings) {
		const key = `${finding.severity} ${finding.rule} ${finding.message}`;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [finding]);
		else group.push(finding);
	}
	return findings.flatMap((finding): readonly Alike[] => {
		const group = groups.get(`${finding.severity} ${finding.rule} ${finding.message}`) ?? [];
		if (group.length <= fewEnough) return [{ first: finding, others: [] }];
		return group[0] === finding ? [{ first: finding, others: group.slice(1) }] : [];
	});
}

function findingLines(
	path: string,
	source: SourceText | null,
	finding: Finding,
	others: readonly Finding[],
	result: CheckResult,
	colors: Colors,
): readonly string[] {
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
	if (0 < others.length) {
		const at = others.map(({ place }) => result.locate(place).range.start.line + 1);
		lines.push(`  and the same ${others.length} times more, in lines ${at.join(', ')}`);
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
