import type { StaticValue } from '../../javascript/staticValue';
import { type HeaderValue, joinValues, renderedValue, unknownValue } from '../../model/value';
import { frameOptionsValue } from './frameOptions';
import { constantValue, dnsPrefetchValue, warnNoOptions, xssValue3 } from './oldBrowserHeaders';
import { crossDomainPolicies, embedderPolicy, openerPolicy, policyValue, resourcePolicy } from './oneWordPolicies';
import { referrerValue } from './referrerPolicy';
import type { Run, Subject } from './run';
import { expectCtValue, transportSecurityValue } from './transportSecurity';
import { headerText, propertyValue, truthy } from './values';
import { since, type VersionNumber } from './version';

/** One middleware of helmet. */
export interface HelmetMiddleware {
	/** The header, in helmet's spelling. `X-Powered-By` is removed, the others are set. */
	readonly header: string;
	/** The option's name, also that of the standalone middleware. */
	readonly option: string;
	/** Its other name, from 6.2.0 on. */
	readonly alias: string | null;
	/** The first version with it, and the first without. */
	readonly from: VersionNumber;
	readonly until: VersionNumber | null;
	/** Whether `helmet()` uses it unasked. */
	isDefault(version: VersionNumber): boolean;
	/** Null for Content-Security-Policy and X-Powered-By, which are made elsewhere. */
	readonly value: ((run: Run, subject: Subject) => HeaderValue) | null;
}

const always = Number.POSITIVE_INFINITY;

const contentSecurity: HelmetMiddleware = row(
	'Content-Security-Policy',
	'contentSecurityPolicy',
	null,
	since(3),
	version => since(4) <= version,
	null,
);
const embedder = row(
	embedderPolicy.header,
	'crossOriginEmbedderPolicy',
	null,
	since(4, 5),
	version => since(5) <= version && version < since(7),
	// Before 6.1.0 `helmet()` passes no options on, the standalone middleware takes them from 5.1.0 on.
	(run, subject) => {
		if (since(6, 1) <= run.version || (subject.option === null && since(5, 1) <= run.version))
			return policyValue(run, subject, embedderPolicy);
		return constantValue(run, subject, embedderPolicy.fallback);
	},
);
const opener = row(
	openerPolicy.header,
	'crossOriginOpenerPolicy',
	null,
	since(4, 5),
	version => since(5) <= version,
	(run, subject) => policyValue(run, subject, openerPolicy),
);
const resource = row(
	resourcePolicy.header,
	'crossOriginResourcePolicy',
	null,
	since(4, 5),
	version => since(5) <= version,
	(run, subject) => policyValue(run, subject, resourcePolicy),
);
const agentCluster = row(
	'Origin-Agent-Cluster',
	'originAgentCluster',
	null,
	since(4, 4),
	version => since(5) <= version,
	(run, subject) => constantValue(run, subject, '?1'),
);
const referrer = row('Referrer-Policy', 'referrerPolicy', null, since(3), version => since(4) <= version, referrerValue);
const transport = row('Strict-Transport-Security', 'hsts', 'strictTransportSecurity', since(3), () => true, transportSecurityValue);
const noSniff = row(
	'X-Content-Type-Options',
	'noSniff',
	'xContentTypeOptions',
	since(3),
	() => true,
	(run, subject) => constantValue(run, subject, 'nosniff'),
);
const dnsPrefetch = row('X-DNS-Prefetch-Control', 'dnsPrefetchControl', 'xDnsPrefetchControl', since(3), () => true, dnsPrefetchValue);
const download = row(
	'X-Download-Options',
	'ieNoOpen',
	'xDownloadOptions',
	since(3),
	() => true,
	(run, subject) => constantValue(run, subject, 'noopen'),
);
const frame = row('X-Frame-Options', 'frameguard', 'xFrameOptions', since(3), () => true, frameOptionsValue);
const crossDomain = row(
	crossDomainPolicies.header,
	'permittedCrossDomainPolicies',
	'xPermittedCrossDomainPolicies',
	since(3),
	version => since(4) <= version,
	(run, subject) => policyValue(run, subject, crossDomainPolicies),
);
const poweredBy = row('X-Powered-By', 'hidePoweredBy', 'xPoweredBy', since(3), () => true, null);
const xss = row(
	'X-XSS-Protection',
	'xssFilter',
	'xXssProtection',
	since(3),
	() => true,
	(run, subject) => (run.version < since(4) ? xssValue3(run, subject) : constantValue(run, subject, '0')),
);
const expectCt = row(
	'Expect-CT',
	'expectCt',
	null,
	since(3),
	version => since(4) <= version && version < since(6),
	expectCtValue,
	since(7),
);
/** Of helmet 3 alone. */
const featurePolicy = row('Feature-Policy', 'featurePolicy', null, since(3), () => false, featurePolicyValue, since(4));
const keyPins = row('Public-Key-Pins', 'hpkp', null, since(3), () => false, keyPinsValue, since(4));
const noCache = row(
	'Cache-Control',
	'noCache',
	null,
	since(3),
	() => false,
	() => renderedValue('no-store, no-cache, must-revalidate, proxy-revalidate'),
	since(4),
);

/** The middleware of a version, in the order helmet runs them: 6.2.0 sorted them by their headers' names. */
export function middlewareOf(version: VersionNumber): readonly HelmetMiddleware[] {
	const order =
		since(6, 2) <= version
			? [
					contentSecurity,
					embedder,
					opener,
					resource,
					expectCt,
					agentCluster,
					referrer,
					transport,
					noSniff,
					dnsPrefetch,
					download,
					frame,
					crossDomain,
					poweredBy,
					xss,
				]
			: since(4) <= version
				? [
						contentSecurity,
						embedder,
						opener,
						resource,
						dnsPrefetch,
						expectCt,
						frame,
						poweredBy,
						transport,
						download,
						noSniff,
						agentCluster,
						crossDomain,
						referrer,
						xss,
					]
				: [
						contentSecurity,
						dnsPrefetch,
						expectCt,
						featurePolicy,
						frame,
						poweredBy,
						transport,
						download,
						noSniff,
						crossDomain,
						referrer,
						xss,
						keyPins,
						noCache,
					];
	return order.filter(middleware => exists(middleware, version));
}

/** Every middleware of any version: for names that are of another one. */
export const allMiddleware: readonly HelmetMiddleware[] = [
	...[
		contentSecurity,
		embedder,
		opener,
		resource,
		agentCluster,
		referrer,
		transport,
		noSniff,
		dnsPrefetch,
		download,
		frame,
		crossDomain,
		poweredBy,
		xss,
	],
	...[expectCt, featurePolicy, keyPins, noCache],
];

/** The first version that reads the x-names and `strictTransportSecurity`. */
export const aliasesSince: VersionNumber = since(6, 2);

function exists(middleware: HelmetMiddleware, version: VersionNumber): boolean {
	return middleware.from <= version && version < (middleware.until ?? always);
}

function row(
	header: string,
	option: string,
	alias: string | null,
	from: VersionNumber,
	isDefault: (version: VersionNumber) => boolean,
	value: HelmetMiddleware['value'],
	until: VersionNumber | null = null,
): HelmetMiddleware {
	return { header, option, alias, from, until, isDefault, value };
}

/** feature-policy 0.3.0; names are dashed, lists joined with blanks, features with `;`. */
function featurePolicyValue(run: Run, subject: Subject): HeaderValue {
	const features = subject.value === null ? null : propertyValue(subject.value, 'features');
	if (features?.kind !== 'object' || features.open) return opaque(run, subject);
	const parts = features.entries.map(entry => {
		const name = renderedValue(entry.key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`));
		const list: readonly StaticValue[] = entry.value.kind === 'array' ? entry.value.elements : [entry.value];
		return joinValues([name, ...list.map(headerText)], ' ');
	});
	return joinValues(parts, ';');
}

/** hpkp 2.0.0, without its checks: the header is dead in every browser. */
function keyPinsValue(run: Run, subject: Subject): HeaderValue {
	const read = (name: string): StaticValue | null => (subject.value === null ? null : propertyValue(subject.value, name));
	const [pins, age, subdomains, report] = [read('sha256s'), read('maxAge'), read('includeSubDomains'), read('reportUri')];
	if (pins?.kind !== 'array' || pins.open || age?.kind !== 'number' || subdomains?.kind === 'unknown') return opaque(run, subject);
	const parts = pins.elements.map(pin => joinValues([renderedValue('pin-sha256="'), headerText(pin), renderedValue('"')]));
	parts.push(joinValues([renderedValue('max-age='), headerText(age)]));
	if (subdomains !== null && truthy(subdomains) === true)
		parts.push(headerText({ kind: 'string', value: 'includeSubDomains', place: subdomains.place, exact: false }));
	if (report !== null) parts.push(joinValues([renderedValue('report-uri="'), headerText(report), renderedValue('"')]));
	return joinValues(parts, '; ');
}

function opaque(run: Run, subject: Subject): HeaderValue {
	return unknownValue(subject.value?.place ?? run.callPlace, '...');
}

/** X-Powered-By: taken out, or set to something else by helmet 3 (`setTo`). Answers with the value it is set to, null where it is removed. */
export function poweredByValue(run: Run, subject: Subject): HeaderValue | null {
	if (since(4) <= run.version) {
		warnNoOptions(run, subject, null);
		return null;
	}
	const setTo = subject.value?.kind === 'object' ? propertyValue(subject.value, 'setTo') : null;
	return setTo === null || truthy(setTo) === false ? null : headerText(setTo);
}
