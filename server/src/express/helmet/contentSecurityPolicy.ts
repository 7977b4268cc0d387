import type { ObjectEntry, StaticValue } from '../../javascript/staticValue';
import type { OptionRepair } from '../../model/appObservation';
import { ANY_TEXT, type HeaderValue, joinValues, renderedValue } from '../../model/value';
import { policyOf3 } from './contentSecurityPolicy3';
import { defaultDirectives, directiveNameOf } from './cspDirectives';
import { type Directive, defaultDirective, readDirective, renderDirective } from './cspEntries';
import { reportMissingDefaults } from './cspMissingDefaults';
import { ignoreAt, type Run, removal, renaming, type Subject, throwAt, warnAt } from './run';
import { ownEntries, property, propertyValue, stringText, truthy } from './values';
import { since } from './version';

/** The policy a call sends and under which names; two names where `reportOnly` is not known. */
export interface PolicyResult {
	readonly value: HeaderValue;
	readonly names: readonly string[];
	readonly certainty: 'always' | 'maybe';
}

const enforcing = 'Content-Security-Policy';
const needsDefault =
	'Content-Security-Policy needs a default-src but none was provided. If you really want to disable it, set it to `contentSecurityPolicy.dangerouslyDisableDefaultSrc`.';
const nullDefault =
	'Content-Security-Policy needs a default-src but it was set to `null`. If you really want to disable it, set it to `contentSecurityPolicy.dangerouslyDisableDefaultSrc`.';

/** Content-Security-Policy, helmet 4 to 8.3 (`middlewares/content-security-policy`); for 3 see contentSecurityPolicy3.ts. */
export function contentSecurityPolicy(run: Run, subject: Subject): PolicyResult {
	const { value } = subject;
	if (run.version < since(4)) return policyOf3(run, subject);
	if (value === null || value.kind === 'undefined') return plain(defaultPolicy(run));
	if (value.kind === 'unknown') return { value: unknownPolicy(value), names: [enforcing, `${enforcing}-Report-Only`], certainty: 'maybe' };
	if (!acceptsShape(run, subject, value)) return plain(defaultPolicy(run));
	if (run.version < since(5)) warnOfRemovedOptions(run, value);
	reportMisplaced(run, subject, value);
	const only = propertyValue(value, 'reportOnly');
	const reportOnly = only === null ? false : truthy(only);
	const names = reportOnly === null ? [enforcing, `${enforcing}-Report-Only`] : [reportOnly ? `${enforcing}-Report-Only` : enforcing];
	return { value: trimmed(policyText(run, value)), names, certainty: reportOnly === null ? 'maybe' : 'always' };
}

function plain(value: HeaderValue): PolicyResult {
	return { value, names: [enforcing], certainty: 'always' };
}

function unknownPolicy(value: StaticValue): HeaderValue {
	const label = value.kind === 'unknown' ? value.reason : '...';
	return { text: ANY_TEXT, segments: [{ start: 0, end: 1, place: value.place, exact: false, label }] };
}

function defaultPolicy(run: Run): HeaderValue {
	return renderedValue([...defaultDirectives(run.version)].map(([name, entries]) => [name, ...entries].join(' ')).join(';'));
}

/** Primitives: `null` throws, 4.x throws for the others too, 5 on passes over them. */
function acceptsShape(run: Run, subject: Subject, value: StaticValue): boolean {
	const remove = subject.option === null ? [] : [removal(subject.option.place, subject.option.name, false)];
	if (run.version < since(5) && (value.kind === 'null' || value.kind === 'string' || value.kind === 'number' || value.kind === 'boolean')) {
		throwAt(run, enforcing, value.place, `Cannot use 'in' operator to search for 'loose' in ${stringText(value)}`, remove);
		return false;
	}
	if (value.kind === 'null') {
		throwAt(run, enforcing, value.place, "Cannot read properties of null (reading 'reportOnly')", remove);
		return false;
	}
	if (value.kind === 'object') return true;
	// `helmet.contentSecurityPolicy(false)` sends the default policy, helmet({ contentSecurityPolicy: false }) never comes here.
	ignoreAt(run, subject, value.place, '{ directives: { ... } }', 'the default policy');
	return false;
}

/** Options of helmet 3 that 4.x warns of (content-security-policy/index.ts, 4.0.0 to 4.6.0). */
function warnOfRemovedOptions(run: Run, value: StaticValue): void {
	const gone: readonly (readonly [string, string])[] = [
		['loose', 'Content-Security-Policy middleware no longer needs the `loose` parameter. You should remove it.'],
		[
			'setAllHeaders',
			'Content-Security-Policy middleware no longer supports the `setAllHeaders` parameter. See <https://github.com/helmetjs/helmet/wiki/Setting-legacy-Content-Security-Policy-headers-in-Helmet-4>.',
		],
		...['disableAndroid', 'browserSniff'].map(
			name =>
				[
					name,
					`Content-Security-Policy middleware no longer does browser sniffing, so you can remove the \`${name}\` option. See <https://github.com/helmetjs/csp/issues/97> for discussion.`,
				] as const,
		),
	];
	for (const [name, message] of gone) {
		const found = property(value, name);
		if (found.state === 'present') warnAt(run, found.entry.keyPlace, message);
	}
}

/** `contentSecurityPolicy: { defaultSrc: [...] }`: directives beside `directives` are not read, the default policy is sent. */
function reportMisplaced(run: Run, subject: Subject, value: StaticValue): void {
	if (value.kind !== 'object') return;
	const known = [
		'useDefaults',
		'directives',
		'reportOnly',
		...(run.version < since(5) ? ['loose', 'setAllHeaders', 'disableAndroid', 'browserSniff'] : []),
	];
	for (const entry of ownEntries(value)) {
		if (known.includes(entry.key)) continue;
		const isDirective = directiveNameOf(entry.key) !== null;
		run.problems.push({
			kind: 'helmet-unknown-option',
			place: entry.keyPlace,
			option: `${subject.name}.${entry.key}`,
			why: isDirective ? 'misplaced' : 'unknown',
			since: isDirective ? 'directives' : null,
			suggestion: isDirective ? `directives.${entry.key}` : null,
			header: enforcing,
			repairs: isDirective && value.entries.length === 1 && !value.open ? [moveIntoDirectives(value)] : [],
			branch: null,
		});
	}
}

function moveIntoDirectives(value: StaticValue) {
	return {
		variant: 'wrap',
		title: 'Put the directives into directives: { ... }',
		safe: false,
		change: { kind: 'wrap-value', place: value.place, name: 'directives' },
	} as const;
}

function policyText(run: Run, value: StaticValue): HeaderValue {
	const useOption = property(value, 'useDefaults');
	const written = useOption.state === 'present' && useOption.entry.value.kind !== 'undefined' ? useOption.entry : null;
	const takesUseDefaults = since(4, 6) <= run.version;
	const useDefaults = !takesUseDefaults
		? false
		: useOption.state === 'unknown'
			? null
			: written === null
				? since(5) <= run.version
				: truthy(written.value);
	const given = property(value, 'directives');
	if (given.state === 'unknown' || useDefaults === null) return unknownPolicy(value);
	const raw = given.state === 'present' && given.entry.value.kind !== 'undefined' ? given.entry.value : null;
	if (raw?.kind === 'unknown') return unknownPolicy(raw);
	// Up to 8.2 the default for `directives` is the full default policy, whatever useDefaults says; 8.3.0 made it `{}`.
	if (raw === null && (useDefaults || run.version < since(8, 3))) return defaultPolicy(run);
	const own = new Map<string, Directive>();
	const dropped = new Set<string>();
	const open = raw !== null && readDirectives(run, raw, own, dropped);
	const policy = merged(run, own, dropped, useDefaults && !open);
	if (open) return joinValues([...render(run, policy), unknownPolicy(raw)], ';');
	if (policy.size === 0) {
		throwAt(
			run,
			enforcing,
			raw?.place ?? written?.place ?? value.place,
			'Content-Security-Policy has no directives. Either set some or disable the header',
		);
		return unknownPolicy(value);
	}
	if (!policy.has('default-src') && !dropped.has('default-src'))
		throwAt(
			run,
			enforcing,
			raw?.place ?? value.place,
			since(4, 6) <= run.version ? needsDefault : 'Content-Security-Policy needs a default-src but none was provided',
			raw === null ? [] : [addDefaultSrc(raw)],
		);
	if (!useDefaults && written !== null) reportMissingDefaults(run, written, raw, policy);
	return joinValues(render(run, policy), ';');
}

function addDefaultSrc(directives: StaticValue) {
	return {
		variant: 'add',
		title: 'Add defaultSrc: ["\'self\'"]',
		safe: false,
		change: {
			kind: 'add-property',
			object: directives.place,
			name: 'defaultSrc',
			value: { kind: 'array', elements: [{ kind: 'string', value: "'self'" }] },
		},
	} as const;
}

/** Reads the directives into `own` and `dropped`; answers whether there may be more. */
function readDirectives(run: Run, raw: StaticValue, own: Map<string, Directive>, dropped: Set<string>): boolean {
	const seen = new Map<string, ObjectEntry>();
	for (const entry of ownEntries(raw)) {
		const valid = since(8, 3) <= run.version ? /^[a-z](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/.test(entry.key) : /^[a-zA-Z0-9-]+$/.test(entry.key);
		if (!valid) {
			const meant = directiveNameOf(entry.key);
			throwAt(run, enforcing, entry.keyPlace, `Content-Security-Policy received an invalid directive name ${JSON.stringify(entry.key)}`, [
				...(meant === null ? [] : [renaming(entry.keyPlace, entry.key, meant)]),
			]);
			continue;
		}
		const name = entry.key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
		const first = seen.get(name);
		if (first !== undefined) {
			throwAt(run, enforcing, entry.keyPlace, `Content-Security-Policy received a duplicate directive ${JSON.stringify(name)}`, [
				duplicateRepair(first, entry, raw),
			]);
			continue;
		}
		seen.set(name, entry);
		const { value } = entry;
		if (value.kind === 'null' && since(4, 6) <= run.version) {
			if (name === 'default-src') throwAt(run, enforcing, value.place, nullDefault);
			dropped.add(name);
			continue;
		}
		if (value.kind === 'disable-default-src' && since(4, 3) <= run.version) {
			if (name !== 'default-src')
				throwAt(
					run,
					enforcing,
					value.place,
					`Content-Security-Policy: tried to disable ${JSON.stringify(name)} as if it were default-src; simply omit the key`,
					[removal(entry.place, entry.key, false)],
				);
			dropped.add(name);
			continue;
		}
		own.set(name, readDirective(run, name, entry));
	}
	return raw.kind === 'object' && raw.open;
}

/** A key that was meant to replace one of a spread takes its spelling; of two that are written side by side the second goes. */
function duplicateRepair(first: ObjectEntry, second: ObjectEntry, directives: StaticValue): OptionRepair {
	const { path, span } = first.keyPlace;
	const length = span.end - span.start - first.key.length;
	const inside = path === directives.place.path && directives.place.span.start < span.start && span.end < directives.place.span.end;
	if (inside && (length === 0 || length === 2)) return removal(second.place, `the second ${second.key}`, false);
	return {
		...renaming(second.keyPlace, second.key, first.key),
		title: `Rename ${second.key} to '${first.key}', so that it replaces the one of the spread`,
	};
}

/** Up to 8.2 the own directives come first and missing defaults behind; 8.3.0 starts with the defaults and replaces in place. */
function merged(
	run: Run,
	own: ReadonlyMap<string, Directive>,
	dropped: ReadonlySet<string>,
	useDefaults: boolean,
): ReadonlyMap<string, Directive> {
	const defaults: readonly (readonly [string, Directive])[] = useDefaults
		? [...defaultDirectives(run.version)]
				.filter(([name]) => !dropped.has(name))
				.map(([name, entries]) => [name, own.get(name) ?? defaultDirective(name, entries)])
		: [];
	return since(8, 3) <= run.version ? new Map([...defaults, ...own]) : new Map([...own, ...defaults]);
}

function render(run: Run, policy: ReadonlyMap<string, Directive>): readonly HeaderValue[] {
	// From 8.3.0 on a policy of strings only is joined at construction, without the blank that an empty entry leaves otherwise.
	const joinedAtStart = since(8, 3) <= run.version && [...policy.values()].every(directive => directive.onlyStrings);
	return [...policy.values()].map(directive => renderDirective(directive, joinedAtStart));
}

/** A blank at the end is not part of a field value (RFC 9110, 5.5). */
function trimmed(value: HeaderValue): HeaderValue {
	const text = value.text.trimEnd();
	if (text.length === value.text.length) return value;
	return {
		text,
		segments: value.segments
			.filter(segment => segment.start < text.length)
			.map(segment => ({ ...segment, end: Math.min(segment.end, text.length) })),
	};
}
