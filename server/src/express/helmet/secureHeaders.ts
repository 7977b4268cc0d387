import type { ObjectEntry, StaticValue } from '../../javascript/staticValue';
import { ANY_TEXT, type HeaderValue, joinValues, ONE_TOKEN, renderedValue, unknownValue } from '../../model/value';
import type { Place } from '../../text/span';
import { mergeCases } from './branches';
import { directiveNameOf } from './cspDirectives';
import { didYouMean } from './didYouMean';
import type { HelmetOutcome, WrittenOption } from './outcome';
import { type Run, removal, renaming } from './run';
import { headerText, ownEntries, property, propertyValue, stringText, truthy, wordAt } from './values';

/** What Hono's middleware does, and whether it replaces what a handler has set (`overwrite`; null: not known). */
export interface SecureHeadersOutcome extends HelmetOutcome {
	readonly overwrite: boolean | null;
}

/** hono 4.13, `middleware/secure-headers`: option, header, default value, in this order. */
const headersMap: readonly (readonly [option: string, header: string, value: string])[] = [
	['crossOriginEmbedderPolicy', 'Cross-Origin-Embedder-Policy', 'require-corp'],
	['crossOriginResourcePolicy', 'Cross-Origin-Resource-Policy', 'same-origin'],
	['crossOriginOpenerPolicy', 'Cross-Origin-Opener-Policy', 'same-origin'],
	['originAgentCluster', 'Origin-Agent-Cluster', '?1'],
	['referrerPolicy', 'Referrer-Policy', 'no-referrer'],
	['strictTransportSecurity', 'Strict-Transport-Security', 'max-age=15552000; includeSubDomains'],
	['xContentTypeOptions', 'X-Content-Type-Options', 'nosniff'],
	['xDnsPrefetchControl', 'X-DNS-Prefetch-Control', 'off'],
	['xDownloadOptions', 'X-Download-Options', 'noopen'],
	['xFrameOptions', 'X-Frame-Options', 'SAMEORIGIN'],
	['xPermittedCrossDomainPolicies', 'X-Permitted-Cross-Domain-Policies', 'none'],
	['xXssProtection', 'X-XSS-Protection', '0'],
];
const others: readonly string[] = [
	'contentSecurityPolicy',
	'contentSecurityPolicyReportOnly',
	'permissionsPolicy',
	'reportingEndpoints',
	'reportTo',
	'removePoweredBy',
	'overwrite',
];
/** helmet's names of the same things, which Hono passes over. */
const helmetNames: ReadonlyMap<string, string> = new Map([
	['hsts', 'strictTransportSecurity'],
	['noSniff', 'xContentTypeOptions'],
	['dnsPrefetchControl', 'xDnsPrefetchControl'],
	['ieNoOpen', 'xDownloadOptions'],
	['frameguard', 'xFrameOptions'],
	['permittedCrossDomainPolicies', 'xPermittedCrossDomainPolicies'],
	['xssFilter', 'xXssProtection'],
	['hidePoweredBy', 'removePoweredBy'],
	['xPoweredBy', 'removePoweredBy'],
]);

/** What `secureHeaders(options)` of hono does. `options` is null where no argument is passed. Never throws. */
export function secureHeadersOutcome(options: StaticValue | null, callPlace: Place): SecureHeadersOutcome {
	const outcome = mergeCases('4.13.0', options, callPlace, (run, value) => construct(run, value));
	const overwrite = options === null ? null : propertyValue(options, 'overwrite');
	return {
		...outcome,
		library: 'hono',
		overwrite: overwrite === null ? true : overwrite.kind === 'boolean' ? overwrite.value : overwrite.kind === 'unknown' ? null : true,
	};
}

function construct(run: Run, options: StaticValue | null): void {
	const given: StaticValue = options ?? { kind: 'object', entries: [], open: false, place: run.callPlace };
	for (const [option, header, fallback] of headersMap) oneHeader(run, given, option, header, fallback);
	policy(run, given, 'contentSecurityPolicy', 'Content-Security-Policy');
	policy(run, given, 'contentSecurityPolicyReportOnly', 'Content-Security-Policy-Report-Only');
	rendered(run, given, 'permissionsPolicy', 'Permissions-Policy', permissionsText);
	rendered(run, given, 'reportingEndpoints', 'Reporting-Endpoints', endpointsText);
	rendered(run, given, 'reportTo', 'Report-To', value => unknownValue(value.place, '...'));
	const powered = property(given, 'removePoweredBy');
	const removes = powered.state === 'present' ? truthy(powered.entry.value) : powered.state === 'absent';
	if (removes !== false)
		run.removed.push({ name: 'X-Powered-By', option: optionOf(powered), certainty: removes === true ? 'always' : 'maybe', branch: null });
	if (given.kind === 'object') reportUnknown(run, given);
}

function optionOf(found: ReturnType<typeof property>): WrittenOption | null {
	if (found.state !== 'present') return null;
	const { entry } = found;
	return { name: entry.key, keyPlace: entry.keyPlace, place: entry.place, valuePlace: entry.value.place };
}

function push(run: Run, name: string, value: HeaderValue, option: WrittenOption | null, certainty: 'always' | 'maybe' = 'always'): void {
	run.headers.push({ name, value, origin: value.segments.length === 0 ? 'default' : 'written', certainty, option, branch: null });
}

/** `true` and any truthy value but a string stand for the default; a string is sent as it is; falsy values leave the header out. */
function oneHeader(run: Run, options: StaticValue, name: string, header: string, fallback: string): void {
	const found = property(options, name);
	const option = optionOf(found);
	if (found.state === 'unknown') {
		push(run, header, unknownValue(options.place, '...', ANY_TEXT), null, 'maybe');
		return;
	}
	if (found.state === 'absent') {
		if (name !== 'crossOriginEmbedderPolicy') push(run, header, renderedValue(fallback), null);
		return;
	}
	const { value, place } = found.entry;
	const on = truthy(value);
	if (on === null && value.kind !== 'text') {
		push(run, header, unknownValue(value.place, stringText(value), ANY_TEXT), option, 'maybe');
		return;
	}
	if (on === false) {
		if (option === null || name === 'crossOriginEmbedderPolicy') return;
		run.omitted.push({ name: header, option, branch: null });
		run.problems.push({
			kind: 'helmet-header-disabled',
			place,
			option: name,
			header,
			repairs: [removal(place, name, false)],
			branch: null,
		});
		return;
	}
	if (value.kind === 'string' || value.kind === 'text') {
		push(run, header, headerText(value), option);
		return;
	}
	if (value.kind !== 'boolean')
		run.problems.push({
			kind: 'helmet-option-ignored',
			place: value.place,
			option: name,
			header,
			expects: `true, false or the value as a string, such as '${fallback}'`,
			sent: fallback,
			repairs: [],
			branch: null,
		});
	push(run, header, renderedValue(fallback), option);
}

/** `getCSPDirectives`: a flat object, nothing added, nothing checked. */
function policy(run: Run, options: StaticValue, name: string, header: string): void {
	const found = property(options, name);
	if (found.state === 'unknown') push(run, header, unknownValue(options.place, '...', ANY_TEXT), null, 'maybe');
	if (found.state !== 'present' || truthy(found.entry.value) === false) return;
	const option = optionOf(found);
	const { value } = found.entry;
	if (value.kind !== 'object') {
		if (value.kind === 'unknown' || value.kind === 'text')
			push(run, header, unknownValue(value.place, stringText(value), ANY_TEXT), option, 'maybe');
		else {
			run.problems.push({
				kind: 'helmet-option-ignored',
				place: value.place,
				option: name,
				header,
				expects: '{ defaultSrc: ["\'self\'"] }',
				sent: 'an empty policy',
				repairs: [],
				branch: null,
			});
			push(run, header, wordAt('', value.place), option);
		}
		return;
	}
	const parts = ownEntries(value).map(entry => directive(run, name, header, entry));
	if (value.open) parts.push(unknownValue(value.place, '...', ANY_TEXT));
	push(run, header, joinValues(parts, '; '), option);
}

function directive(run: Run, option: string, header: string, entry: ObjectEntry): HeaderValue {
	const { value } = entry;
	const name = entry.key.replace(/[A-Z]+(?![a-z])|[A-Z]/g, (match, offset: number) => (0 < offset ? '-' : '') + match.toLowerCase());
	if (entry.key === 'directives' && value.kind === 'object') {
		run.problems.push({
			kind: 'helmet-option-ignored',
			place: entry.place,
			option: `${option}.directives`,
			header,
			expects: `the directives in ${option} itself`,
			sent: 'directives [object Object]',
			repairs: [],
			branch: null,
		});
		// One mistake, one finding: the rules of the policy's grammar are to have nothing to say about it.
		return unknownValue(entry.place, 'directives [object Object]', ANY_TEXT);
	}
	const key = wordAt(name, entry.keyPlace);
	const list: readonly StaticValue[] = value.kind === 'array' ? value.elements : [value];
	const words = list.map(element => (element.kind === 'function' ? unknownValue(element.place, '...', ONE_TOKEN) : headerText(element)));
	if (value.kind === 'array' && value.open) words.push(unknownValue(value.place, '...', ONE_TOKEN));
	return joinValues([key, ...words], ' ');
}

function rendered(run: Run, options: StaticValue, name: string, header: string, text: (value: StaticValue) => HeaderValue | null): void {
	const found = property(options, name);
	if (found.state === 'unknown') push(run, header, unknownValue(options.place, '...', ANY_TEXT), null, 'maybe');
	if (found.state !== 'present' || truthy(found.entry.value) === false) return;
	const value = text(found.entry.value);
	if (value !== null) push(run, header, value, optionOf(found), found.entry.value.kind === 'unknown' ? 'maybe' : 'always');
}

/** `getPermissionsPolicyDirectives`: true is everybody, false and [] nobody; names go into quotes, `self` and `src` do not. */
function permissionsText(value: StaticValue): HeaderValue | null {
	if (value.kind !== 'object' || value.open)
		return value.kind === 'object' || value.kind === 'unknown' ? unknownValue(value.place, '...') : null;
	const parts = ownEntries(value).flatMap(entry => {
		const name = wordAt(entry.key.replace(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase(), entry.keyPlace);
		const list = allowList(entry.value);
		return list === null ? [] : [joinValues([name, renderedValue('='), list])];
	});
	return parts.length === 0 ? null : joinValues(parts, ', ');
}

function allowList(value: StaticValue): HeaderValue | null {
	if (value.kind === 'boolean') return wordAt(value.value ? '*' : '()', value.place);
	if (value.kind === 'unknown') return unknownValue(value.place, value.reason, ONE_TOKEN);
	if (value.kind !== 'array') return null;
	const words = value.elements.map(stringText);
	if (words.length === 0 || (words.length === 1 && words[0] === 'none')) return wordAt('()', value.place);
	if (words.length === 1 && words[0] === '*') return wordAt('*', value.place);
	const items = value.elements.map(element => {
		const item = headerText(element);
		return item.text === 'self' || item.text === 'src' ? item : joinValues([renderedValue('"'), item, renderedValue('"')]);
	});
	return joinValues([renderedValue('('), joinValues(items, ' '), renderedValue(')')]);
}

function endpointsText(value: StaticValue): HeaderValue | null {
	if (value.kind !== 'array' || value.open) return unknownValue(value.place, '...');
	const parts = value.elements.map(element => {
		const [name, url] = [propertyValue(element, 'name'), propertyValue(element, 'url')];
		return joinValues([
			name === null ? renderedValue('undefined') : headerText(name),
			renderedValue('="'),
			url === null ? renderedValue('undefined') : headerText(url),
			renderedValue('"'),
		]);
	});
	return joinValues(parts, ', ');
}

function reportUnknown(run: Run, options: StaticValue): void {
	const known = [...headersMap.map(([option]) => option), ...others];
	for (const entry of ownEntries(options)) {
		if (known.includes(entry.key)) continue;
		const meant =
			helmetNames.get(entry.key) ??
			didYouMean(entry.key, known) ??
			(directiveNameOf(entry.key) === entry.key ? 'contentSecurityPolicy' : null);
		const header = headersMap.find(([option]) => option === meant)?.[1] ?? null;
		const plain = entry.value.kind === 'boolean' || entry.value.kind === 'string';
		run.problems.push({
			kind: 'helmet-unknown-option',
			place: entry.keyPlace,
			option: entry.key,
			why: 'unknown',
			since: null,
			suggestion: meant,
			header,
			repairs: [
				...(meant !== null && plain && property(options, meant).state === 'absent'
					? [{ ...renaming(entry.keyPlace, entry.key, meant), safe: false }]
					: []),
				removal(entry.place, `${entry.key} (no effect)`, meant === null),
			],
			branch: null,
		});
	}
}
