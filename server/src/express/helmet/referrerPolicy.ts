import type { StaticValue } from '../../javascript/staticValue';
import { type HeaderValue, joinValues, ONE_TOKEN, renderedValue, unknownValue } from '../../model/value';
import { ignoreShape, nearest, replacement, reportMisnamed, toDefault, wrapped } from './optionRepairs';
import { type Run, type Subject, throwAt } from './run';
import { headerText, isText, jsonText, property, stringText, truthy } from './values';
import { since } from './version';

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
