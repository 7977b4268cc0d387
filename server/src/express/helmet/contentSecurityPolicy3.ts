import type { ObjectEntry, StaticValue } from '../../javascript/staticValue';
import { type HeaderValue, joinValues, ONE_TOKEN, unknownValue } from '../../model/value';
import type { PolicyResult } from './contentSecurityPolicy';
import { type Run, renaming, type Subject, throwAt } from './run';
import { headerText, ownEntries, propertyValue, stringText, truthy, wordAt } from './values';

type Checker = 'boolean' | 'plugins' | 'report' | 'sri' | 'sandbox' | 'sources';

/** helmet-csp 2.10.0, lib/config.js: directives and what they may hold. */
const directives: ReadonlyMap<string, Checker> = new Map<string, Checker>([
	...[
		'base-uri',
		'child-src',
		'connect-src',
		'default-src',
		'font-src',
		'form-action',
		'frame-ancestors',
		'frame-src',
		'img-src',
		'manifest-src',
		'media-src',
		'object-src',
		'script-src',
		'style-src',
		'prefetch-src',
		'worker-src',
	].map(name => [name, 'sources'] as const),
	['block-all-mixed-content', 'boolean'],
	['upgrade-insecure-requests', 'boolean'],
	['plugin-types', 'plugins'],
	['sandbox', 'sandbox'],
	['report-to', 'report'],
	['report-uri', 'report'],
	['require-sri-for', 'sri'],
]);
const mustQuote: readonly string[] = ['none', 'self', 'unsafe-inline', 'unsafe-eval', 'strict-dynamic'];
const unsafes: readonly string[] = ["'unsafe-inline'", 'unsafe-inline', "'unsafe-eval'", 'unsafe-eval'];
const strictDynamics: readonly string[] = ["'strict-dynamic'", 'strict-dynamic'];
const takesUnsafes: readonly string[] = ['script-src', 'style-src', 'worker-src'];
const takesStrictDynamic: readonly string[] = ['default-src', 'script-src'];
const sandboxWords: readonly string[] = [
	'allow-downloads',
	'allow-downloads-without-user-activation',
	'allow-forms',
	'allow-modals',
	'allow-orientation-lock',
	'allow-pointer-lock',
	'allow-popups',
	'allow-popups-to-escape-sandbox',
	'allow-presentation',
	'allow-same-origin',
	'allow-scripts',
	'allow-top-navigation',
];

const header = 'Content-Security-Policy';

/**
 * Content-Security-Policy of helmet 3.23 (helmet-csp 2.10.0): no defaults, strict checks. Which header names are sent depends on
 * the browser; the model names the standard one, as sent to every browser of today.
 */
export function policyOf3(run: Run, subject: Subject): PolicyResult {
	const { value } = subject;
	const failed: PolicyResult = { value: unknownValue(value?.place ?? run.callPlace, '...'), names: [header], certainty: 'maybe' };
	if (value?.kind === 'unknown') return failed;
	if (value?.kind !== 'object') {
		throwAt(run, header, value?.place ?? run.callPlace, 'csp must be called with an object argument. See the documentation.');
		return failed;
	}
	const given = propertyValue(value, 'directives');
	if (given?.kind === 'unknown') return failed;
	const entries = given?.kind === 'object' ? ownEntries(given) : [];
	if (given?.kind !== 'object' || (entries.length === 0 && !given.open)) {
		throwAt(
			run,
			header,
			given?.place ?? value.place,
			'csp must have at least one directive under the "directives" key. See the documentation.',
		);
		return failed;
	}
	const loose = propertyValue(value, 'loose');
	const strict = loose === null ? true : truthy(loose) === false;
	// camelize has made one key of two spellings: the later value counts, at the place of the first.
	const rows = new Map<string, HeaderValue | null>();
	for (const entry of entries) {
		const name = dashed(entry.key);
		const valid = !strict || checkDirective(run, dasherized(entry.key), entry);
		rows.set(name, rendered(name, entry, valid));
	}
	const parts = [...rows.values()].filter(part => part !== null);
	if (given.open) parts.push(unknownValue(given.place, '...'));
	const only = propertyValue(value, 'reportOnly');
	// In helmet 3 a function decides per request.
	const reportOnly = only === null ? false : only.kind === 'function' ? null : truthy(only);
	const names = reportOnly === null ? [header, `${header}-Report-Only`] : [reportOnly ? `${header}-Report-Only` : header];
	return { value: joinValues(parts, '; '), names, certainty: reportOnly === null ? 'maybe' : 'always' };
}

/** The package dasherize, as far as directive names go: a run of capitals is one word. */
function dasherized(key: string): string {
	return key.replace(/[A-Z](?:(?=[^A-Z])|[A-Z]*(?=[A-Z][^A-Z]|$))/g, (word, index: number) => (0 < index ? '-' : '') + word.toLowerCase());
}

/** camelize, then the dashify of content-security-policy-builder 2.1.0. */
function dashed(key: string): string {
	return key
		.replace(/[_.-](\w|$)/g, (_, letter: string) => letter.toUpperCase())
		.replace(/([a-z])([A-Z])/g, '$1-$2')
		.toLowerCase();
}

function rendered(name: string, entry: ObjectEntry, valid: boolean): HeaderValue | null {
	const { value } = entry;
	const key = wordAt(name, entry.keyPlace);
	if (!valid) return joinValues([key, unknownValue(value.place, stringText(value), ONE_TOKEN)], ' ');
	if (value.kind === 'boolean') return value.value ? key : null;
	if (value.kind === 'function') return joinValues([key, unknownValue(value.place, '...', ONE_TOKEN)], ' ');
	// camelize walks a Set as an object without keys.
	if (value.kind === 'array' && value.iterable !== 'array') return joinValues([key, wordAt('[object Object]', value.place)], ' ');
	if (value.kind !== 'array') return truthy(value) === false ? key : joinValues([key, headerText(value)], ' ');
	const entries = value.elements.map(element =>
		element.kind === 'function'
			? element.returns === null
				? unknownValue(element.place, '...', ONE_TOKEN)
				: headerText(element.returns)
			: headerText(element),
	);
	if (value.open) entries.push(unknownValue(value.place, '...', ONE_TOKEN));
	return joinValues([key, ...entries], ' ');
}

/** lib/check-options/check-directive: whether the directive passes; records what it throws. */
function checkDirective(run: Run, name: string, entry: ObjectEntry): boolean {
	const fail = (place: StaticValue['place'], message: string): boolean => {
		throwAt(run, header, place, message);
		return false;
	};
	const checker = directives.get(name);
	if (checker === undefined) {
		throwAt(
			run,
			header,
			entry.keyPlace,
			`"${name}" is an invalid directive. See the documentation for the supported list. Force this by enabling loose mode.`,
			directives.has(dashed(entry.key)) ? [renaming(entry.keyPlace, entry.key, dashed(entry.key))] : [],
		);
		return false;
	}
	const { value } = entry;
	if (value.kind === 'unknown') return true;
	const shown = stringText(value);
	if (checker === 'boolean')
		return value.kind === 'boolean' || fail(value.place, `"${shown}" is not a valid value for ${name}. Use \`true\` or \`false\`.`);
	if (value.kind === 'boolean' && !value.value && checker !== 'plugins' && checker !== 'sri') return true;
	if (checker === 'report') {
		const valid = value.kind === 'function' || ((value.kind === 'string' || value.kind === 'text') && shown !== '');
		return valid || fail(value.place, `"${shown}" is not a valid value for ${name}. Use a non-empty string.`);
	}
	if (checker === 'sandbox' && value.kind === 'boolean') return true;
	if (value.kind !== 'array' || value.iterable !== 'array')
		return fail(
			value.place,
			`"${shown}" is not a valid value for ${name}. Use an array of strings${checker === 'sandbox' ? ' or `true`' : ''}.`,
		);
	if (value.elements.length === 0 && !value.open)
		return fail(value.place, `${name} must have at least one value. ${emptyAdvice(checker, name)}`);
	return value.elements.map(element => checkEntry(checker, name, element, fail)).every(valid => valid);
}

function emptyAdvice(checker: Checker, name: string): string {
	if (checker === 'sri') return 'To require nothing, omit the directive.';
	return checker === 'sandbox' ? `To block everything, set ${name} to \`true\`.` : `To block everything, set ${name} to ["'none'"].`;
}

function checkEntry(
	checker: Checker,
	name: string,
	element: StaticValue,
	fail: (place: StaticValue['place'], message: string) => boolean,
): boolean {
	if (element.kind === 'unknown' || element.kind === 'function' || element.kind === 'text') return true;
	const shown = stringText(element);
	if (checker === 'sri')
		return ['script', 'style'].includes(shown) || fail(element.place, `"${shown}" is not a valid ${name} value. Remove it.`);
	if (checker === 'sandbox')
		return sandboxWords.includes(shown) || fail(element.place, `"${shown}" is not a valid ${name} directive. Remove it.`);
	const what = checker === 'plugins' ? 'plugin type' : 'source expression';
	if (element.kind !== 'string' || element.value === '')
		return fail(element.place, `"${shown}" is not a valid ${what}. Only non-empty strings are allowed.`);
	const senseless =
		checker === 'plugins'
			? ['self', "'self'", ...unsafes].includes(shown)
			: (!takesUnsafes.includes(name) && unsafes.includes(shown)) || (!takesStrictDynamic.includes(name) && strictDynamics.includes(shown));
	if (senseless) return fail(element.place, `"${shown}" does not make sense in ${name}. Remove it.`);
	if (!mustQuote.includes(shown)) return true;
	return fail(
		element.place,
		`"${shown}" must be quoted in ${name}. Change it to "'${shown}'" in your source list. Force this by enabling loose mode.`,
	);
}
