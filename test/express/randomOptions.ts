import type { Random } from '../support/random';

/** One option of helmet with values that the versions from `from` to `to` accept. */
interface Option {
	readonly name: string;
	readonly from: number;
	readonly to: number;
	readonly values: readonly string[];
}

const flags = ['true', 'false', 'undefined'];

const options: readonly Option[] = [
	{
		name: 'hsts',
		from: 3,
		to: 9,
		values: ['false', '{ maxAge: 100 }', '{ maxAge: 60 * 60, includeSubDomains: false, preload: true }', '{}'],
	},
	{ name: 'hsts', from: 4, to: 9, values: ['true', 'undefined', '{ maxAge: 1.9 }', '{ preload: true }'] },
	{ name: 'strictTransportSecurity', from: 6.2, to: 9, values: ['false', 'null', '{ maxAge: 31_536_000, preload: true }'] },
	{ name: 'noSniff', from: 3, to: 9, values: flags },
	{ name: 'xContentTypeOptions', from: 4, to: 9, values: flags },
	{ name: 'frameguard', from: 3, to: 9, values: ['false', "{ action: 'deny' }", "{ action: 'SAMEORIGIN' }", '{}'] },
	{ name: 'frameguard', from: 4, to: 9, values: ["'deny'", 'true', "{ action: 'same-origin' }"] },
	{ name: 'xFrameOptions', from: 4, to: 9, values: ['false', "{ action: 'deny' }"] },
	{ name: 'referrerPolicy', from: 3, to: 9, values: ['false', "{ policy: 'origin' }", "{ policy: ['no-referrer', 'same-origin'] }"] },
	{ name: 'referrerPolicy', from: 4, to: 9, values: ['true', "{ policy: '' }", "'origin'"] },
	{ name: 'dnsPrefetchControl', from: 3, to: 9, values: ['false', '{ allow: true }', '{ allow: false }'] },
	{ name: 'ieNoOpen', from: 3, to: 9, values: flags },
	{ name: 'xDownloadOptions', from: 4, to: 9, values: ['false'] },
	{ name: 'xssFilter', from: 4, to: 9, values: flags },
	{ name: 'xXssProtection', from: 4, to: 9, values: ['false'] },
	{ name: 'hidePoweredBy', from: 3, to: 9, values: flags },
	{ name: 'hidePoweredBy', from: 3, to: 3, values: ["{ setTo: 'PHP 4.2.0' }"] },
	{ name: 'xPoweredBy', from: 4, to: 9, values: ['false', 'true'] },
	{ name: 'permittedCrossDomainPolicies', from: 4, to: 9, values: ['false', 'true', "{ permittedPolicies: 'all' }", '{}'] },
	{ name: 'permittedCrossDomainPolicies', from: 3, to: 3, values: ["{ permittedPolicies: 'none' }", 'true'] },
	{ name: 'crossOriginEmbedderPolicy', from: 4, to: 9, values: ['true', 'false'] },
	{ name: 'crossOriginEmbedderPolicy', from: 6, to: 9, values: ["{ policy: 'credentialless' }", '{}'] },
	{ name: 'crossOriginOpenerPolicy', from: 5, to: 9, values: ['false', "{ policy: 'same-origin-allow-popups' }", "'unsafe-none'"] },
	{ name: 'crossOriginResourcePolicy', from: 5, to: 9, values: ['false', "{ policy: 'cross-origin' }", '{}', 'true'] },
	{ name: 'originAgentCluster', from: 5, to: 9, values: flags },
	{
		name: 'expectCt',
		from: 4,
		to: 6.9,
		values: ['false', 'true', '{ maxAge: 86400, enforce: true }', "{ reportUri: 'https://r.example' }"],
	},
	{ name: 'expectCt', from: 3, to: 3, values: ['true', '{ maxAge: 5 }'] },
	{ name: 'noCache', from: 3, to: 3, values: ['true', '{}'] },
	{ name: 'featurePolicy', from: 3, to: 3, values: ['{ features: { camera: ["\'none\'"] } }'] },
	{ name: 'permissionsPolicy', from: 3, to: 9, values: ['true', '{ features: { camera: [] } }'] },
];

const ownDirectives: readonly string[] = [
	"scriptSrc: [\"'self'\", 'https://cdn.example']",
	"'img-src': ['*', 'data:']",
	"styleSrc: [\"'self'\", `'unsafe-inline'`]",
	'objectSrc: ["\'none\'"]',
	"connectSrc: [\"'self'\", ...['wss://a.example', 'https://b.example']]",
	'frameAncestors: ["\'self\'"]',
	"reportUri: '/csp'",
];

/** Directives that only newer versions take. */
const laterDirectives: readonly string[] = [
	'fontSrc: "\'self\' https://fonts.example"',
	'upgradeInsecureRequests: []',
	"workerSrc: new Set([\"'self'\", 'blob:'])",
];

/** Helmet's version as a number: 3, 4, 5, 6.2, 7, 8, 8.2. */
export type HelmetVersion = number;

/** `contentSecurityPolicy` as the version accepts it. */
export function randomPolicy(random: Random, version: HelmetVersion): string {
	const later = version < 4 ? [] : laterDirectives;
	const removed = 5 <= version ? ["'upgrade-insecure-requests': null", "'block-all-mixed-content': []"] : [];
	const pool = [...ownDirectives, ...later, ...removed];
	const chosen = new Set(Array.from({ length: 1 + random.below(3) }, () => random.pick(pool)));
	// The two forms of one name throw together.
	if (chosen.has('upgradeInsecureRequests: []')) chosen.delete("'upgrade-insecure-requests': null");
	const form = random.below(10);
	const whole = [`defaultSrc: ["'self'"]`, ...chosen].join(', ');
	if (version < 5) {
		const report =
			version < 4 && chosen.has("reportUri: '/csp'") ? ', reportOnly: true' : 4 <= version && form < 3 ? ', reportOnly: true' : '';
		return `{ directives: { ${whole} }${report} }`;
	}
	if (form < 2) return `{ useDefaults: false, directives: { ${whole} } }`;
	if (form < 3) return '{ reportOnly: true }';
	if (form < 4) return `{ directives: { ...helmet.contentSecurityPolicy.getDefaultDirectives(), 'script-src': ["'self'", 'x.example'] } }`;
	return `{ directives: { ${[...chosen].join(', ')} }${form < 6 ? ', reportOnly: true' : ''} }`;
}

/** A few options with their values, no two that belong to the same header. */
export function randomOptions(random: Random, version: HelmetVersion): readonly string[] {
	const pool = options.filter(({ from, to }) => from <= version && version <= to);
	const chosen = new Map<string, string>();
	for (let i = random.below(4); 0 < i; i--) {
		const { name, values } = random.pick(pool);
		if (6 <= version && clashes(name, [...chosen.keys()])) continue;
		chosen.set(name, random.pick(values));
	}
	const written = [...chosen].map(([name, value]) => `${name}: ${value}`);
	if (random.oneIn(3)) written.push(`contentSecurityPolicy: ${random.oneIn(3) && 4 <= version ? 'false' : randomPolicy(random, version)}`);
	return written;
}

/** A middleware of helmet that sets one header. */
export function randomStandalone(random: Random, version: HelmetVersion): string {
	const forms = [
		'helmet.noSniff()',
		"helmet.frameguard({ action: 'deny' })",
		'helmet.hsts({ maxAge: 5 })',
		'helmet.hidePoweredBy()',
		"helmet.referrerPolicy({ policy: 'origin' })",
		`helmet.contentSecurityPolicy(${randomPolicy(random, version)})`,
		'helmet.ieNoOpen()',
		...(4 <= version
			? ['helmet.contentSecurityPolicy()', 'helmet.xssFilter()', "helmet.permittedCrossDomainPolicies({ permittedPolicies: 'all' })"]
			: []),
		...(5 <= version
			? ["helmet.crossOriginResourcePolicy({ policy: 'same-site' })", 'helmet.originAgentCluster()', 'helmet.crossOriginEmbedderPolicy()']
			: []),
		...(6.2 <= version
			? ['helmet.xContentTypeOptions()', 'helmet.strictTransportSecurity()', "helmet.xFrameOptions({ action: 'deny' })"]
			: []),
		...(version < 5 ? ['helmet.expectCt({ maxAge: 3 })'] : []),
	];
	const needsDirectives = version < 5 ? forms.filter(form => form !== 'helmet.contentSecurityPolicy()') : forms;
	return random.pick(needsDirectives);
}

/** Options of cors that every request is answered with alike, and some that depend on the request. */
export function randomCors(random: Random): string {
	return random.pick([
		'cors()',
		'cors()',
		"cors({ origin: 'https://a.example' })",
		"cors({ origin: 'https://a.example', credentials: true })",
		"cors({ origin: '*', exposedHeaders: ['X-A', 'X-B'] })",
		'cors({ preflightContinue: true })',
		'cors({ origin: false })',
		"cors({ origin: ['https://a.example', 'https://elsewhere.example'] })",
		'cors({ origin: true, maxAge: 600 })',
		"cors({ methods: ['GET', 'PUT'], allowedHeaders: 'X-Token', optionsSuccessStatus: 200 })",
		"cors({ methods: 'GET', allowedHeaders: ['X-One', 'X-Two'], maxAge: 5 })",
		"cors({ exposedHeaders: 'X-C', origin: '*', credentials: true })",
	]);
}

const aliases: readonly (readonly [string, string])[] = [
	['hsts', 'strictTransportSecurity'],
	['noSniff', 'xContentTypeOptions'],
	['frameguard', 'xFrameOptions'],
	['ieNoOpen', 'xDownloadOptions'],
	['xssFilter', 'xXssProtection'],
	['hidePoweredBy', 'xPoweredBy'],
];

function clashes(name: string, others: readonly string[]): boolean {
	return aliases.some(([old, now]) => (name === old && others.includes(now)) || (name === now && others.includes(old)));
}
