import type { StaticValue } from '../../javascript/staticValue';
import type { OptionRepair } from '../../model/appObservation';
import { type HeaderValue, joinValues, ONE_TOKEN, renderedValue, unknownValue, type ValueSegment } from '../../model/value';
import { ignoreAt, type Run, removal, renaming, type Subject, throwAt, warnAt } from './run';
import { headerText, isObjectLike, isText, jsonText, property, propertyValue, stringText, truthy, wordAt } from './values';
import { since, type VersionNumber } from './version';

/** The max-age that helmet sends unasked, in seconds: 180 days, from 8.0.0 on 365 days. */
export function defaultMaxAge(version: VersionNumber): number {
	return version < since(8) ? 15_552_000 : 31_536_000;
}

const misspelled = 'Strict-Transport-Security received an unsupported property, `maxage`. Did you mean to pass `maxAge`?';
const lowerCaseD =
	'Strict-Transport-Security middleware should use `includeSubDomains` instead of `includeSubdomains`. (The correct one has an uppercase "D".)';
const setIfGone =
	'Strict-Transport-Security middleware no longer supports the `setIf` parameter. See the documentation and <https://github.com/helmetjs/helmet/wiki/Conditionally-using-middleware> if you need help replicating this behavior.';

/** Strict-Transport-Security, helmet 4 to 8 (`middlewares/strict-transport-security`); for 3 the package hsts 2.2.0. */
export function transportSecurityValue(run: Run, subject: Subject): HeaderValue {
	const { value, header } = subject;
	if (value === null || value.kind === 'undefined') return defaultValue(run);
	if (value.kind === 'unknown') return unknownValue(value.place, value.reason, ONE_TOKEN);
	if (run.version < since(4)) return value3(run, subject, value);
	if (!isObjectLike(value)) {
		throwAt(
			run,
			header,
			value.place,
			`Cannot use 'in' operator to search for 'maxage' in ${stringText(value)}`,
			primitiveRepairs(subject, value),
		);
		return defaultValue(run);
	}
	if (value.kind !== 'object') {
		ignoreAt(run, subject, value.place, '{ maxAge: ..., includeSubDomains: true }', defaultValue(run).text);
		return defaultValue(run);
	}
	const maxage = property(value, 'maxage');
	if (maxage.state === 'present')
		throwAt(run, header, maxage.entry.keyPlace, misspelled, [renaming(maxage.entry.keyPlace, 'maxage', 'maxAge')]);
	const subdomains = property(value, 'includeSubdomains');
	if (subdomains.state === 'present')
		reportLowerCaseD(run, subject, value, subdomains.entry.keyPlace, subdomains.entry.place, subdomains.entry.value);
	const setIf = property(value, 'setIf');
	if (setIf.state === 'present' && run.version < since(7)) warnAt(run, setIf.entry.keyPlace, setIfGone);
	return joined(run, value, maxAgeValue(run, subject, value), flag(value, 'includeSubDomains', true), flag(value, 'preload', false));
}

function defaultValue(run: Run): HeaderValue {
	return renderedValue(`max-age=${defaultMaxAge(run.version)}; includeSubDomains`);
}

function primitiveRepairs(subject: Subject, value: StaticValue): readonly OptionRepair[] {
	if (value.kind === 'number' && subject.option !== null)
		return [
			{ variant: 'wrap', title: 'Write { maxAge: ... }', safe: true, change: { kind: 'wrap-value', place: value.place, name: 'maxAge' } },
		];
	return subject.option === null ? [] : [removal(subject.option.place, subject.option.name, true)];
}

function reportLowerCaseD(
	run: Run,
	subject: Subject,
	value: StaticValue,
	keyPlace: StaticValue['place'],
	place: StaticValue['place'],
	written: StaticValue,
): void {
	const both = property(value, 'includeSubDomains').state === 'present';
	const repairs = both ? [removal(place, 'includeSubdomains', true)] : [renaming(keyPlace, 'includeSubdomains', 'includeSubDomains')];
	if (since(8) <= run.version) {
		throwAt(run, subject.header, keyPlace, lowerCaseD, repairs);
		return;
	}
	warnAt(run, keyPlace, lowerCaseD);
	if (!both && truthy(written) !== true)
		ignoreAt(
			run,
			subject,
			place,
			'includeSubDomains with an upper-case D',
			'includeSubDomains',
			repairs.map(repair => ({ ...repair, safe: false })),
		);
}

/** The number after `max-age=`. */
function maxAgeValue(run: Run, subject: Subject, value: StaticValue): HeaderValue {
	const found = property(value, 'maxAge');
	if (found.state === 'unknown') return unknownValue(value.place, '...', ONE_TOKEN);
	if (found.state === 'absent' || found.entry.value.kind === 'undefined') return renderedValue(String(defaultMaxAge(run.version)));
	const age = found.entry.value;
	if (age.kind === 'unknown') return unknownValue(age.place, age.reason, ONE_TOKEN);
	if (age.kind === 'number' && 0 <= age.value && Number.isFinite(age.value)) return wordAt(String(Math.floor(age.value)), age.place);
	throwAt(
		run,
		subject.header,
		age.place,
		`Strict-Transport-Security: ${jsonText(age)} is not a valid value for maxAge. Please choose a positive integer.`,
		maxAgeRepairs(age, found.entry.place),
	);
	return unknownValue(age.place, stringText(age), ONE_TOKEN);
}

function maxAgeRepairs(age: StaticValue, place: StaticValue['place']): readonly OptionRepair[] {
	if (age.kind === 'string' && /^\s*\d{1,15}\s*$/.test(age.value)) {
		const seconds = Number(age.value);
		return [
			{
				variant: 'replace',
				title: `Write the number ${seconds}`,
				safe: true,
				change: { kind: 'replace-value', place: age.place, value: { kind: 'number', value: seconds } },
			},
		];
	}
	return [
		{
			variant: 'replace',
			title: 'Set maxAge to 31536000 (one year)',
			safe: false,
			change: { kind: 'replace-value', place: age.place, value: { kind: 'number', value: 31_536_000 } },
		},
		removal(place, 'maxAge to get the default', false),
	];
}

/** A flag of the header: its word, empty, or an unknown token; null where it is left out. */
function flag(value: StaticValue, name: 'includeSubDomains' | 'preload', unset: boolean): HeaderValue | null {
	const found = property(value, name);
	if (found.state === 'unknown') return unknownValue(value.place, '...', ONE_TOKEN);
	if (found.state === 'absent' || found.entry.value.kind === 'undefined') return unset ? renderedValue(name) : null;
	const on = truthy(found.entry.value);
	if (on === null) return unknownValue(found.entry.value.place, name, ONE_TOKEN);
	return on ? wordAt(name, found.entry.place) : null;
}

function joined(
	run: Run,
	value: StaticValue,
	age: HeaderValue,
	includeSubDomains: HeaderValue | null,
	preload: HeaderValue | null,
): HeaderValue {
	const parts = [joinValues([renderedValue('max-age='), age])];
	if (includeSubDomains !== null) parts.push(includeSubDomains);
	if (preload !== null) parts.push(preload);
	const whole = joinValues(parts, '; ');
	if (whole.segments.length === 0 && whole.text !== defaultValue(run).text) {
		// A word left out by the author leaves no trace in the text: the option as a whole stands for it.
		const trace: ValueSegment = { start: 0, end: whole.text.length, place: value.place, exact: false };
		return { text: whole.text, segments: [trace] };
	}
	return whole;
}

/** hsts 2.2.0, the middleware of helmet 3.23. */
function value3(run: Run, subject: Subject, value: StaticValue): HeaderValue {
	const { header } = subject;
	if (truthy(value) === false) return defaultValue(run);
	if (!isObjectLike(value)) {
		throwAt(
			run,
			header,
			value.place,
			`Cannot use 'in' operator to search for 'includeSubdomains' in ${stringText(value)}`,
			primitiveRepairs(subject, value),
		);
		return defaultValue(run);
	}
	const maxage = property(value, 'maxage');
	if (maxage.state === 'present')
		throwAt(run, header, maxage.entry.keyPlace, 'maxage is not a supported property. Did you mean to pass "maxAge" instead of "maxage"?', [
			renaming(maxage.entry.keyPlace, 'maxage', 'maxAge'),
		]);
	const upper = property(value, 'includeSubDomains');
	const lower = property(value, 'includeSubdomains');
	const setIf = propertyValue(value, 'setIf');
	if (setIf !== null && setIf.kind !== 'function' && setIf.kind !== 'unknown')
		throwAt(run, header, setIf.place, 'setIf must be a function.');
	if (upper.state === 'present' && lower.state === 'present')
		throwAt(run, header, lower.entry.keyPlace, 'includeSubDomains and includeSubdomains cannot both be specified.', [
			removal(lower.entry.place, 'includeSubdomains', true),
		]);
	const off = [upper, lower].some(found => found.state === 'present' && found.entry.value.kind === 'boolean' && !found.entry.value.value);
	const unsure = upper.state === 'unknown' || lower.state === 'unknown';
	const subdomains = off ? null : unsure ? unknownValue(value.place, '...', ONE_TOKEN) : renderedValue('includeSubDomains');
	return joined(run, value, maxAge3(run, header, value), subdomains, flag(value, 'preload', false));
}

function maxAge3(run: Run, header: string, value: StaticValue): HeaderValue {
	const age = propertyValue(value, 'maxAge');
	if (age === null || age.kind === 'null') return renderedValue(String(defaultMaxAge(run.version)));
	if (age.kind === 'unknown') return unknownValue(age.place, age.reason, ONE_TOKEN);
	if (age.kind !== 'number') {
		throwAt(
			run,
			header,
			age.place,
			'HSTS must be passed a numeric maxAge parameter.',
			isText(age) ? maxAgeRepairs(age, age.place).slice(0, 1) : [],
		);
		return unknownValue(age.place, stringText(age), ONE_TOKEN);
	}
	if (age.value < 0) {
		throwAt(run, header, age.place, 'HSTS maxAge must be nonnegative.');
		return unknownValue(age.place, stringText(age), ONE_TOKEN);
	}
	return wordAt(String(Math.round(age.value)), age.place);
}

/** Expect-CT, helmet 3 to 6: gone in 7.0.0. */
export function expectCtValue(run: Run, subject: Subject): HeaderValue {
	const { value, header } = subject;
	if (value === null || value.kind === 'undefined') return renderedValue('max-age=0');
	if (value.kind === 'unknown') return unknownValue(value.place, value.reason, ONE_TOKEN);
	const old = run.version < since(4);
	if (value.kind === 'null') {
		throwAt(run, header, value.place, `Cannot read properties of null (reading '${old ? 'enforce' : 'maxAge'}')`);
		return renderedValue('max-age=0');
	}
	const age = propertyValue(value, 'maxAge');
	let seconds = renderedValue('0');
	if (age !== null) {
		const valid = age.kind === 'number' && 0 <= age.value && (old || Number.isFinite(age.value));
		if (age.kind === 'unknown') seconds = unknownValue(age.place, age.reason, ONE_TOKEN);
		else if (valid) seconds = wordAt(String(Math.floor(age.value)), age.place);
		else {
			const words = old ? `${stringText(age)} is` : `Expect-CT: ${jsonText(age)} is`;
			throwAt(run, header, age.place, `${words} not a valid value for maxAge. Please choose a positive integer.`);
			seconds = unknownValue(age.place, stringText(age), ONE_TOKEN);
		}
	}
	const parts = [joinValues([renderedValue('max-age='), seconds])];
	const enforce = propertyValue(value, 'enforce');
	const enforced = enforce === null ? false : truthy(enforce);
	if (enforced !== false && enforce !== null) {
		const word = enforced === null ? unknownValue(enforce.place, 'enforce', ONE_TOKEN) : wordAt('enforce', enforce.place);
		if (old) parts.unshift(word);
		else parts.push(word);
	}
	const report = propertyValue(value, 'reportUri');
	if (report !== null && truthy(report) !== false)
		parts.push(joinValues([renderedValue('report-uri="'), headerText(report), renderedValue('"')]));
	return joinValues(parts, ', ');
}
