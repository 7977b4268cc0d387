import {
	type CodeAction,
	CodeActionKind,
	type Command,
	type Diagnostic,
	DiagnosticSeverity,
	type Position as LspPosition,
	type Range as LspRange,
	type TextDocumentEdit,
	type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Finding } from '../finding';
import { ruleUrl } from '../report/ruleUrl';
import type { Severity } from '../rules/rule';
import type { SpanEdit, TextEdit } from '../text/edit';
import type { SourceText } from '../text/source';
import type { Position, Range } from '../text/span';

/** The only place that knows how findings, fixes and positions are written in the Language Server Protocol. */
export interface Converter {
	/** At most `limit` diagnostics; where there are more, or `omitted` ones besides, the last says how many were left out. */
	diagnostics(findings: readonly Finding[], source: SourceText, limit: number, omitted?: number): Diagnostic[];
	diagnostic(finding: Finding, source: SourceText): Diagnostic;
	/** The edits with the versions of the open documents they belong to; null where a file to edit cannot be read. */
	workspaceEdit(edits: readonly TextEdit[]): WorkspaceEdit | null;
	/** The fewest lines that turn the text of a document into another. */
	replacement(path: string, before: SourceText, after: string): WorkspaceEdit | null;
}

/** What a client can read (`ClientCapabilities`), and where documents are. */
export interface ConverterOptions {
	readonly relatedInformation: boolean;
	readonly documentChanges: boolean;
	uriOf(path: string): string;
	/** The version of an open document, else null. */
	versionOf(path: string): number | null;
	sourceOf(path: string): SourceText | null;
}

/** Makes a converter for one answer: it reads each file once. */
export function createConverter(options: ConverterOptions): Converter {
	/** One source for each file: its line index costs as much as the text is long, and one light bulb holds many edits. */
	const asked = new Map<string, SourceText | null>();
	const sourceFor = (path: string): SourceText | null => {
		const known = asked.get(path);
		if (known !== undefined) return known;
		const source = options.sourceOf(path);
		asked.set(path, source);
		return source;
	};
	const sources =
		(own: SourceText) =>
		(path: string): SourceText | null =>
			path === own.path ? own : sourceFor(path);
	const convert = (finding: Finding, source: SourceText, sourceOf: (path: string) => SourceText | null): Diagnostic => {
		const { origin } = finding;
		if (origin === undefined) return convertAnew(finding, source, sourceOf);
		const { line, character } = source.lines.positionAt(origin.start);
		const known = madeBefore.get(origin.finding);
		const { relatedInformation } = options;
		if (known !== undefined && known.line === line && known.character === character && known.relatedInformation === relatedInformation)
			return known.diagnostic;
		const diagnostic = convertAnew(finding, source, sourceOf);
		// Related places in another part may move when this one does not.
		if (origin.finding.related.every(({ place }) => place.path === origin.finding.place.path))
			madeBefore.set(origin.finding, { line, character, relatedInformation, diagnostic });
		return diagnostic;
	};
	const convertAnew = (finding: Finding, source: SourceText, sourceOf: (path: string) => SourceText | null): Diagnostic => {
		const diagnostic: Diagnostic = {
			range: source.lines.rangeOf(finding.place.span),
			severity: severities[finding.severity],
			code: finding.rule,
			codeDescription: { href: ruleUrl(finding.rule) },
			source: 'headerlint',
			message: finding.message,
		};
		if (!options.relatedInformation || finding.related.length === 0) return diagnostic;
		const related = finding.related.flatMap(({ place, message }) => {
			const other = sourceOf(place.path);
			return other === null ? [] : [{ location: { uri: options.uriOf(place.path), range: other.lines.rangeOf(place.span) }, message }];
		});
		return 0 < related.length ? { ...diagnostic, relatedInformation: related } : diagnostic;
	};
	const edit = (path: string, source: SourceText, edits: readonly SpanEdit[]): TextDocumentEdit => ({
		textDocument: { uri: options.uriOf(path), version: options.versionOf(path) },
		edits: edits.map(({ span, newText }) => ({ range: source.lines.rangeOf(span), newText })),
	});
	const asWorkspaceEdit = (changes: TextDocumentEdit[]): WorkspaceEdit => {
		if (options.documentChanges) return { documentChanges: changes };
		return {
			changes: Object.fromEntries(changes.map(change => [change.textDocument.uri, change.edits.filter(item => 'newText' in item)])),
		};
	};
	return {
		diagnostic: (finding, source) => {
			return convert(finding, source, sources(source));
		},
		diagnostics: (findings, source, limit, omitted = 0) => {
			const sourceOf = sources(source);
			const shown = findings.length <= limit ? findings : findings.slice(0, limit);
			const diagnostics = shown.map(finding => convert(finding, source, sourceOf));
			const left = findings.length - shown.length + omitted;
			if (0 < left)
				diagnostics.push({
					range: source.lines.rangeOf({ start: 0, end: 0 }),
					severity: DiagnosticSeverity.Information,
					source: 'headerlint',
					message: `${left} more findings of this file are not shown. Fix some of these first, raise "headerlint.maxFindingsPerFile", or run "headerlint check".`,
				});
			return diagnostics;
		},
		workspaceEdit: edits => {
			const changes: TextDocumentEdit[] = [];
			for (const path of new Set(edits.map(each => each.path))) {
				const source = sourceFor(path);
				if (source === null) return null;
				changes.push(
					edit(
						path,
						source,
						edits.filter(each => each.path === path),
					),
				);
			}
			return asWorkspaceEdit(changes);
		},
		replacement: (path, before, after) => {
			let start = 0;
			while (start < before.text.length && start < after.length && before.text.charCodeAt(start) === after.charCodeAt(start)) start++;
			let end = before.text.length;
			let afterEnd = after.length;
			while (start < end && start < afterEnd && before.text.charCodeAt(end - 1) === after.charCodeAt(afterEnd - 1)) {
				end--;
				afterEnd--;
			}
			if (start === end && start === afterEnd) return null;
			return asWorkspaceEdit([edit(path, before, [{ span: { start, end }, newText: after.slice(start, afterEnd) }])]);
		},
	};
}

/** The diagnostics of findings in a part of a file, with the position where the part began: most keystrokes move none of them. */
const madeBefore = new WeakMap<
	Finding,
	{ readonly line: number; readonly character: number; readonly relatedInformation: boolean; readonly diagnostic: Diagnostic }
>();

/** Our position of a protocol position: they count alike. */
export function positionFrom(position: LspPosition): Position {
	return { line: position.line, character: position.character };
}

/** Our range of a protocol range. */
export function rangeFrom(range: LspRange): Range {
	return { start: positionFrom(range.start), end: positionFrom(range.end) };
}

/** A quick fix for one finding. */
export function quickFix(title: string, diagnostic: Diagnostic, edit: WorkspaceEdit, isPreferred: boolean): CodeAction {
	return { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], ...(isPreferred ? { isPreferred } : {}), edit };
}

/** An entry of the light bulb that runs a command instead of editing. */
export function commandAction(title: string, diagnostic: Diagnostic, command: Command): CodeAction {
	return { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
	error: DiagnosticSeverity.Error,
	warning: DiagnosticSeverity.Warning,
	info: DiagnosticSeverity.Information,
};
