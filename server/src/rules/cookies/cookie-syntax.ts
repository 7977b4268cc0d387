import { nearest } from '../../headers/nearest';
import { type CookieAttribute, cookieAttributes, parseCookie } from '../../headers/setCookie';
import { hasUnknown } from '../../model/value';
import type { Span } from '../../text/span';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule, ValueSubject } from '../rule';
import { cookieLabel } from './shared/cookieOf';

/** What browsers pass over in a cookie: attributes nobody knows or that stand twice, characters a name or value may not have. */
export const rule: Rule = {
	id: 'cookie-syntax',
	family: 'cookies',
	summary: 'A cookie has an unknown or repeated attribute, or a character it may not have',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	headers: ['set-cookie'],
	checkValue(subject, report) {
		const cookie = parseCookie(subject.value.text);
		const say = (span: Span, what: string, edit: { readonly title: string; readonly text: string; readonly span: Span } | null): void =>
			report({
				place: placeOf(subject, span),
				message: `Set-Cookie: ${cookieLabel(cookie)} ${what}.`,
				headers: ['Set-Cookie'],
				fixes: edit === null ? [] : [changeValue(edit.title, true, subject.operation, [{ ...edit.span, text: edit.text }])],
			});
		if (!hasUnknown(cookie.name) && !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(cookie.name) && !cookie.open)
			say(
				cookie.nameSpan.start < cookie.nameSpan.end ? cookie.nameSpan : cookie.valueSpan,
				cookie.name === '' ? 'has no name; write name=value' : 'has a character in its name that programs read differently',
				null,
			);
		if (!hasUnknown(cookie.value) && /[\s",\\]/.test(cookie.value.replace(/^"([^"]*)"$/, '$1')))
			say(cookie.valueSpan, 'has a space, quote, comma or backslash in its value, which programs read differently; encode the value', null);
		const seen = new Set<string>();
		for (const attribute of cookie.attributes) {
			if (hasUnknown(attribute.name)) continue;
			const known = cookieAttributes.get(attribute.name);
			if (known === undefined) unknownAttribute(subject, attribute, say);
			else if (seen.has(attribute.name)) say(attribute.span, `has ${known} twice, and browsers heed the last one only`, null);
			seen.add(attribute.name);
		}
	},
};

function unknownAttribute(
	subject: ValueSubject,
	{ name, span }: CookieAttribute,
	say: (span: Span, what: string, edit: { readonly title: string; readonly text: string; readonly span: Span } | null) => void,
): void {
	const meant = cookieAttributes.get(nearest(name, cookieAttributes.keys(), 2) ?? '');
	const written = subject.value.text.slice(span.start, span.start + name.length);
	const edit =
		meant === undefined ? null : { title: `Write ${meant}`, text: meant, span: { start: span.start, end: span.start + name.length } };
	say(
		span,
		`has the attribute \`${written}\`, which browsers do not know and pass over${meant === undefined ? '' : `; write ${meant}`}`,
		edit,
	);
}
