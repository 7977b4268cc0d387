import type { StaticValue } from '../../javascript/staticValue';
import type { OptionRepair } from '../../model/appObservation';
import { type HeaderValue, joinValues, ONE_TOKEN, renderedValue, unknownValue } from '../../model/value';
import { didYouMean } from './didYouMean';
import { ignoreAt, type Run, type Subject, throwAt, warnAt } from './run';
import { headerText, isText, jsonText, property, propertyValue, stringText, truthy, wordAt } from './values';
import { since } from './version';

/** How a header is made whose options hold one word. */
export interface PolicyShape {
	readonly header: string;
	/** The property that holds the word: `policy`, `permittedPolicies`. */
	readonly property: string;
	readonly allowed: (version: number) => readonly string[];
	readonly fallback: string;
	/** Helmet's message for another word, from `JSON.stringify` of the value. */
	readonly message: (json: string) => string;
}

export const embedderPolicy: PolicyShape = {
	header: 'Cross-Origin-Embedder-Policy',
	property: 'policy',
	allowed: version => [
		'require-corp',
		...(since(5, 1) <= version ? ['credentialless'] : []),
		...(since(7, 1) <= version ? ['unsafe-none'] : []),
	],
	fallback: 'require-corp',
	message: json => `Cross-Origin-Embedder-Policy does not support the ${json} policy`,
};

export const openerPolicy: PolicyShape = {
	header: 'Cross-Origin-Opener-Policy',
	property: 'policy',
	allowed: version => [
		'same-origin',
		'same-origin-allow-popups',
		...(since(8, 2) <= version ? ['noopener-allow-popups'] : []),
		'unsafe-none',
	],
	fallback: 'same-origin',
	message: json => `Cross-Origin-Opener-Policy does not support the ${json} policy`,
};

export const resourcePolicy: PolicyShape = {
	header: 'Cross-Origin-Resource-Policy',
	property: 'policy',
	allowed: () => ['same-origin', 'same-site', 'cross-origin'],
	fallback: 'same-origin',
	message: json => `Cross-Origin-Resource-Policy does not support the ${json} policy`,
};

export const crossDomainPolicies: PolicyShape = {
	header: 'X-Permitted-Cross-Domain-Policies',
	property: 'permittedPolicies',
	allowed: () => ['none', 'master-only', 'by-content-type', 'all'],
	fallback: 'none',
	message: json => `X-Permitted-Cross-Domain-Policies does not support ${json}`,
};

/** The value of a one-word header, helmet 4 to 8 (`middlewares/*.ts`); for 3 X-Permitted-Cross-Domain-Policies of helmet-crossdomain 0.4. */
export function policyValue(run: Run, subject: Subject, shape: PolicyShape): HeaderValue {
	const { value } = subject;
	if (value === null || value.kind === 'undefined') return renderedValue(shape.fallback);
	if (value.kind === 'unknown') return unknownValue(value.place, value.reason, ONE_TOKEN);
	if (run.version < since(4)) return policyValue3(run, subject, value, shape);
	if (value.kind === 'null') {
		throwAt(run, shape.header, value.place, `Cannot read properties of null (reading '${shape.property}')`, [toDefault(subject, value)]);
		return renderedValue(shape.fallback);
	}
	if (value.kind !== 'object') {
		ignoreShape(run, subject, value, shape.property, shape.fallback, shape.allowed(run.version));
		return renderedValue(shape.fallback);
	}
	const word = propertyValue(value, shape.property);
	if (word === null) {
		if (!reportMisnamed(run, subject, value, shape.property, shape.fallback, shape.allowed(run.version)) && 0 < value.entries.length)
			ignoreAt(run, subject, value.place, `{ ${shape.property}: '...' }`, shape.fallback);
		return renderedValue(shape.fallback);
	}
	return checkedWord(run, word, shape);
}

function checkedWord(run: Run, word: StaticValue, shape: PolicyShape): HeaderValue {
	if (word.kind === 'unknown' || word.kind === 'text') return headerText(word);
	const allowed = shape.allowed(run.version);
	if (word.kind === 'string' && allowed.includes(word.value)) return headerText(word);
	const message =
		run.version < since(4)
			? `"${stringText(word)}" is not a valid permitted policy. Allowed values: ${allowed.join(', ')}.`
			: shape.message(jsonText(word));
	throwAt(run, shape.header, word.place, message, replacement(word, nearest(word, allowed)));
	return unknownValue(word.place, stringText(word), ONE_TOKEN);
}

/** Of `helmet-crossdomain` 0.4.0 alone: the other one-word headers came with 4.5. */
function policyValue3(run: Run, subject: Subject, value: StaticValue, shape: PolicyShape): HeaderValue {
	if (value.kind === 'null' || value.kind === 'string' || value.kind === 'number' || value.kind === 'boolean') {
		throwAt(
			run,
			shape.header,
			value.place,
			`Cannot use 'in' operator to search for '${shape.property}' in ${stringText(value)}`,
			wrapped(subject, value, shape.property, shape.allowed(run.version)),
		);
		return renderedValue(shape.fallback);
	}
	const found = property(value, shape.property);
	if (found.state === 'absent') return renderedValue(shape.fallback);
	if (found.state === 'unknown') return unknownValue(value.place, '...', ONE_TOKEN);
	return checkedWord(run, found.entry.value, shape);
}

const referrerPolicies: readonly string[] = [
	'no-referrer',
	'no-referrer-when-downgrade',
	'same-origin',
	'origin',
	'strict-origin',
	'origin-when-cross-origin',
	'strict-origin-when-cross-origin',
	'unsafe-url',
	'',
];

/** Referrer-Policy, helmet 3.23 (referrer-policy 1.2.0) and 4 to 8 (`middlewares/referrer-policy`). */
export function referrerValue(run: Run, subject: Subject): HeaderValue {
	const fallback = 'no-referrer';
	const { value, header } = subject;
	if (value === null || value.kind === 'undefined') return renderedValue(fallback);
	if (value.kind === 'unknown') return unknownValue(value.place, value.reason, ONE_TOKEN);
	const old = run.version < since(4);
	if (value.kind === 'null') {
		if (!old) throwAt(run, header, value.place, "Cannot read properties of null (reading 'policy')", [toDefault(subject, value)]);
		return renderedValue(fallback);
	}
	if (value.kind !== 'object') {
		if (old && truthy(value) === false) return renderedValue(fallback);
		if (old && value.kind !== 'array' && value.kind !== 'function')
			throwAt(
				run,
				header,
				value.place,
				`Cannot use 'in' operator to search for 'policy' in ${stringText(value)}`,
				wrapped(subject, value, 'policy', referrerPolicies),
			);
		else ignoreShape(run, subject, value, 'policy', fallback, referrerPolicies);
		return renderedValue(fallback);
	}
	const found = property(value, 'policy');
	if (found.state === 'unknown') return unknownValue(value.place, '...', ONE_TOKEN);
	if (found.state === 'absent' || (found.entry.value.kind === 'undefined' && !old)) {
		if (found.state === 'absent') reportMisnamed(run, subject, value, 'policy', fallback, referrerPolicies);
		return renderedValue(fallback);
	}
	return referrerTokens(run, header, found.entry.value);
}

function referrerTokens(run: Run, header: string, policy: StaticValue): HeaderValue {
	const old = run.version < since(4);
	if (policy.kind === 'unknown' || (policy.kind === 'array' && policy.open)) return unknownValue(policy.place, '...', ONE_TOKEN);
	if (policy.kind !== 'array' && !isText(policy) && !old) {
		throwAt(
			run,
			header,
			policy.place,
			policy.kind === 'null' ? "Cannot read properties of null (reading 'length')" : 'tokens.forEach is not a function',
			replacement(policy, 'strict-origin-when-cross-origin'),
		);
		return unknownValue(policy.place, stringText(policy), ONE_TOKEN);
	}
	const tokens = policy.kind === 'array' ? policy.elements : [policy];
	if (tokens.length === 0) {
		const message = old ? 'At least one policy must be supplied.' : 'Referrer-Policy received no policy tokens';
		throwAt(run, header, policy.place, message, replacement(policy, 'strict-origin-when-cross-origin'));
		return unknownValue(policy.place, '[]', ONE_TOKEN);
	}
	const seen = new Set<string>();
	const words: HeaderValue[] = [];
	for (const token of tokens) {
		if (token.kind === 'unknown' || token.kind === 'text') {
			words.push(headerText(token));
			continue;
		}
		const word = token.kind === 'string' ? token.value : null;
		if (word === null || !referrerPolicies.includes(word)) {
			throwAt(run, header, token.place, unexpectedReferrer(token, old), replacement(token, nearest(token, referrerPolicies)));
			words.push(unknownValue(token.place, stringText(token), ONE_TOKEN));
			continue;
		}
		if (seen.has(word)) {
			const message = old
				? `"${word}" specified more than once. No duplicates are allowed.`
				: `Referrer-Policy received a duplicate policy token ${JSON.stringify(word)}`;
			throwAt(run, header, token.place, message, [
				{ variant: 'remove', title: `Remove the second '${word}'`, safe: true, change: { kind: 'remove', place: token.place } },
			]);
			continue;
		}
		seen.add(word);
		words.push(headerText(token));
	}
	return joinValues(words, ',');
}

function unexpectedReferrer(token: StaticValue, old: boolean): string {
	if (!old) return `Referrer-Policy received an unexpected policy token ${jsonText(token)}`;
	const allowed = referrerPolicies.map(policy => (policy === '' ? 'and the empty string' : `"${policy}"`)).join(', ');
	return `"${stringText(token)}" is not a valid policy. Allowed policies: ${allowed}.`;
}

const invalidAction3 = 'action must be undefined, "DENY", "ALLOW-FROM", or "SAMEORIGIN".';
const allowFromGone =
	"X-Frame-Options no longer supports `ALLOW-FROM` due to poor browser support. See <https://github.com/helmetjs/helmet/wiki/How-to-use-X%E2%80%93Frame%E2%80%93Options's-%60ALLOW%E2%80%93FROM%60-directive> for more info.";

/** X-Frame-Options, helmet 3.23 to 8 (`middlewares/x-frame-options`). */
export function frameOptionsValue(run: Run, subject: Subject): HeaderValue {
	const fallback = 'SAMEORIGIN';
	const { value, header } = subject;
	if (value === null || value.kind === 'undefined') return renderedValue(fallback);
	if (value.kind === 'unknown') return unknownValue(value.place, value.reason, ONE_TOKEN);
	if (value.kind === 'null') {
		throwAt(run, header, value.place, "Cannot read properties of null (reading 'action')", [toDefault(subject, value)]);
		return renderedValue(fallback);
	}
	if (value.kind !== 'object') {
		ignoreShape(run, subject, value, 'action', fallback, ['deny', 'sameorigin']);
		return renderedValue(fallback);
	}
	const action = propertyValue(value, 'action');
	if (action === null) {
		reportMisnamed(run, subject, value, 'action', fallback, ['deny', 'sameorigin']);
		return renderedValue(fallback);
	}
	if (action.kind === 'unknown' || action.kind === 'text') return headerText(action);
	const word = action.kind === 'string' ? action.value.toUpperCase() : null;
	if (word === 'DENY' || word === 'SAMEORIGIN' || word === 'SAME-ORIGIN') {
		const sent = word === 'SAME-ORIGIN' ? fallback : word;
		return action.kind === 'string' && action.value === sent ? headerText(action) : wordAt(sent, action.place);
	}
	if (run.version < since(4)) return allowFrom3(run, header, value, action, word);
	const message =
		word === 'ALLOW-FROM' && run.version < since(6) ? allowFromGone : `X-Frame-Options received an invalid action ${jsonText(action)}`;
	throwAt(run, header, action.place, message, replacement(action, word === 'ALLOW-FROM' || word === 'ALLOWFROM' ? 'sameorigin' : 'deny'));
	return unknownValue(action.place, stringText(action), ONE_TOKEN);
}

function allowFrom3(run: Run, header: string, value: StaticValue, action: StaticValue, word: string | null): HeaderValue {
	if (word !== 'ALLOW-FROM' && word !== 'ALLOWFROM') {
		throwAt(run, header, action.place, invalidAction3, replacement(action, 'deny'));
		return unknownValue(action.place, stringText(action), ONE_TOKEN);
	}
	const domain = propertyValue(value, 'domain');
	if (domain !== null && (domain.kind === 'unknown' || isText(domain))) {
		if (domain.kind !== 'string' || domain.value !== '') return joinValues([wordAt('ALLOW-FROM', action.place), headerText(domain)], ' ');
		throwAt(run, header, domain.place, 'domain parameter must not be empty.');
	} else throwAt(run, header, action.place, 'ALLOW-FROM action requires a string domain parameter.');
	return unknownValue(action.place, 'ALLOW-FROM', ONE_TOKEN);
}

/** X-DNS-Prefetch-Control, helmet 3.23 to 8. */
export function dnsPrefetchValue(run: Run, subject: Subject): HeaderValue {
	const { value, header } = subject;
	if (value === null || value.kind === 'undefined') return renderedValue('off');
	if (value.kind === 'unknown') return unknownValue(value.place, value.reason, ONE_TOKEN);
	if (value.kind === 'null') {
		throwAt(run, header, value.place, "Cannot read properties of null (reading 'allow')", [toDefault(subject, value)]);
		return renderedValue('off');
	}
	if (value.kind !== 'object') {
		ignoreAt(run, subject, value.place, '{ allow: true }', 'off');
		return renderedValue('off');
	}
	const allow = propertyValue(value, 'allow');
	const on = allow === null ? false : truthy(allow);
	if (on === null) return unknownValue(allow?.place ?? value.place, '...', ONE_TOKEN);
	return allow === null ? renderedValue('off') : wordAt(on ? 'on' : 'off', allow.place);
}

/** X-XSS-Protection and the like take no options from helmet 4 on: the value given is passed over with a warning. */
export function constantValue(run: Run, subject: Subject, sent: string): HeaderValue {
	warnNoOptions(run, subject, sent);
	return renderedValue(sent);
}

/** Warns, and records that the value is passed over, where a middleware without options is given some (helmet 4 to 8). */
export function warnNoOptions(run: Run, subject: Subject, sent: string | null): void {
	const { value, option } = subject;
	if (value === null || option === null || value.kind === 'undefined' || value.kind === 'unknown' || run.version < since(4)) return;
	// 6.2.0 writes the header's name where the option's stood before; opt-in options of 4.x have another ending.
	const name = run.version < since(6, 2) ? subject.name : subject.header;
	const optIn = run.version < since(5) && (subject.name === 'originAgentCluster' || subject.name === 'crossOriginEmbedderPolicy');
	warnAt(
		run,
		value.place,
		`${name} does not take options. ${optIn ? 'Set the property to `true`' : 'Remove the property'} to silence this warning.`,
	);
	ignoreAt(run, subject, option.place, '`true` or `false`', sent, [
		{
			variant: 'replace',
			title: `Set ${option.name} to true`,
			safe: true,
			change: { kind: 'replace-value', place: value.place, value: { kind: 'boolean', value: true } },
		},
	]);
}

/** X-XSS-Protection of helmet 3 (x-xss-protection 1.3.0), as sent to today's browsers. */
export function xssValue3(run: Run, subject: Subject): HeaderValue {
	const { value, header } = subject;
	if (value !== null && (isText(value) || value.kind === 'number' || value.kind === 'boolean' || value.kind === 'null'))
		throwAt(run, header, value.place, `Cannot use 'in' operator to search for 'mode' in ${stringText(value)}`);
	if (value?.kind !== 'object') return renderedValue('1; mode=block');
	const mode = property(value, 'mode');
	const report = propertyValue(value, 'reportUri');
	if (mode.state === 'unknown' || report?.kind === 'unknown') return unknownValue(value.place, '...');
	let block = true;
	if (mode.state === 'present') {
		const chosen = mode.entry.value;
		if (chosen.kind === 'null') block = false;
		else if (chosen.kind !== 'string' || chosen.value !== 'block')
			throwAt(run, header, chosen.place, 'The `mode` option must be set to "block" or null.', replacement(chosen, 'block'));
	}
	const parts = [wordAt(block ? '1; mode=block' : '1', value.place)];
	if (report !== null && truthy(report) !== false) parts.push(joinValues([renderedValue('report='), headerText(report)]));
	return joinValues(parts, '; ');
}

/** A primitive (or array) where an object is expected: helmet finds no property in it and sends the default. */
function ignoreShape(run: Run, subject: Subject, value: StaticValue, name: string, fallback: string, allowed: readonly string[]): void {
	ignoreAt(run, subject, value.place, `{ ${name}: '${allowed[0] ?? '...'}' }`, fallback, wrapped(subject, value, name, allowed));
}

function wrapped(subject: Subject, value: StaticValue, name: string, allowed: readonly string[]): readonly OptionRepair[] {
	const word = value.kind === 'string' ? value.value : null;
	if (word === null) return [];
	const known = allowed.find(candidate => candidate === word || (name === 'action' && candidate === word.toLowerCase()));
	if (known === undefined || subject.option === null) return [];
	return [{ variant: 'wrap', title: `Write { ${name}: '${word}' }`, safe: true, change: { kind: 'wrap-value', place: value.place, name } }];
}

/** `{ policy: 'deny' }` where `action` is read: the one key there is was probably meant. */
function reportMisnamed(
	run: Run,
	subject: Subject,
	value: StaticValue,
	expected: string,
	fallback: string,
	allowed: readonly string[],
): boolean {
	if (value.kind !== 'object' || value.open) return true;
	const entry = value.entries.find(
		candidate =>
			candidate.value.kind === 'string' &&
			(allowed.includes(candidate.value.value) || allowed.includes(candidate.value.value.toLowerCase())),
	);
	if (entry === undefined) return false;
	ignoreAt(run, subject, entry.place, `${expected}, not ${entry.key}`, fallback, [
		{
			variant: 'rename',
			title: `Rename ${entry.key} to ${expected}`,
			safe: true,
			change: { kind: 'rename-key', keyPlace: entry.keyPlace, name: expected },
		},
	]);
	return true;
}

function nearest(value: StaticValue, allowed: readonly string[]): string | null {
	return value.kind === 'string' ? didYouMean(value.value, allowed) : null;
}

/** The repair that writes another word; none where nothing is near. */
function replacement(value: StaticValue, word: string | null): readonly OptionRepair[] {
	if (word === null) return [];
	return [
		{
			variant: 'replace',
			title: `Change it to '${word}'`,
			safe: nearest(value, [word]) !== null,
			change: { kind: 'replace-value', place: value.place, value: { kind: 'string', value: word } },
		},
	];
}

/** `null` is no way to ask for the default: the property is taken out. */
function toDefault(subject: Subject, value: StaticValue): OptionRepair {
	return subject.option === null
		? { variant: 'remove', title: 'Remove null', safe: true, change: { kind: 'remove', place: value.place } }
		: {
				variant: 'remove',
				title: `Remove ${subject.option.name} to get the default`,
				safe: true,
				change: { kind: 'remove', place: subject.option.place },
			};
}
