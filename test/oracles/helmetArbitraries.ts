import fc from 'fast-check';
import type { Spec } from './helmetValues';

const plain = (value: string | number | boolean | null | undefined): Spec => ({ kind: 'plain', value });
const words = (...values: readonly (string | number | boolean | null | undefined)[]): fc.Arbitrary<Spec> =>
	fc.constantFrom(...values.map(plain));

/** The names any version knows, and a few that none does. */
export const allOptionNames: readonly string[] = [
	'contentSecurityPolicy',
	'crossOriginEmbedderPolicy',
	'crossOriginOpenerPolicy',
	'crossOriginResourcePolicy',
	'originAgentCluster',
	'referrerPolicy',
	'hsts',
	'strictTransportSecurity',
	'noSniff',
	'xContentTypeOptions',
	'dnsPrefetchControl',
	'xDnsPrefetchControl',
	'ieNoOpen',
	'xDownloadOptions',
	'frameguard',
	'xFrameOptions',
	'permittedCrossDomainPolicies',
	'xPermittedCrossDomainPolicies',
	'hidePoweredBy',
	'xPoweredBy',
	'xssFilter',
	'xXssProtection',
	'expectCt',
];
const unknownNames: readonly string[] = ['permissionsPolicy', 'contentSecuirtyPolicy', 'foo'];

/** Shapes that are wrong almost everywhere. */
const odd: fc.Arbitrary<Spec> = fc.oneof(
	words(true, false, null, undefined, 0, 1, 'deny', '', 'same-origin'),
	fc.constant<Spec>({ kind: 'list', items: [], set: false }),
	fc.constant<Spec>({ kind: 'object', entries: [] }),
);

function object(entries: readonly (readonly [string, fc.Arbitrary<Spec>])[]): fc.Arbitrary<Spec> {
	return fc
		.tuple(...entries.map(([name, value]) => fc.option(value, { nil: null }).map(spec => (spec === null ? null : ([name, spec] as const)))))
		.map(found => ({ kind: 'object', entries: found.filter(entry => entry !== null) }));
}

const directiveNames: readonly string[] = [
	'defaultSrc',
	'default-src',
	'scriptSrc',
	'script-src',
	'styleSrc',
	'imgSrc',
	'frameAncestors',
	'upgradeInsecureRequests',
	'blockAllMixedContent',
	'reportUri',
	'sandbox',
	'scriptsSrc',
	'DefaultSrc',
	'script_src',
	'1abc',
];
const sources: fc.Arbitrary<Spec> = fc.oneof(
	{ arbitrary: words("'self'", "'none'", 'https:', 'data:', 'example.com', "'unsafe-inline'", "'nonce-abc'"), weight: 8 },
	{
		arbitrary: words('self', 'unsafe-eval', 'nonce-abc', 'sha256-x', "'self'; x", 'a,b', 'a\nb', 'é', '’', '', undefined, null, false, 5),
		weight: 1,
	},
	{
		arbitrary: words("'self'", "'nonce-abc'", 'nonce-abc', 'a;b', undefined).map(returns => ({ kind: 'function', returns }) as const),
		weight: 1,
	},
);
const list: fc.Arbitrary<Spec> = fc.record({
	kind: fc.constant('list' as const),
	items: fc.array(sources, { maxLength: 3 }),
	set: fc.boolean().map(flag => flag),
});
const directive: fc.Arbitrary<Spec> = fc.oneof(
	{ arbitrary: list, weight: 10 },
	{ arbitrary: words("'self'", "'self' https:", 'self', ''), weight: 2 },
	{ arbitrary: words(null, true, false, undefined, 0, 5), weight: 1 },
	{ arbitrary: fc.constant<Spec>({ kind: 'disable-default-src' }), weight: 1 },
);
const directives: fc.Arbitrary<Spec> = fc
	.uniqueArray(
		fc.tuple(
			fc.oneof(
				{ arbitrary: fc.constantFrom(...directiveNames.slice(0, 11)), weight: 9 },
				{ arbitrary: fc.constantFrom(...directiveNames), weight: 1 },
			),
			directive,
		),
		{
			maxLength: 5,
			selector: ([name]) => name,
		},
	)
	.map(entries => ({ kind: 'object', entries }));

const byName: Readonly<Record<string, fc.Arbitrary<Spec>>> = {
	contentSecurityPolicy: object([
		['useDefaults', words(true, false, false, undefined, null, 0)],
		['directives', fc.oneof({ arbitrary: directives, weight: 12 }, { arbitrary: words(null, undefined), weight: 1 })],
		['reportOnly', words(true, false, 'false', undefined)],
		['defaultSrc', list],
	]),
	crossOriginEmbedderPolicy: object([['policy', words('require-corp', 'credentialless', 'unsafe-none', 'bogus', null)]]),
	crossOriginOpenerPolicy: object([
		['policy', words('same-origin', 'same-origin-allow-popups', 'noopener-allow-popups', 'unsafe-none', 'x', undefined)],
	]),
	crossOriginResourcePolicy: object([['policy', words('same-origin', 'same-site', 'cross-origin', 'none', 5)]]),
	referrerPolicy: object([
		[
			'policy',
			fc.oneof(
				words('no-referrer', 'origin', '', 'Origin', null, undefined),
				fc
					.array(words('no-referrer', 'origin', 'strict-origin', 'bogus'), { maxLength: 3 })
					.map((items): Spec => ({ kind: 'list', items, set: false })),
			),
		],
	]),
	hsts: object([
		['maxAge', words(0, 1.9, 31536000, -1, '5', Number.NaN, Number.POSITIVE_INFINITY, null, undefined)],
		['includeSubDomains', words(true, false, null, undefined, 'no')],
		['preload', words(true, false, 1)],
		['max_age', words(1)],
	]),
	dnsPrefetchControl: object([['allow', words(true, false, 'no', undefined)]]),
	frameguard: object([
		['action', words('deny', 'DENY', 'sameorigin', 'same-origin', 'allow-from', 'bogus', null, undefined)],
		['domain', words('https://example.com', '', undefined)],
	]),
	permittedCrossDomainPolicies: object([['permittedPolicies', words('none', 'master-only', 'all', 'x', undefined)]]),
	hidePoweredBy: object([['setTo', words('PHP 4.2.0', '', null)]]),
	xssFilter: object([
		['mode', words('block', null, 'x')],
		['reportUri', words('/xss', undefined)],
	]),
	expectCt: object([
		['maxAge', words(0, 1.5, 86400, -1, '5', undefined)],
		['enforce', words(true, false)],
		['reportUri', words('/ct')],
	]),
};
const misspelled: fc.Arbitrary<Spec> = object([
	['maxage', words(1)],
	['includeSubdomains', words(true, false)],
	['setIf', fc.constant<Spec>({ kind: 'function', returns: plain(true) })],
]);

/** What may be given for one option; the x-names take what the old ones take. */
function valueFor(name: string): fc.Arbitrary<Spec> {
	const own = byName[name] ?? byName[oldNames[name] ?? ''];
	if (own === undefined) return odd;
	const choices = [
		{ arbitrary: own, weight: 6 },
		{ arbitrary: odd, weight: 2 },
	];
	return fc.oneof(...choices, ...(name === 'hsts' ? [{ arbitrary: misspelled, weight: 1 }] : []));
}

const oldNames: Readonly<Record<string, string>> = {
	strictTransportSecurity: 'hsts',
	xDnsPrefetchControl: 'dnsPrefetchControl',
	xFrameOptions: 'frameguard',
	xPermittedCrossDomainPolicies: 'permittedCrossDomainPolicies',
	xPoweredBy: 'hidePoweredBy',
	xXssProtection: 'xssFilter',
};

/** The value of any one option. */
export const optionValueArbitrary: fc.Arbitrary<Spec> = fc.constantFrom(...allOptionNames).chain(valueFor);

/** What is passed to `helmet(...)`: mostly an object of a few options, in few cases something odd. */
export const optionsArbitrary: fc.Arbitrary<Spec> = fc.oneof(
	{
		arbitrary: fc
			.uniqueArray(fc.constantFrom(...allOptionNames, ...unknownNames), { maxLength: 4 })
			.chain(names => fc.tuple(...names.map(name => valueFor(name).map(spec => [name, spec] as const))))
			.map((entries): Spec => ({ kind: 'object', entries })),
		weight: 20,
	},
	{ arbitrary: odd, weight: 1 },
);
