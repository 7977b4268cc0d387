import { type HeaderValue, joinValues, ONE_TOKEN, renderedValue, unknownValue } from '../../model/value';
import { replacement, toDefault } from './optionRepairs';
import { ignoreAt, type Run, type Subject, throwAt, warnAt } from './run';
import { headerText, isText, property, propertyValue, stringText, truthy, wordAt } from './values';
import { since } from './version';

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
