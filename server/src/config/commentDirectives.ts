import type { CommentText } from '../model/analysis';
import type { SourceText } from '../text/source';
import type { Span } from '../text/span';

/** What a comment asks of Headerlint (DESIGN.md 1.3). Spans are UTF-16 offsets of the file. */
export type CommentDirective =
	/** `headerlint-disable-next-line a, b -- reason`. No mention at all means every rule. */
	| {
			readonly kind: 'disable';
			readonly reach: 'line' | 'next-line' | 'onwards';
			readonly rules: readonly Mention[];
			readonly comment: CommentText;
	  }
	/** `headerlint-enable a`: ends what `headerlint-disable` began. */
	| { readonly kind: 'enable'; readonly rules: readonly Mention[]; readonly comment: CommentText }
	/** `headerlint-ack hsts-preload example.com: reason`. Parts that are not written are null, a missing reason is empty. */
	| {
			readonly kind: 'acknowledge';
			readonly subject: Mention | null;
			readonly domain: Mention | null;
			readonly reason: string;
			readonly comment: CommentText;
	  }
	/** `headerlint-` followed by a word nobody knows. */
	| { readonly kind: 'unknown'; readonly word: Mention; readonly comment: CommentText };

/** A word of a comment and where it stands. */
export interface Mention {
	readonly text: string;
	readonly span: Span;
}

/** The words that may follow `headerlint-`. */
export const directiveWords: readonly string[] = ['disable-next-line', 'disable-line', 'disable', 'enable', 'ack'];

/**
 * The comments of a file that are addressed to Headerlint, in file order. A comment counts when `headerlint-` is its first
 * word, after white space and the stars of a block comment; other comments are passed over.
 */
export function readCommentDirectives(comments: readonly CommentText[], source: SourceText): readonly CommentDirective[] {
	const directives: CommentDirective[] = [];
	for (const comment of comments) {
		if (!comment.text.includes('headerlint-')) continue;
		const written = source.text.slice(comment.span.start, comment.span.end);
		const begin = /^(?:#|\/\/|\/\*)?[\s*]*headerlint-/.exec(written);
		if (begin === null) continue;
		directives.push(readDirective(comment, withoutEndMarker(written), begin[0].length));
	}
	return directives;
}

function readDirective(comment: CommentText, written: string, from: number): CommentDirective {
	const word = /[^\s:,]*/y;
	word.lastIndex = from;
	const name = word.exec(written)?.[0] ?? '';
	const rest = from + name.length;
	switch (name) {
		case 'disable':
			return { kind: 'disable', reach: 'onwards', rules: ruleMentions(comment, written, rest), comment };
		case 'disable-line':
			return { kind: 'disable', reach: 'line', rules: ruleMentions(comment, written, rest), comment };
		case 'disable-next-line':
			return { kind: 'disable', reach: 'next-line', rules: ruleMentions(comment, written, rest), comment };
		case 'enable':
			return { kind: 'enable', rules: ruleMentions(comment, written, rest), comment };
		case 'ack':
			return readAcknowledgement(comment, written, rest);
		default:
			return { kind: 'unknown', word: mention(comment, name, from), comment };
	}
}

/** The ids between `from` and ` -- reason`. */
function ruleMentions(comment: CommentText, written: string, from: number): readonly Mention[] {
	const reason = written.slice(from).search(/(?:^|\s)--(?:\s|$)/);
	const end = reason < 0 ? written.length : from + reason;
	const mentions: Mention[] = [];
	const word = /[^\s,*:]+/g;
	word.lastIndex = from;
	for (let match = word.exec(written); match !== null && match.index < end; match = word.exec(written))
		mentions.push(mention(comment, match[0], match.index));
	return mentions;
}

function readAcknowledgement(comment: CommentText, written: string, from: number): CommentDirective {
	const words = /\s+([^\s:]+)(?:\s+([^\s:]+))?/y;
	words.lastIndex = from;
	const match = words.exec(written);
	const [whole = '', subject, domain] = match ?? [];
	const subjectAt = from + whole.indexOf(subject ?? '');
	const reasonText = written.slice(from + whole.length).replace(/^[\s:]+/, '');
	return {
		kind: 'acknowledge',
		subject: subject === undefined ? null : mention(comment, subject, subjectAt),
		domain: domain === undefined ? null : mention(comment, domain, from + whole.length - domain.length),
		reason: reasonText.replace(/\s+/g, ' ').trim(),
		comment,
	};
}

function mention(comment: CommentText, text: string, at: number): Mention {
	const start = comment.span.start + at;
	return { text, span: { start, end: start + text.length } };
}

function withoutEndMarker(written: string): string {
	return written.startsWith('/*') && written.endsWith('*/') ? written.slice(0, -2) : written;
}
