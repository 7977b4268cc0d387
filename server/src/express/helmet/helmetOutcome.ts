import type { StaticValue } from '../../javascript/staticValue';
import type { CodeLiteral, OptionRepair } from '../../model/appObservation';
import { ANY_TEXT, unknownValue } from '../../model/value';
import type { Place } from '../../text/span';
import { mergeCases } from './branches';
import { contentSecurityPolicy } from './contentSecurityPolicy';
import { aliasesSince, type HelmetMiddleware, middlewareOf, poweredByValue } from './headers';
import { reportDefaults, reportOldMaxAge } from './optionAdvice';
import { reportUnknownOptions } from './optionNames';
import type { HelmetOutcome, WrittenOption } from './outcome';
import { createRun, type Run, removal, type Subject, throwAt } from './run';
import { isNullish, isObjectLike, property, stringText } from './values';
import { since, versionNumber } from './version';

/**
 * What `helmet(options)` of that version does (helmet 3.23 to 8.3, `index.ts`). `options` is null where no argument is passed;
 * `callPlace` is the call, for what no option is responsible for. Never throws.
 */
export function helmetOutcome(version: string, options: StaticValue | null, callPlace: Place = options?.place ?? nowhere): HelmetOutcome {
	return mergeCases(version, options, callPlace, (run, value) => constructHelmet(run, value));
}

/**
 * What `helmet.hsts(options)` and the like do. `middleware` is the name after the dot. A name that this version does not have
 * throws, in the words of Node 20.
 */
export function standaloneOutcome(
	version: string,
	middleware: string,
	options: StaticValue | null,
	callPlace: Place = options?.place ?? nowhere,
): HelmetOutcome {
	return mergeCases(version, options, callPlace, (run, value) => {
		const found = standalone(run, middleware);
		if (found === null) throwAt(run, null, callPlace, removedStandalone(run, middleware));
		else apply(run, found, { header: found.header, name: middleware, option: null, value });
	});
}

const nowhere: Place = { path: '', span: { start: 0, end: 0 } };

/** Whether `helmet.<name>` is a middleware of that version. */
export function isStandalone(version: string, name: string): boolean {
	const number = versionNumber(version);
	return middlewareOf(number).some(({ option, alias }) => option === name || (alias === name && aliasesSince <= number));
}

function standalone(run: Run, name: string): HelmetMiddleware | null {
	return middlewareOf(run.version).find(({ option, alias }) => option === name || (alias === name && aliasesSince <= run.version)) ?? null;
}

/** helmet 4 names the replacement, later versions have no such property. */
function removedStandalone(run: Run, name: string): string {
	const advice: Readonly<Record<string, string>> = {
		featurePolicy:
			'helmet.featurePolicy was removed because the Feature-Policy header is deprecated. If you still need this header, you can use the `feature-policy` module.',
		hpkp: 'helmet.hpkp was removed because the header has been deprecated. If you still need this header, you can use the `hpkp` module. For more, see <https://github.com/helmetjs/helmet/issues/180>.',
		noCache:
			'helmet.noCache was removed. You can use the `nocache` module instead. For more, see <https://github.com/helmetjs/helmet/issues/215>.',
	};
	const words = since(4) <= run.version && run.version < since(5) ? advice[name] : undefined;
	return words ?? `helmet.${name} is not a function`;
}

/** Runs helmet's constructor on options without branches and records what it does. */
export function constructHelmet(run: Run, options: StaticValue | null): void {
	if (options?.kind === 'null') {
		throwAt(run, null, options.place, "Cannot read properties of null (reading 'constructor')", [
			{ variant: 'remove', title: 'Call helmet() without null', safe: true, change: { kind: 'remove', place: options.place } },
		]);
		return;
	}
	const given = options === null || options.kind === 'undefined' ? null : options;
	if (given !== null && since(4) <= run.version && run.version < since(4, 5) && given.kind === 'object') refuseTrue(run, given);
	// The alias check of 6.2.0 asks `in`, which primitives do not answer.
	if (given !== null && !isObjectLike(given) && given.kind !== 'unknown' && given.kind !== 'branch' && aliasesSince <= run.version)
		throwAt(run, null, given.place, `Cannot use 'in' operator to search for 'strictTransportSecurity' in ${stringText(given)}`, [
			{ variant: 'remove', title: 'Call helmet() without it', safe: true, change: { kind: 'remove', place: given.place } },
		]);
	for (const middleware of middlewareOf(run.version)) {
		const choice = chosen(run, given, middleware);
		if (choice === 'unknown') applyUnknown(run, given, middleware);
		else applyOption(run, middleware, choice);
	}
	if (given?.kind === 'object') {
		reportUnknownOptions(run, given);
		const plain = createRun(run.version, run.versionText, run.callPlace);
		constructHelmet(plain, null);
		reportDefaults(run, given, plain);
	}
}

/** 4.0.0 to 4.4.1: `true` is refused for every option. */
function refuseTrue(run: Run, options: StaticValue): void {
	const entry = options.kind === 'object' ? options.entries.find(({ value }) => value.kind === 'boolean' && value.value) : undefined;
	// From 4.1.0 on hsts may be true; the check is on any value.
	if (entry !== undefined)
		throwAt(
			run,
			null,
			entry.place,
			'Helmet no longer supports `true` as a middleware option. Remove the property from your options to fix this error.',
			[removal(entry.place, entry.key, true)],
		);
}

/** The option that decides, null where none is given. `new ?? old`, and both at once throw (6.2.0 on). */
function chosen(
	run: Run,
	options: StaticValue | null,
	middleware: HelmetMiddleware,
): (WrittenOption & { readonly value: StaticValue }) | null | 'unknown' {
	if (options === null) return null;
	const old = property(options, middleware.option);
	const alias =
		middleware.alias === null || run.version < aliasesSince ? ({ state: 'absent' } as const) : property(options, middleware.alias);
	if (old.state === 'present' && alias.state === 'present') {
		const words =
			since(8, 2) <= run.version
				? `Remove the \`${middleware.option}\` option to fix this error.`
				: `Remove \`${middleware.option}\` to silence this warning.`;
		throwAt(run, middleware.header, old.entry.keyPlace, `${middleware.header} option was specified twice. ${words}`, [
			removal(old.entry.place, middleware.option, true),
		]);
	}
	const found = alias.state === 'present' && !isNullish(alias.entry.value) ? alias : old.state === 'absent' ? alias : old;
	if (found.state === 'unknown' || (found === old && alias.state === 'unknown')) return 'unknown';
	if (found.state === 'absent') return null;
	const { entry } = found;
	// A null under the new name counts as absent: `new ?? old`.
	if (found === alias && isNullish(entry.value)) return null;
	return { name: entry.key, keyPlace: entry.keyPlace, place: entry.place, valuePlace: entry.value.place, value: entry.value };
}

/** An unresolved spread may hold the option: the header may be sent, nobody knows how. */
function applyUnknown(run: Run, options: StaticValue | null, middleware: HelmetMiddleware): void {
	if (middleware.header === 'X-Powered-By') {
		run.removed.push({ name: middleware.header, option: null, certainty: 'maybe', branch: null });
		return;
	}
	if (!middleware.isDefault(run.version) && middleware.until !== null) return;
	const label = options?.kind === 'unknown' ? options.reason : '...';
	const value = unknownValue(options?.place ?? run.callPlace, label, ANY_TEXT);
	run.headers.push({ name: middleware.header, value, origin: 'default', certainty: 'maybe', option: null, branch: null });
}

function applyOption(run: Run, middleware: HelmetMiddleware, option: (WrittenOption & { readonly value: StaticValue }) | null): void {
	const { header } = middleware;
	const nothing = { header, name: middleware.option, option: null, value: null };
	if (option === null) {
		if (middleware.isDefault(run.version)) apply(run, middleware, nothing);
		return;
	}
	const { value } = option;
	const subject: Subject = { header, name: option.name, option, value };
	if (value.kind === 'boolean' && !value.value) {
		omit(run, middleware, option);
		return;
	}
	if (value.kind === 'undefined' || (value.kind === 'null' && run.version < since(4))) {
		if (middleware.isDefault(run.version)) apply(run, middleware, nothing);
		return;
	}
	if (value.kind === 'boolean') {
		// helmet 3 passes `{}` on, which its CSP refuses; later versions pass nothing.
		const empty: StaticValue = { kind: 'object', entries: [], open: false, place: value.place };
		apply(run, middleware, { ...subject, value: run.version < since(4) ? empty : null });
		return;
	}
	// 6.x asks `options.expectCt && ...`: falsy values leave it out.
	if (header === 'Expect-CT' && since(6) <= run.version && run.version < since(6, 2) && value.kind === 'null') return;
	if (value.kind === 'unknown' && header !== 'X-Powered-By' && header !== 'Content-Security-Policy') {
		run.headers.push({
			name: header,
			value: unknownValue(value.place, value.reason, ANY_TEXT),
			origin: 'written',
			certainty: 'maybe',
			option,
			branch: null,
		});
		return;
	}
	apply(run, middleware, subject);
}

/** `false`: the header is left out. Where it is off by default that changes nothing. */
function omit(run: Run, middleware: HelmetMiddleware, option: WrittenOption): void {
	if (!middleware.isDefault(run.version)) return;
	run.omitted.push({ name: middleware.header, option, branch: null });
	run.problems.push({
		kind: 'helmet-header-disabled',
		place: isWrittenInPlace(option) ? option.place : option.valuePlace,
		option: option.name,
		header: middleware.header,
		repairs: enablingRepairs(middleware, option),
		branch: null,
	});
}

/** Whether the value stands in the property itself, not in a constant or a branch that other values share. */
function isWrittenInPlace({ place, valuePlace }: WrittenOption): boolean {
	return place.path === valuePlace.path && place.span.end === valuePlace.span.end;
}

function enablingRepairs(middleware: HelmetMiddleware, option: WrittenOption): readonly OptionRepair[] {
	const replace = (title: string, value: CodeLiteral): OptionRepair => ({
		variant: 'replace',
		title,
		safe: false,
		change: { kind: 'replace-value', place: option.valuePlace, value },
	});
	if (!isWrittenInPlace(option)) return [replace(`Set ${option.name} to true, helmet's default`, { kind: 'boolean', value: true })];
	const remove = removal(option.place, `${option.name}: false`, false);
	if (middleware.header !== 'X-Permitted-Cross-Domain-Policies') return [remove];
	return [
		replace("Set permittedPolicies to 'none'", { kind: 'object', entries: [['permittedPolicies', { kind: 'string', value: 'none' }]] }),
		remove,
	];
}

/** Runs one middleware's constructor and records what it sets or removes. */
function apply(run: Run, middleware: HelmetMiddleware, subject: Subject): void {
	const { header } = middleware;
	if (header === 'Content-Security-Policy') {
		const { value, names, certainty } = contentSecurityPolicy(run, subject);
		for (const name of names) pushHeader(run, name, value, certainty, subject);
		return;
	}
	if (header === 'X-Powered-By') {
		const certainty = subject.value?.kind === 'unknown' ? 'maybe' : 'always';
		const setTo = poweredByValue(run, subject);
		if (setTo === null) run.removed.push({ name: header, option: subject.option, certainty, branch: null });
		else pushHeader(run, header, setTo, certainty, subject);
		return;
	}
	if (middleware.value === null) return;
	if (middleware.option === 'hsts') reportOldMaxAge(run, subject);
	pushHeader(run, header, middleware.value(run, subject), 'always', subject);
	if (middleware.option === 'noCache')
		for (const [name, text] of noCacheOthers) pushHeader(run, name, { text, segments: [] }, 'always', subject);
}

/** nocache 2.1.0, in helmet 3. */
const noCacheOthers: readonly (readonly [string, string])[] = [
	['Surrogate-Control', 'no-store'],
	['Pragma', 'no-cache'],
	['Expires', '0'],
];

function pushHeader(
	run: Run,
	name: string,
	value: HelmetOutcome['headers'][number]['value'],
	certainty: 'always' | 'maybe',
	subject: Subject,
): void {
	const bad = /[^\t\x20-\x7e\x80-\xff\uE000\uE001]/.exec(value.text);
	if (bad !== null) {
		const place = value.segments.find(segment => segment.start <= bad.index && bad.index < segment.end)?.place ?? run.callPlace;
		run.problems.push({
			kind: 'helmet-throws',
			place,
			message: `Invalid character in header content [${JSON.stringify(name)}]`,
			when: 'request',
			header: name,
			repairs: [],
			branch: null,
		});
		run.headers.push({
			name,
			value: unknownValue(place, '...', ANY_TEXT),
			origin: 'written',
			certainty: 'maybe',
			option: subject.option,
			branch: null,
		});
		return;
	}
	run.headers.push({
		name,
		value,
		origin: value.segments.length === 0 ? 'default' : 'written',
		certainty,
		option: subject.option,
		branch: null,
	});
}
