import { parseCaddyfile } from './caddyfile/parse';
import type { CaddyfileTree } from './caddyfile/tree';
import type { Finding } from './finding';
import { isTypedInOnePlace, keepFindings } from './keptFindings';
import { judge, type LintContext } from './lint';
import type { AnalysisOptions } from './model/analysis';
import { changedBetween } from './text/documentSource';
import type { SourceText } from './text/source';

/** What is told of a Caddyfile in which a site or a block is being written. Its tree is not kept: that of a large file takes as much as all that is. */
export type HalfTyped = Pick<CaddyfileTree, 'problems' | 'comments'>;

/**
 * What can be read of a Caddyfile in which a site or a block is being written, so that Caddy would not take it: `good` is the last text that
 * could be read in sections. Null where Caddy takes it, or where the two differ in more than a few lines: then what holds there now counts.
 */
export function readHalfTyped(good: SourceText, source: SourceText, options: AnalysisOptions): HalfTyped | null {
	const edit = changedBetween(good, source);
	if (edit === null || !isTypedInOnePlace(edit, good.text, source.text)) return null;
	const { nature, problems, comments } = parseCaddyfile(source, options);
	return nature === 'caddyfile' && problems.some(({ severity }) => severity === 'error') ? { problems, comments } : null;
}

/**
 * The findings of a Caddyfile that is half-typed: what was said of the last good text but on the lines being edited, moved along, and
 * the mistakes of the text as it is. So nothing flickers while a brace is open, and a keystroke judges nothing.
 */
export function keepWhileHalfTyped(
	good: { readonly source: SourceText; readonly findings: readonly Finding[] },
	{ problems }: HalfTyped,
	source: SourceText,
	context: LintContext,
): readonly Finding[] {
	const findings = good.findings.filter(({ rule }) => rule !== 'caddyfile-syntax');
	const kept = keepFindings({ text: good.source.text, findings }, source, []);
	return [...kept, ...judge({ source, surfaces: [], problems, comments: [], write: () => null }, context)];
}
