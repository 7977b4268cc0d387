import { parseFrameOptions } from '../../headers/frameOptions';
import { nearest } from '../../headers/nearest';
import { wronglyQuoted } from '../../headers/quoting';
import { responsesOf } from '../../model/responsesOf';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule, ValueSubject } from '../rule';
import { frameAncestorsOf, optionLike } from './shared/frameLines';

/** A value that no browser knows, so that the header protects from nothing. */
export const rule: Rule = {
	id: 'xfo-invalid',
	family: 'framing',
	summary: 'X-Frame-Options is neither DENY nor SAMEORIGIN, so it has no effect',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: ['x-frame-options'],
	checkValue(subject, report) {
		const options = parseFrameOptions(subject.value.text);
		const [option] = options;
		if (option === undefined || 1 < new Set(options.map(({ text }) => text)).size) return;
		if (option.kind !== 'other' || wronglyQuoted(subject.header, subject.value.text) !== null) return;
		const plain = option.text.replace(/[^a-z]/g, '');
		const meant = nearest(plain, ['deny', 'sameorigin'], plain.length < 6 ? 1 : 2)?.toUpperCase();
		const value = meant ?? likeThePolicies(subject) ?? 'DENY';
		const written = subject.value.text.slice(option.span.start, option.span.end);
		report({
			place: placeOf(subject, option.span),
			message: `X-Frame-Options: \`${written}\` is no value browsers know, so any site can frame the page. Set ${value}${meant === undefined && value === 'DENY' ? ', or SAMEORIGIN if you frame it yourself' : ''}.`,
			headers: ['X-Frame-Options'],
			fixes: [
				changeValue(`Set X-Frame-Options to ${value}`, meant !== undefined, subject.operation, [
					{ start: 0, end: subject.value.text.length, text: value },
				]),
			],
		});
	},
};

/** What every answer with this value says in the frame-ancestors of its policy; null where they say nothing of the kind, or differ. */
function likeThePolicies({ surface, operation }: ValueSubject): string | null {
	const said = new Set(
		responsesOf(surface, operation).map(response => {
			const ancestors = frameAncestorsOf(response);
			return ancestors === null ? null : optionLike(ancestors);
		}),
	);
	const [only = null] = said;
	return said.size === 1 ? only : null;
}
