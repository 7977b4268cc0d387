import assert from 'node:assert/strict';
import type { Finding } from '../../server/src/finding';
import { createSource, type SourceText } from '../../server/src/text/source';

/** A finding as a fixture expects it: below its line, as carets in a comment, with severity and, after a colon, words of the message. */
export interface Expectation {
	readonly line: number;
	/** Null where the fixture gives only the line (`#< error`). */
	readonly columns: { readonly start: number; readonly end: number } | null;
	readonly severity: string;
	readonly words: string;
}

export interface Fixture {
	/** The text without its caret lines. */
	readonly text: string;
	readonly expectations: readonly Expectation[];
}

const caretLine = /^(?:#|\/\/)(?:(?<indent>[\t ]*)(?<carets>\^+)|<) (?<severity>error|warning|info)(?:: (?<words>.*))?$/;

/** Takes the caret lines out of a fixture. `#` stands for one column, `//` for two. */
export function readFixture(annotated: string): Fixture {
	const lines: string[] = [];
	const expectations: Expectation[] = [];
	for (const line of annotated.split('\n')) {
		const match = caretLine.exec(line);
		if (match?.groups === undefined) {
			lines.push(line);
			continue;
		}
		const { indent, carets, severity = '', words = '' } = match.groups;
		const start = (line.startsWith('//') ? 2 : 1) + (indent?.length ?? 0);
		expectations.push({
			line: lines.length - 1,
			columns: carets === undefined ? null : { start, end: start + carets.length },
			severity,
			words,
		});
	}
	return { text: lines.join('\n'), expectations };
}

/** Writes findings below their lines, the way `readFixture` reads them; messages are left out. */
export function annotate(source: SourceText, findings: readonly Finding[], marker: '#' | '//'): string {
	const notes = new Map<number, string[]>();
	for (const finding of findings) {
		const { start, end } = source.lines.rangeOf(finding.place.span);
		const list = notes.get(start.line) ?? [];
		const oneLine = start.line === end.line && marker.length <= start.character && start.character < end.character;
		const indent = source.text
			.slice(source.lines.lineSpan(start.line).start, finding.place.span.start)
			.slice(marker.length)
			.replace(/[^\t]/g, ' ');
		list.push(
			oneLine ? `${marker}${indent}${'^'.repeat(end.character - start.character)} ${finding.severity}` : `${marker}< ${finding.severity}`,
		);
		notes.set(start.line, list);
	}
	return source.text
		.split('\n')
		.flatMap((line, index) => [line, ...(notes.get(index) ?? [])])
		.join('\n');
}

/** Fails unless the findings are the expected ones: same lines, columns and severities, and the words in their messages. */
export function checkFindings(name: string, fixture: Fixture, annotated: string, findings: readonly Finding[], marker: '#' | '//'): void {
	const source = createSource(name, fixture.text);
	const withoutWords = annotated
		.split('\n')
		.map(line => (caretLine.test(line) ? line.replace(/(error|warning|info): .*$/, '$1') : line))
		.join('\n');
	assert.equal(
		annotate(source, findings, marker),
		withoutWords,
		`${name}: findings differ\n${findings.map(finding => `  ${finding.rule}: ${finding.message}`).join('\n')}`,
	);
	const unmatched = [...findings];
	for (const { line, words } of fixture.expectations) {
		const index = unmatched.findIndex(
			finding => source.lines.positionAt(finding.place.span.start).line === line && finding.message.includes(words),
		);
		assert.notEqual(
			index,
			-1,
			`${name}:${line + 1}: no message holds ${JSON.stringify(words)}; there are ${JSON.stringify(findings.map(finding => finding.message))}`,
		);
		unmatched.splice(index, 1);
	}
}
