import type { Call } from '../javascript/call';
import type { HostModule } from '../javascript/run';
import type { StaticValue } from '../javascript/staticValue';
import { native, type Value } from '../javascript/value';
import type { Place } from '../text/span';
import type { SetOperation } from './app';
import { cookieText, oneToken } from './cookies';
import { fixedOptions } from './fixedOptions';
import { isPlain, optionOf, setting, text } from './headerPackages';
import { middlewareNative } from './helmetModule';
import type { Session } from './session';

/** What one of lusca's functions does with its argument; null where that is not known. */
type Made = (value: StaticValue | null, call: Call) => readonly SetOperation[] | null;

const parts: ReadonlyMap<string, Made> = new Map<string, Made>([
	['csrf', csrf],
	['csp', policy],
	['hsts', transportSecurity],
	['p3p', (value, call) => only('P3P', value, call)],
	['xframe', (value, call) => only('X-Frame-Options', value, call)],
	['xssProtection', xssProtection],
	['nosniff', (value, call) => [setting('X-Content-Type-Options', text('nosniff', value?.place ?? call.place), value, call)]],
	['referrerPolicy', (value, call) => only('Referrer-Policy', value, call)],
]);

/** lusca 1.7: `lusca(options)` sets what its options name and nothing by itself; `lusca.csp(...)` and the like do one of them each. */
export function luscaModule(session: Session, place: Place): HostModule {
	const part = (name: string, at: Place): Value | null => {
		const made = parts.get(name);
		if (made === undefined) return null;
		return native({
			name: `lusca.${name}`,
			place: at,
			call: call => mounted(session, `lusca.${name}()`, made(fixedOptions(call), call), call),
		});
	};
	const lusca: Value = native({
		name: 'lusca',
		place,
		member: (name, at) => (name === 'default' ? lusca : part(name, at)),
		call: call => mounted(session, 'lusca()', whole(fixedOptions(call), call), call),
	});
	return { namespace: lusca, default: lusca, named: name => part(name, place) };
}

function mounted(session: Session, label: string, operations: readonly SetOperation[] | null, call: Call): Value {
	const { place } = call;
	return operations === null
		? middlewareNative(session, label, place, { kind: 'unknown', reason: label, place, conditions: [] })
		: middlewareNative(session, label, place, { kind: 'sets', label, operations, place, conditions: [] });
}

function whole(options: StaticValue | null, call: Call): readonly SetOperation[] | null {
	if (!isPlain(options)) return null;
	const operations: SetOperation[] = [];
	for (const [name, made] of parts) {
		const value = optionOf(options, name);
		if (value === null || (value.kind === 'boolean' && !value.value)) continue;
		const done = value.kind === 'unknown' || value.kind === 'branch' ? null : made(value, call);
		if (done === null) return null;
		operations.push(...done);
	}
	return operations;
}

/** A header whose value is the argument itself. */
function only(name: string, value: StaticValue | null, call: Call): readonly SetOperation[] | null {
	return value?.kind === 'string' || value?.kind === 'text' ? [setting(name, value, value, call)] : null;
}

/** lib/hsts.js: nothing without `maxAge`; what is given is sent as it is. */
function transportSecurity(value: StaticValue | null, call: Call): readonly SetOperation[] | null {
	if (!isPlain(value)) return null;
	const maxAge = optionOf(value, 'maxAge');
	if (maxAge === null) return [];
	const sent: StaticValue[] = [text('max-age=', call.place), maxAge];
	for (const [key, directive] of [
		['includeSubDomains', '; includeSubDomains'],
		['preload', '; preload'],
	] as const) {
		const flag = optionOf(value, key);
		if (flag !== null && flag.kind !== 'boolean') return null;
		if (flag?.kind === 'boolean' && flag.value) sent.push(text(directive, flag.place));
	}
	return [setting('Strict-Transport-Security', { kind: 'text', parts: sent, place: call.place }, value, call)];
}

/** lib/xssprotection.js. */
function xssProtection(value: StaticValue | null, call: Call): readonly SetOperation[] | null {
	const options = value?.kind === 'boolean' ? null : value;
	if (!isPlain(options)) return null;
	const enabled = optionOf(options, 'enabled');
	const mode = optionOf(options, 'mode');
	if (enabled !== null && enabled.kind !== 'boolean' && enabled.kind !== 'number') return null;
	const on = enabled === null || enabled.value ? '1' : '0';
	const sent = [text(`${on}; mode=`, enabled?.place ?? call.place), mode ?? text('block', call.place)];
	return [setting('X-XSS-Protection', { kind: 'text', parts: sent, place: call.place }, value, call)];
}

/** lib/csp.js: a policy as text, as a list of such, or as an object of directives; an array of sources is joined with commas. */
function policy(value: StaticValue | null, call: Call): readonly SetOperation[] | null {
	if (value?.kind !== 'object' || value.open) return null;
	const rules = optionOf(value, 'policy');
	const made = rules === null ? null : policyText(rules);
	const reportOnly = optionOf(value, 'reportOnly');
	if (made === null || (reportOnly !== null && reportOnly.kind !== 'boolean')) return null;
	const isNonced = optionOf(value, 'styleNonce') !== null || optionOf(value, 'scriptNonce') !== null;
	const report = optionOf(value, 'reportUri');
	const sent: StaticValue = isNonced
		? { kind: 'unknown', reason: 'a nonce', place: value.place }
		: { kind: 'text', parts: report === null ? [made] : [made, text('; report-uri ', report.place), report], place: value.place };
	const name = reportOnly?.kind === 'boolean' && reportOnly.value ? 'Content-Security-Policy-Report-Only' : 'Content-Security-Policy';
	return [setting(name, sent, value, call)];
}

function policyText(rules: StaticValue): StaticValue | null {
	switch (rules.kind) {
		case 'string':
		case 'text':
			return rules;
		case 'array': {
			const made = rules.open ? [null] : rules.elements.map(policyText);
			return joined(made, '; ', rules.place);
		}
		case 'object': {
			if (rules.open) return null;
			const last = rules.entries.filter((entry, index) => !rules.entries.slice(index + 1).some(({ key }) => key === entry.key));
			return joined(
				last.map(({ key, keyPlace, value }) => directiveText(key, keyPlace, value)),
				'; ',
				rules.place,
			);
		}
		default:
			return null;
	}
}

function directiveText(name: string, place: Place, value: StaticValue): StaticValue | null {
	if (value.kind === 'undefined' || value.kind === 'null' || (value.kind === 'boolean' && !value.value)) return text(name, place);
	const sources = value.kind === 'array' ? joined(value.open ? [null] : value.elements, ',', value.place) : value;
	if (sources === null || (sources.kind !== 'string' && sources.kind !== 'text')) return null;
	if (sources.kind === 'string' && sources.value === '') return text(name, place);
	return { kind: 'text', parts: [text(`${name} `, place), sources], place };
}

function joined(parts: readonly (StaticValue | null)[], separator: string, place: Place): StaticValue | null {
	const known = parts.filter(part => part !== null);
	if (known.length < parts.length) return null;
	return { kind: 'text', parts: known.flatMap((part, index) => (index === 0 ? [part] : [text(separator, part.place), part])), place };
}

/** lib/csrf.js: answers 403 to requests without the token, and hands it out in a cookie where it is told to. */
function csrf(value: StaticValue | null, call: Call): readonly SetOperation[] | null {
	if (value === null || value.kind === 'boolean') return [];
	if (!isPlain(value)) return null;
	const angular = optionOf(value, 'angular');
	const cookie = optionOf(value, 'cookie');
	const name = angular === null ? (cookie?.kind === 'object' ? optionOf(cookie, 'name') : cookie) : text('XSRF-TOKEN', angular.place);
	if (name === null || name === undefined) return [];
	if (name.kind !== 'string') return null;
	const options = cookie?.kind === 'object' ? optionOf(cookie, 'options') : null;
	const made = setting('Set-Cookie', cookieText(name, oneToken(call.place), options, call.place), value, call);
	return [{ ...made, certain: false, raw: { ...made.raw, action: 'add', cookie: { options, insert: null } } }];
}
