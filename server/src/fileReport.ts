import type { Finding } from './finding';
import type { DocumentAnalysis } from './model/analysis';
import type { SourceText } from './text/source';
import type { Span } from './text/span';

/** Findings of one file, suppressions applied. */
export interface FileReport {
	/** Absolute, with `/`. */
	readonly path: string;
	readonly kind: DocumentAnalysis['kind'];
	readonly source: SourceText;
	readonly findings: readonly Finding[];
	/** How many more there are than were asked for. */
	readonly omitted?: number;
	/** Whether parts of the file have yet to be judged, because the time was over. */
	readonly isPartial?: boolean;
	/** Null for a file that is only imported. */
	readonly analysis: DocumentAnalysis | null;
}

/** What of a file's findings is asked for. */
export interface Wanted {
	/** At most so many, the first ones. */
	readonly limit?: number;
	/** At least those that touch this stretch of the text; of a large file not all others. */
	readonly within?: Span;
	/**
	 * Where a file is judged in parts: what was judged after about so many milliseconds, one part at least; for 0 none but those
	 * of `within`. Everything where it is left out.
	 */
	readonly ms?: number;
}

/** A report that was made without the analysis of the whole file, which `analysis` makes when somebody asks for it. */
export function reportWithoutAnalysis(report: Omit<FileReport, 'analysis'>, analysis: () => DocumentAnalysis | null): FileReport {
	const { path, kind, source, findings, omitted = 0, isPartial = false } = report;
	return {
		path,
		kind,
		source,
		findings,
		omitted,
		isPartial,
		get analysis() {
			return analysis();
		},
	};
}

/** The report with at most so many findings, the first ones. */
export function limitedReport(report: FileReport, limit = Number.POSITIVE_INFINITY): FileReport {
	if (report.findings.length <= limit) return report;
	const findings = report.findings.slice(0, limit);
	return reportWithoutAnalysis(
		{ path: report.path, kind: report.kind, source: report.source, findings, omitted: report.findings.length - limit },
		() => report.analysis,
	);
}
