import type { StaticValue } from '../../javascript/staticValue';
import { type HeaderValue, joinValues, ONE_TOKEN, renderedValue, unknownValue } from '../../model/value';
import { ignoreShape, replacement, reportMisnamed, toDefault } from './optionRepairs';
import { type Run, type Subject, throwAt } from './run';
import { headerText, isText, jsonText, propertyValue, stringText, wordAt } from './values';
import { since } from './version';

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
