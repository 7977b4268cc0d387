import type { FileReport } from '../fileReport';
import type { Finding } from '../finding';
import type { DocumentAnalysis } from '../model/analysis';
import type { Surface } from '../model/surface';
import type { Severity } from '../rules/rule';
import { createSource, type SourceText } from '../text/source';
import type { Place, Range } from '../text/span';

/** Everything one check has to say, the same for every format. */
export interface CheckResult {
	/** Sorted by path. Skipped files are among them. */
	readonly files: readonly CheckedFile[];
	/** The sites and apps, worked out when first asked for: only some formats show them. */
	readonly surfaces: readonly CheckedSurface[];
	readonly errors: number;
	readonly warnings: number;
	readonly infos: number;
	/** How long it took, in milliseconds. */
	readonly durationMs: number;
	/** Where a place is, for people and machines: a shown path and LSP positions. */
	locate(place: Place): ShownPlace;
}

export interface CheckedFile {
	/** As shown: relative, with `/`. */
	readonly path: string;
	readonly kind: DocumentAnalysis['kind'];
	/** Null for a skipped file. */
	readonly source: SourceText | null;
	readonly findings: readonly Finding[];
	/** Why it was not linted, as a clause, or null. */
	readonly skipped: string | null;
}

export interface CheckedSurface {
	readonly surface: Surface;
	/** The projected Observatory score (0 to 165) and grade (`A+` to `F`); null where none can be projected. */
	readonly score: number | null;
	readonly grade: string | null;
	/** What the projection takes for granted, as sentences. */
	readonly assumptions: readonly string[];
}

export interface ShownPlace {
	readonly path: string;
	readonly range: Range;
}

export interface CheckResultOptions {
	readonly skipped: readonly { readonly path: string; readonly kind: DocumentAnalysis['kind']; readonly reason: string }[];
	surfaces(): readonly CheckedSurface[];
	readonly durationMs: number;
	/** How a path, absolute with `/`, is shown. */
	shownPath(path: string): string;
	/** The text that was linted, for places in files that are only pointed to; null where there is none. */
	textOf(path: string): string | null;
}

/** Gathers the reports of a linter into what the formats write. Files come sorted by their shown path. */
export function createCheckResult(reports: readonly FileReport[], options: CheckResultOptions): CheckResult {
	const sources = new Map<string, SourceText>(reports.map(({ path, source }) => [path, source]));
	const sourceOf = (path: string): SourceText => {
		const known = sources.get(path);
		if (known !== undefined) return known;
		const source = createSource(path, options.textOf(path) ?? '');
		sources.set(path, source);
		return source;
	};
	const linted = reports.map(({ path, kind, source, findings }): CheckedFile => {
		return { path: options.shownPath(path), kind, source, findings, skipped: null };
	});
	const skipped = options.skipped.map(({ path, kind, reason }): CheckedFile => {
		return { path: options.shownPath(path), kind, source: null, findings: [], skipped: reason };
	});
	let surfaces: readonly CheckedSurface[] | undefined;
	const count: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
	for (const { findings } of reports) for (const { severity } of findings) count[severity]++;
	return {
		files: [...linted, ...skipped].sort((left, right) => (left.path < right.path ? -1 : 1)),
		get surfaces() {
			surfaces ??= options.surfaces();
			return surfaces;
		},
		errors: count.error,
		warnings: count.warning,
		infos: count.info,
		durationMs: options.durationMs,
		locate: ({ path, span }) => ({ path: options.shownPath(path), range: sourceOf(path).lines.rangeOf(span) }),
	};
}

/** `1 error, 2 warnings and 3 infos in 4 files`; what there is none of is left out. */
export function summarize(result: CheckResult): string {
	const counts = [counted(result.errors, 'error'), counted(result.warnings, 'warning'), counted(result.infos, 'info')].filter(
		words => words !== null,
	);
	const checked = result.files.filter(({ skipped }) => skipped === null).length;
	const where = `${checked} ${checked === 1 ? 'file' : 'files'}`;
	if (counts.length === 0) return `No findings in ${where}`;
	const last = counts.pop();
	return `${counts.length === 0 ? last : `${counts.join(', ')} and ${last}`} in ${where}`;
}

function counted(count: number, noun: string): string | null {
	return count === 0 ? null : `${count} ${noun}${count === 1 ? '' : 's'}`;
}
