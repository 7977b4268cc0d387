import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import type { FileReport } from '../fileReport';
import type { Finding } from '../finding';
import { isScript } from '../member';
import type { TextEdit } from '../text/edit';
import { overlaps, type Span, touches } from '../text/span';
import { type Converter, commandAction, quickFix, rangeFrom } from './convert';
import type { Guard } from './guard';
import { fixAllKind, openDocumentation } from './protocol';
import type { Session } from './session';

/**
 * The light bulb of a range: the fixes of the findings that touch it, then a way to silence each and its documentation; and
 * `source.fixAll.headerlint` when it is asked for by name. Everything is worked out from the current text.
 */
export function codeActions(path: string, params: CodeActionParams, session: Session, converter: Converter, guard: Guard): CodeAction[] {
	const only = params.context.only;
	const wants = (kind: string): boolean => only === undefined || only.some(asked => kind === asked || kind.startsWith(`${asked}.`));
	const source = session.sourceOf(path);
	if (source === null) return [];
	const { start, end } = rangeFrom(params.range);
	const asked: Span = { start: source.lines.offsetAt(start), end: source.lines.offsetAt(end) };
	const report = session.report(path, { within: asked, ms: 0 });
	if (report === null) return [];
	const actions = wants('quickfix') ? quickFixes(report, asked, session, converter, guard) : [];
	// Never among the entries of a plain light bulb: working out all fixes of a file is for those who asked.
	if (only !== undefined && wants(fixAllKind)) {
		const fixed = session.fixedText(path);
		const edit = fixed === null ? null : converter.replacement(path, report.source, fixed);
		if (edit !== null) actions.push({ title: 'Fix all safe Headerlint findings', kind: fixAllKind, edit });
	}
	return actions;
}

function quickFixes(report: FileReport, asked: Span, session: Session, converter: Converter, guard: Guard): CodeAction[] {
	const meant = report.findings.filter(({ place }) => overlaps(place.span, asked) || touches(place.span, asked.start));
	const fixes: CodeAction[] = [];
	const silences: CodeAction[] = [];
	const pages: CodeAction[] = [];
	for (const finding of meant) {
		const diagnostic = converter.diagnostic(finding, report.source);
		finding.fixes.forEach((fix, order) => {
			const edit = converter.workspaceEdit(fix.edits);
			if (edit !== null) fixes.push(quickFix(fix.title, diagnostic, edit, order === 0));
		});
		for (const { title, edits } of suppressions(finding, report, session, guard)) {
			const edit = converter.workspaceEdit(edits);
			if (edit !== null) silences.push(quickFix(title, diagnostic, edit, false));
		}
		if (!pages.some(page => page.command?.arguments?.[0] === finding.rule))
			pages.push(
				commandAction(`Headerlint: Show documentation of ${finding.rule}`, diagnostic, {
					title: 'Show documentation',
					command: openDocumentation,
					arguments: [finding.rule],
				}),
			);
	}
	return [...fixes, ...silences, ...pages];
}

interface Suppression {
	readonly title: string;
	readonly edits: readonly TextEdit[];
}

/** The comments that silence a finding (DESIGN.md 1.3): for its line, and for the rest of the file. */
function suppressions(finding: Finding, report: FileReport, session: Session, guard: Guard): readonly Suppression[] {
	if (report.kind !== 'caddyfile' && report.kind !== 'javascript') return [];
	const { rule, place } = finding;
	const found: Suppression[] = [];
	// A writer that fails must not take the fixes of the other findings with it.
	const line = guard.run('insert-comment', report.path, null, () =>
		session.linterOf(report.path).linter.commentEdits(place, `headerlint-disable-next-line ${rule} -- reason`),
	);
	if (line !== null && 0 < line.length) found.push({ title: `Disable ${rule} for this line`, edits: line });
	const marker = isScript(report.path) ? '//' : '#';
	const { lines } = report.source;
	const start = report.source.slice(0, 2) === '#!' ? lines.lineSpan(1).start : 0;
	const lineEnd = lines.lineSpan(0).end;
	const lineBreak = report.source.slice(lineEnd, lineEnd + 2) === '\r\n' ? '\r\n' : '\n';
	found.push({
		title: `Disable ${rule} for this file`,
		edits: [{ path: report.path, span: { start, end: start }, newText: `${marker} headerlint-disable ${rule} -- reason${lineBreak}` }],
	});
	return found;
}
