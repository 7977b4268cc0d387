import type { Finding, Fix } from '../finding';
import type { CheckResult } from './checkResult';

/** `--format json`: the shape promised in DESIGN.md 1.1, schema `headerlint/1`. Positions are LSP positions. */
export function jsonReport(result: CheckResult): string {
	const report = {
		schema: 'headerlint/1',
		files: result.files.map(file => ({
			path: file.path,
			kind: file.kind,
			findings: file.findings.map(finding => findingJson(finding, result)),
			skipped: file.skipped,
		})),
		surfaces: result.surfaces.map(({ surface, score, grade }) => ({
			...result.locate(surface.place),
			kind: surface.kind,
			label: surface.label,
			score,
			grade,
		})),
		summary: {
			files: result.files.length,
			errors: result.errors,
			warnings: result.warnings,
			infos: result.infos,
			durationMs: Math.round(result.durationMs),
		},
	};
	return `${JSON.stringify(report, null, 2)}\n`;
}

/** One finding as the JSON report shows it. */
function findingJson(finding: Finding, result: CheckResult): object {
	return {
		rule: finding.rule,
		severity: finding.severity,
		message: finding.message,
		headers: finding.headers,
		...(finding.reasons.length === 0 ? {} : { reasons: finding.reasons }),
		range: result.locate(finding.place).range,
		fixes: finding.fixes.map(fix => fixJson(fix, result)),
		related: finding.related.map(({ place, message }) => ({ ...result.locate(place), message })),
	};
}

function fixJson({ title, safe, edits }: Fix, result: CheckResult): object {
	return {
		title,
		safe,
		edits: edits.map(({ path, span, newText }) => ({ ...result.locate({ path, span }), newText })),
	};
}
