import type { Finding, Fix } from '../finding';
import { nearest } from '../headers/nearest';
import { mergeFindings } from '../lint';
import type { CommentText } from '../model/analysis';
import { rule as unusedSuppression } from '../rules/project/unused-suppression';
import { ruleById, rules } from '../rules/registry';
import type { SourceText } from '../text/source';
import type { Span } from '../text/span';
import { acknowledgementProblems } from './acknowledgements';
import { type CommentDirective, directiveWords, type Mention, readCommentDirectives } from './commentDirectives';
import { severityOf } from './severity';
import type { FileConfig } from './types';

/**
 * Takes out the findings of one file that its comments silence (DESIGN.md 1.3) and adds what is wrong with those comments:
 * `unused-suppression` for one that silences nothing or names a rule nobody knows, `ack-invalid` for an acknowledgement that
 * says nothing. `findings` and `comments` are those of `source`; `config` decides how loud the added findings are.
 * Answers sorted as `mergeFindings` sorts.
 */
export function applySuppressions(
	findings: readonly Finding[],
	comments: readonly CommentText[],
	source: SourceText,
	config: FileConfig,
): readonly Finding[] {
	const directives = readCommentDirectives(comments, source);
	if (directives.length === 0) return findings;
	const suppressions = suppressionsOf(directives, source);
	const kept = findings.filter(finding => !silences(suppressions, finding, source));
	const added = [...unusedFindings(directives, suppressions, source, config), ...acknowledgementProblems(directives, source, config)];
	return mergeFindings([...kept, ...added.filter(finding => !silences(suppressions, finding, source))]);
}

/** One rule (null: every rule) that one comment silences, in one stretch of the file. */
interface Suppression {
	readonly rule: string | null;
	readonly mention: Mention | null;
	readonly directive: CommentDirective;
	/** 0-based line, or null where it reaches from `from` onwards. */
	readonly line: number | null;
	readonly from: number;
	/** Offset of the `headerlint-enable` that ends it. */
	until: number;
	/** Rules that an `enable` takes out of a suppression of every rule, each from an offset onwards. */
	readonly exceptions: Map<string, number>;
	used: boolean;
}

interface Suppressions {
	readonly all: readonly Suppression[];
	readonly byLine: ReadonlyMap<number, readonly Suppression[]>;
	readonly onwards: readonly Suppression[];
	/** `headerlint-enable` comments that ended nothing. */
	readonly idleEnables: readonly CommentDirective[];
}

function suppressionsOf(directives: readonly CommentDirective[], source: SourceText): Suppressions {
	const all: Suppression[] = [];
	const byLine = new Map<number, Suppression[]>();
	const onwards: Suppression[] = [];
	const idleEnables: CommentDirective[] = [];
	const commentLines = new Set<number>();
	for (const { comment } of directives) if (comment.alone) commentLines.add(source.lines.positionAt(comment.span.start).line);
	for (const directive of directives) {
		if (directive.kind === 'enable') {
			if (!endSuppressions(onwards, directive.rules, directive.comment.span.start)) idleEnables.push(directive);
			continue;
		}
		if (directive.kind !== 'disable') continue;
		const line = lineOf(directive, source, commentLines);
		for (const mention of directive.rules.length === 0 ? [null] : directive.rules) {
			const suppression: Suppression = {
				rule: mention?.text ?? null,
				mention,
				directive,
				line,
				from: directive.comment.span.start,
				until: Number.POSITIVE_INFINITY,
				exceptions: new Map(),
				used: false,
			};
			all.push(suppression);
			if (line === null) onwards.push(suppression);
			else byLine.set(line, [...(byLine.get(line) ?? []), suppression]);
		}
	}
	return { all, byLine, onwards, idleEnables };
}

/** The line it reaches; a `disable-next-line` looks past other comments to Headerlint, so that several can be stacked. */
function lineOf(
	directive: Extract<CommentDirective, { kind: 'disable' }>,
	source: SourceText,
	commentLines: ReadonlySet<number>,
): number | null {
	if (directive.reach === 'onwards') return null;
	if (directive.reach === 'line') return source.lines.positionAt(directive.comment.span.start).line;
	let line = source.lines.positionAt(directive.comment.span.end).line + 1;
	while (commentLines.has(line)) line++;
	return line;
}

function endSuppressions(onwards: readonly Suppression[], mentions: readonly Mention[], offset: number): boolean {
	let ended = false;
	for (const suppression of onwards) {
		if (suppression.until < offset) continue;
		if (mentions.length === 0 || mentions.some(mention => mention.text === suppression.rule)) {
			suppression.until = offset;
			ended = true;
			continue;
		}
		if (suppression.rule !== null) continue;
		for (const mention of mentions) suppression.exceptions.set(mention.text, offset);
		ended = true;
	}
	return ended;
}

/** Whether a comment silences the finding; remembers that the comment was needed. */
function silences(suppressions: Suppressions, finding: Finding, source: SourceText): boolean {
	const offset = finding.place.span.start;
	const onLine = 0 < suppressions.byLine.size ? (suppressions.byLine.get(source.lines.positionAt(offset).line) ?? []) : [];
	const reaching = [...onLine, ...suppressions.onwards].filter(suppression => covers(suppression, offset));
	if (reaching.length === 0) return false;
	// Only a comment that names it silences a complaint about comments: else a blanket comment would hide its own uselessness.
	const aboutComments = finding.rule === unusedSuppression.id;
	const matching = (rule: string): Suppression[] =>
		reaching.filter(({ rule: silenced, exceptions }) =>
			silenced === null ? !aboutComments && offset < (exceptions.get(rule) ?? Number.POSITIVE_INFINITY) : silenced === rule,
		);
	const direct = matching(finding.rule);
	// A finding that gathers several reasons is silenced when each of them is.
	const byReason = 0 < direct.length || finding.reasons.length === 0 ? [] : finding.reasons.map(matching);
	const used = 0 < direct.length ? direct : byReason.every(found => 0 < found.length) ? byReason.flat() : [];
	for (const suppression of used) suppression.used = true;
	return 0 < used.length;
}

function covers({ line, from, until }: Suppression, offset: number): boolean {
	return line !== null || (from <= offset && offset < until);
}

function* unusedFindings(
	directives: readonly CommentDirective[],
	suppressions: Suppressions,
	source: SourceText,
	config: FileConfig,
): Generator<Finding> {
	const severity = severityOf(unusedSuppression, config);
	if (severity === 'off') return;
	const finding = (span: Span, message: string, fixes: readonly Fix[]): Finding => ({
		rule: unusedSuppression.id,
		severity,
		message,
		headers: [],
		reasons: [],
		place: { path: source.path, span },
		related: [],
		fixes,
	});
	for (const directive of directives) {
		const { comment } = directive;
		const remove = removal('Remove the comment', commentSpan(comment, source), source);
		if (directive.kind === 'unknown') {
			const meant = nearest(directive.word.text, directiveWords, 3);
			const message = `"headerlint-${directive.word.text}" is not known, so this comment does nothing${meant === null ? '.' : `: did you mean "headerlint-${meant}"?`}`;
			yield finding(directive.word.span, message, meant === null ? [remove] : [replacement(directive.word, meant, source)]);
		}
		if (directive.kind === 'enable' && suppressions.idleEnables.includes(directive))
			yield finding(comment.span, 'Nothing is disabled above this "headerlint-enable", so it does nothing: remove it.', [remove]);
		if (directive.kind !== 'disable') continue;
		const own = suppressions.all.filter(suppression => suppression.directive === directive);
		const unused = own.filter(suppression => !suppression.used && suppression.rule !== unusedSuppression.id);
		for (const { mention } of unused) {
			if (mention === null || ruleById(mention.text) !== null) continue;
			const meant = nearest(mention.text, ruleIds(), 3);
			const message = `There is no rule "${mention.text}", so this comment silences nothing${meant === null ? ': remove it.' : `: did you mean "${meant}"?`}`;
			yield finding(
				mention.span,
				message,
				meant === null ? [removeMention(directive, mention, source)] : [replacement(mention, meant, source)],
			);
		}
		const idle = unused.filter(({ mention }) => mention === null || ruleById(mention.text) !== null);
		if (idle.length === own.length) {
			const what = directive.rules.length === 0 ? 'anything' : directive.rules.map(rule => `"${rule.text}"`).join(' or ');
			yield finding(comment.span, `No finding of ${what} is left for this comment to silence: remove it, lest it hide a later one.`, [
				remove,
			]);
			continue;
		}
		for (const { mention } of idle) {
			if (mention === null) continue;
			yield finding(mention.span, `No finding of "${mention.text}" is left here to silence: remove the word, lest it hide a later one.`, [
				removeMention(directive, mention, source),
			]);
		}
	}
}

function ruleIds(): readonly string[] {
	return rules.map(rule => rule.id);
}

function replacement(mention: Mention, text: string, source: SourceText): Fix {
	return { title: `Change to "${text}"`, safe: true, edits: [{ path: source.path, span: mention.span, newText: text }] };
}

function removeMention(directive: Extract<CommentDirective, { kind: 'disable' }>, mention: Mention, source: SourceText): Fix {
	const index = directive.rules.indexOf(mention);
	const before = directive.rules[index - 1];
	const after = directive.rules[index + 1];
	// Without its last word the comment would silence every rule.
	if (before === undefined && after === undefined) return removal('Remove the comment', commentSpan(directive.comment, source), source);
	const span =
		after === undefined
			? { start: before?.span.end ?? mention.span.start, end: mention.span.end }
			: { start: mention.span.start, end: after.span.start };
	return removal(`Remove "${mention.text}"`, span, source);
}

function removal(title: string, span: Span, source: SourceText): Fix {
	return { title, safe: true, edits: [{ path: source.path, span, newText: '' }] };
}

/** The comment with its line, or, behind code, with the blanks before it. */
function commentSpan(comment: CommentText, source: SourceText): Span {
	const { text } = source;
	let { start, end } = comment.span;
	while (0 < start && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
	const ownsLine = (start === 0 || text[start - 1] === '\n') && /[\r\n]/.test(text[end] ?? '\n');
	if (!ownsLine) return { start: text[end] === '\n' || text[end] === '\r' || end === text.length ? start : comment.span.start, end };
	if (text[end] === '\r') end++;
	if (text[end] === '\n') end++;
	return { start, end };
}
