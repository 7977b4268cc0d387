import type { ValueEdit } from '../../fixes/intent';
import { heededDirective } from './effective';
import type { CspDirective, CspPolicy, CspToken, ParsedCsp } from './parse';

/** Puts `text` in the place of a word. */
export function replaceToken(token: CspToken, text: string): ValueEdit {
	return { start: token.start, end: token.end, text };
}

/** Takes a word out of its list; the last one leaves 'none' behind, which is what an empty list means. */
export function removeToken(directive: CspDirective, token: CspToken): ValueEdit {
	const index = directive.values.indexOf(token);
	if (directive.values.length === 1) return replaceToken(token, "'none'");
	const before = directive.values[index - 1] ?? directive.nameToken;
	return { start: before.end, end: token.end, text: '' };
}

/** Puts `text` in the place of a word, or takes the word out where the list has `text` already. */
export function replaceOrRemove(directive: CspDirective, token: CspToken, text: string): ValueEdit {
	const present = directive.values.some(other => other !== token && other.text.toLowerCase() === text.toLowerCase());
	return present ? removeToken(directive, token) : replaceToken(token, text);
}

/** Adds a word at the end of a directive's value; a lone 'none' gives way. */
export function addToken(directive: CspDirective, text: string): ValueEdit {
	const only = directive.values.length === 1 ? directive.values[0] : undefined;
	if (only?.source.kind === 'keyword' && only.source.keyword === 'none') return replaceToken(only, text);
	return { start: directive.end, end: directive.end, text: ` ${text}` };
}

/** Adds a directive behind the last one of the policy, or of all policies. */
export function appendDirective(csp: ParsedCsp, directive: string, policy: CspPolicy | null = null): ValueEdit {
	const directives = policy === null ? csp.policies.flatMap(each => each.directives) : policy.directives;
	const end = directives[directives.length - 1]?.end;
	return end === undefined ? { start: 0, end: csp.text.length, text: directive } : { start: end, end, text: `; ${directive}` };
}

/** Takes a directive out with one of its semicolons. Null where it is the only one of its policy: a value must stay. */
export function removeDirective(policy: CspPolicy, directive: CspDirective): ValueEdit | null {
	const index = policy.directives.indexOf(directive);
	const before = policy.directives[index - 1];
	if (before !== undefined) return { start: before.end, end: directive.end, text: '' };
	const after = policy.directives[index + 1];
	return after === undefined ? null : { start: directive.start, end: after.start, text: '' };
}

/** The value of the heeded directive as words, or null where it is not there. */
export function wordsOf(policy: CspPolicy, name: string): readonly string[] | null {
	return heededDirective(policy, name)?.values.map(token => token.text) ?? null;
}
