import { createHash } from 'node:crypto';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Finding } from '../finding';
import { ruleById } from '../rules/registry';
import type { Severity } from '../rules/rule';
import type { Place, Range } from '../text/span';
import type { CheckedFile, CheckResult } from './checkResult';
import { ruleUrl } from './ruleUrl';

/**
 * `--format sarif`: SARIF 2.1.0 as GitHub code scanning reads it: stable rule ids, relative URIs, 1-based columns in UTF-16 units,
 * and a fingerprint per finding that survives moved lines (OASIS SARIF 2.1.0; docs.github.com, "SARIF support for code scanning").
 */
export function sarifReport(result: CheckResult, version: string): string {
	const ids = [...new Set(result.files.flatMap(({ findings }) => findings.map(({ rule }) => rule)))].sort();
	const indexes = new Map(ids.map((id, index) => [id, index]));
	const log: Log = {
		version: '2.1.0',
		$schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
		runs: [
			{
				tool: {
					driver: {
						name: 'headerlint',
						version,
						informationUri: 'https://github.com/headerlint/headerlint',
						rules: ids.map(descriptor),
					},
				},
				columnKind: 'utf16CodeUnits',
				originalUriBaseIds: { ROOT: { description: { text: 'The folder the check was started in.' } } },
				results: result.files.flatMap(file => fileResults(file, result, indexes)),
				invocations: [
					{
						executionSuccessful: true,
						toolExecutionNotifications: result.files.flatMap(({ path, skipped }) =>
							skipped === null
								? []
								: [
										{
											level: 'note' as const,
											message: { text: `Skipped: ${skipped}` },
											locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path), uriBaseId: 'ROOT' } } }],
										},
									],
						),
					},
				],
			},
		],
	};
	return `${JSON.stringify(log, null, 2)}\n`;
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { error: 'error', warning: 'warning', info: 'note' };

/** GitHub sorts security alerts by this number: above 7.0 is high, above 4.0 medium, below low. */
const securitySeverity: Readonly<Record<Severity, string>> = { error: '7.0', warning: '5.0', info: '2.0' };

function descriptor(id: string): ReportingDescriptor {
	const rule = ruleById(id);
	const severity = rule?.severity.ui ?? 'warning';
	const said = severity === 'off' ? 'info' : severity;
	return {
		id,
		shortDescription: { text: rule?.summary ?? id },
		helpUri: ruleUrl(id),
		defaultConfiguration: { level: levels[said] },
		properties: { tags: ['security', 'http-headers'], 'security-severity': securitySeverity[said] },
	};
}

function fileResults(file: CheckedFile, result: CheckResult, indexes: ReadonlyMap<string, number>): readonly Result[] {
	const seen = new Map<string, number>();
	return file.findings.map(finding => {
		const line = result.locate(finding.place).range.start.line;
		const span = file.source?.lines.lineSpan(line);
		const text = span === undefined ? '' : (file.source?.text.slice(span.start, span.end).trim() ?? '');
		const key = `${finding.rule}\0${text}`;
		const occurrence = seen.get(key) ?? 0;
		seen.set(key, occurrence + 1);
		return findingResult(finding, result, indexes.get(finding.rule) ?? 0, fingerprint(`${key}\0${occurrence}`));
	});
}

function findingResult(finding: Finding, result: CheckResult, ruleIndex: number, headerlint: string): Result {
	return {
		ruleId: finding.rule,
		ruleIndex,
		level: levels[finding.severity],
		message: { text: finding.message },
		locations: [{ physicalLocation: physical(finding.place, result) }],
		partialFingerprints: { 'headerlint/v1': headerlint },
		...(finding.related.length === 0
			? {}
			: {
					relatedLocations: finding.related.map(({ place, message }, id) => ({
						id,
						physicalLocation: physical(place, result),
						message: { text: message },
					})),
				}),
		...(finding.fixes.length === 0 ? {} : { fixes: finding.fixes.map(fix => fixOf(fix, result)) }),
		properties: { headers: finding.headers },
	};
}

function fixOf({ title, edits }: Finding['fixes'][number], result: CheckResult): NonNullable<Result['fixes']>[number] {
	const paths = [...new Set(edits.map(({ path }) => path))];
	return {
		description: { text: title },
		artifactChanges: paths.map(path => {
			const own = edits.filter(edit => edit.path === path);
			return {
				artifactLocation: physical({ path, span: own[0]?.span ?? { start: 0, end: 0 } }, result).artifactLocation,
				replacements: own.map(({ span, newText }) => ({
					deletedRegion: region(result.locate({ path, span }).range),
					insertedContent: { text: newText },
				})),
			};
		}),
	};
}

function physical(place: Place, result: CheckResult): { artifactLocation: { uri: string; uriBaseId: string }; region: object } {
	const { path, range } = result.locate(place);
	return { artifactLocation: { uri: uriOf(path), uriBaseId: 'ROOT' }, region: region(range) };
}

function region({ start, end }: Range): { startLine: number; startColumn: number; endLine: number; endColumn: number } {
	return { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

function uriOf(path: string): string {
	return path.split('/').map(encodeURIComponent).join('/');
}

function fingerprint(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
