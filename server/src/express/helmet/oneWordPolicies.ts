import type { StaticValue } from '../../javascript/staticValue';
import type { OptionRepair } from '../../model/appObservation';
import { type HeaderValue, ONE_TOKEN, renderedValue, unknownValue } from '../../model/value';
import { ignoreShape, nearest, replacement, reportMisnamed, toDefault, wrapped } from './optionRepairs';
import { ignoreAt, type Run, renaming, type Subject, throwAt } from './run';
import { headerText, jsonText, property, propertyValue, stringText } from './values';
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
	return checkedWord(run, word, shape, subject);
}

function checkedWord(run: Run, word: StaticValue, shape: PolicyShape, subject: Subject | null = null): HeaderValue {
	if (word.kind === 'unknown' || word.kind === 'text') return headerText(word);
	const allowed = shape.allowed(run.version);
	if (word.kind === 'string' && allowed.includes(word.value)) return headerText(word);
	const message =
		run.version < since(4)
			? `"${stringText(word)}" is not a valid permitted policy. Allowed values: ${allowed.join(', ')}.`
			: shape.message(jsonText(word));
	throwAt(run, shape.header, word.place, message, mistakenFor(word, shape, subject) ?? replacement(word, nearest(word, allowed)));
	return unknownValue(word.place, stringText(word), ONE_TOKEN);
}

/** A word of Cross-Origin-Resource-Policy in the option of the other one: they are easily mistaken. */
function mistakenFor(word: StaticValue, shape: PolicyShape, subject: Subject | null): readonly OptionRepair[] | null {
	const option = subject?.option ?? null;
	if (shape !== embedderPolicy || option === null || word.kind !== 'string' || !resourcePolicy.allowed(0).includes(word.value)) return null;
	return [{ ...renaming(option.keyPlace, 'crossOriginEmbedderPolicy', 'crossOriginResourcePolicy'), safe: false }];
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
