import { type CacheDirective, cacheDirectives, parseCacheControl } from '../../headers/cacheControl';
import { nearest } from '../../headers/nearest';
import { wronglyQuoted } from '../../headers/quoting';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Report, Rule, ValueSubject } from '../rule';

/** A directive that caches do not know, or seconds that are no number (RFC 9111 5.2). */
export const rule: Rule = {
	id: 'cache-control-invalid',
	family: 'caching',
	summary: 'Cache-Control has a directive that caches do not know',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	headers: ['cache-control'],
	checkValue(subject, report) {
		if (wronglyQuoted(subject.header, subject.value.text) !== null) return;
		for (const directive of parseCacheControl(subject.value.text)) {
			const found = directive.opaque ? null : judge(subject, directive);
			if (found !== null) report(found);
		}
	},
};

function judge(subject: ValueSubject, { name, value, span }: CacheDirective): Report | null {
	const written = subject.value.text.slice(span.start, span.end);
	const kind = cacheDirectives.get(name);
	const common = { place: placeOf(subject, span), headers: ['Cache-Control'] };
	if (kind === 'seconds' && !/^\d+$/.test(value ?? ''))
		return { ...common, message: `Cache-Control: ${name} is to be a number of seconds, \`${written}\` is not, so caches pass over it.` };
	// `only-if-cached` and the like belong to requests; extensions are legal, but a space or semicolon never is part of a name.
	if (kind !== undefined) return null;
	const separated = /^[a-z-]+(?:=\d+)?(?:\s*;\s*|\s+)[a-z-]+/i.test(written);
	if (separated) {
		const at = /[;\s]/.exec(written)?.index ?? 0;
		const gap = /^\s*;?\s*/.exec(written.slice(at))?.[0].length ?? 1;
		const edit = { start: span.start + at, end: span.start + at + gap, text: ', ' };
		return {
			...common,
			message: `Cache-Control: directives are separated by commas, so caches pass over \`${written}\`. Write a comma.`,
			fixes: [changeValue('Write a comma', true, subject.operation, [edit])],
		};
	}
	const meant = nearest(name.replaceAll('_', '-'), cacheDirectives.keys(), 2);
	if (meant === null && isExtension(name)) return null;
	return {
		...common,
		message: `Cache-Control: \`${written}\` is no directive caches know, so they pass over it.${meant === null ? '' : ` Write ${meant}.`}`,
		fixes:
			meant === null
				? []
				: [changeValue(`Write ${meant}`, true, subject.operation, [{ start: span.start, end: span.start + name.length, text: meant }])],
	};
}

/** Request directives that are copied into responses, and names that only one cache knows, are legal extensions. */
function isExtension(name: string): boolean {
	return name === 'max-stale' || name === 'min-fresh' || name === 'only-if-cached' || name.startsWith('x-');
}
