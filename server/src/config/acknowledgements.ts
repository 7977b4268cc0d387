import { getDomain } from 'tldts';
import type { Finding } from '../finding';
import type { CommentText, DocumentAnalysis } from '../model/analysis';
import { rule as ackInvalid } from '../rules/project/ack-invalid';
import type { SourceText } from '../text/source';
import type { Span } from '../text/span';
import { type CommentDirective, readCommentDirectives } from './commentDirectives';
import { severityOf } from './severity';
import type { FileConfig, PreloadAcknowledgement } from './types';

/**
 * The settings of a file together with the acknowledgements its own comments give (`headerlint-ack hsts-preload D: reason`,
 * spec/header-policy.md section 3). Answers `config` itself where there are none. A comment that gives no reason or no
 * registrable domain acknowledges nothing; `acknowledgementProblems` tells of it.
 */
export function withCommentAcknowledgements(config: FileConfig, analysis: Pick<DocumentAnalysis, 'comments' | 'source'>): FileConfig {
	const acknowledged = acknowledgementsIn(analysis.comments, analysis.source);
	return acknowledged.length === 0 ? config : { ...config, acknowledgedPreload: [...config.acknowledgedPreload, ...acknowledged] };
}

/** What is wrong with the acknowledgements among a file's comments, as findings of `ack-invalid`. */
export function acknowledgementProblems(
	directives: readonly CommentDirective[],
	source: SourceText,
	config: FileConfig,
): readonly Finding[] {
	const severity = severityOf(ackInvalid, config);
	if (severity === 'off') return [];
	return directives.flatMap(directive => {
		if (directive.kind !== 'acknowledge') return [];
		const problem = problemOf(directive);
		if (problem === null) return [];
		return [
			{
				rule: ackInvalid.id,
				severity,
				message: problem.message,
				headers: ['Strict-Transport-Security'],
				reasons: [],
				place: { path: source.path, span: problem.span },
				related: [],
				fixes: [],
			},
		];
	});
}

/**
 * Why `domain` cannot be acknowledged for HSTS preload, as a clause, or null where it can. Browsers list registrable domains
 * only: one label below a public suffix, private suffixes included (hstspreload.org, `domain.is_subdomain`).
 */
export function preloadDomainProblem(domain: string): string | null {
	const registrable = getDomain(domain, { allowPrivateDomains: true });
	if (registrable === null) return `"${domain}" is not a domain that can be registered`;
	return registrable === domain.toLowerCase() ? null : `"${domain}" is not the domain that browsers preload, which is "${registrable}"`;
}

/** The acknowledgements for HSTS preload that the comments of a file give. `comments` are those of `source`. */
export function acknowledgementsIn(comments: readonly CommentText[], source: SourceText): readonly PreloadAcknowledgement[] {
	if (!comments.some(comment => comment.text.includes('headerlint-ack'))) return [];
	return readCommentDirectives(comments, source).flatMap(directive => {
		if (directive.kind !== 'acknowledge' || directive.domain === null || problemOf(directive) !== null) return [];
		return [
			{
				domain: directive.domain.text.toLowerCase(),
				reason: directive.reason,
				place: { path: source.path, span: directive.comment.span },
			},
		];
	});
}

function problemOf(
	directive: Extract<CommentDirective, { kind: 'acknowledge' }>,
): { readonly span: Span; readonly message: string } | null {
	const { subject, domain, reason, comment } = directive;
	if (subject === null || subject.text !== 'hsts-preload')
		return {
			span: subject?.span ?? comment.span,
			message: 'Only "hsts-preload" can be acknowledged: write "headerlint-ack hsts-preload example.com: the reason".',
		};
	if (domain === null)
		return {
			span: subject.span,
			message: 'This acknowledgement names no domain, so it counts for none: write "headerlint-ack hsts-preload example.com: the reason".',
		};
	const domainProblem = preloadDomainProblem(domain.text);
	if (domainProblem !== null) return { span: domain.span, message: `${domainProblem}, so this acknowledgement does not count.` };
	if (reason === '')
		return {
			span: comment.span,
			message: `This acknowledgement gives no reason, so it does not count: say behind "${domain.text}:" why every subdomain can be reached over HTTPS for years.`,
		};
	return null;
}
