import { checkedSurfaces } from '../report/checkedSurfaces';
import { type CheckResult, createCheckResult } from '../report/checkResult';
import { htmlReport } from '../report/html';
import { jsonReport } from '../report/json';
import { markdownReport } from '../report/markdown';
import { sarifReport } from '../report/sarif';
import { relativePath } from '../text/paths';
import type { ReportFormat } from './protocol';
import type { Session } from './session';

/**
 * The findings of everything a session knows, in the format of the command line's `--format`. Paths are shown relative to
 * `root`, an absolute path; what lies outside stays absolute. `version` is Headerlint's own, for SARIF.
 */
export function renderReport(session: Session, root: string, format: ReportFormat, version: string): string {
	const started = performance.now();
	const reports = session.reportAll();
	const result = createCheckResult(reports, {
		skipped: [],
		surfaces: () => session.linters.flatMap(checkedSurfaces),
		durationMs: Math.round(performance.now() - started),
		shownPath: path => relativePath(root, path) ?? path,
		textOf: session.textOf,
	});
	return writers[format](result, version);
}

const writers: Readonly<Record<ReportFormat, (result: CheckResult, version: string) => string>> = {
	html: htmlReport,
	markdown: markdownReport,
	json: jsonReport,
	sarif: sarifReport,
};
