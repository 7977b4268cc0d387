import type { ObjectEntry, StaticValue } from '../../javascript/staticValue';
import type { Place } from '../../text/span';
import { mergeCases } from './branches';
import { defaultDirectives } from './cspDirectives';
import { constructHelmet } from './helmetOutcome';
import { fastifyOptions } from './optionNames';
import type { HelmetOutcome } from './outcome';
import { property, propertyValue, truthy } from './values';
import { type VersionNumber, versionNumber } from './version';

/**
 * What `register(fastifyHelmet, options)` does (@fastify/helmet 13.2, `index.js`): helmet's own options without `global`,
 * `enableCSPNonces` and `hook`. helmet is made anew for each request, so what would throw at start ends every request with
 * status 500 instead. `helmetVersion` is that of the helmet it depends on: 8 for 13, 7 for 11 and 12, 6 for 10, 5 for 8 and 9.
 */
export function fastifyHelmetOutcome(helmetVersion: string, options: StaticValue | null, callPlace: Place): HelmetOutcome {
	const outcome = mergeCases(helmetVersion, options, callPlace, (run, value) =>
		constructHelmet(run, adapted(value, versionNumber(helmetVersion))),
	);
	return {
		...outcome,
		library: '@fastify/helmet',
		problems: outcome.problems.map(problem => (problem.kind === 'helmet-throws' ? { ...problem, when: 'request' } : problem)),
	};
}

function adapted(options: StaticValue | null, version: VersionNumber): StaticValue | null {
	if (options?.kind !== 'object') return options;
	const own = { ...options, entries: options.entries.filter(({ key }) => !fastifyOptions.includes(key)) };
	const nonces = property(options, 'enableCSPNonces');
	if (nonces.state !== 'present' || truthy(nonces.entry.value) === false) return own;
	const policy = propertyValue(own, 'contentSecurityPolicy');
	if (policy?.kind === 'boolean' && !policy.value) return own;
	const entry = withNonces(policy, nonces.entry, version);
	return { ...own, entries: [...own.entries.filter(({ key }) => key !== 'contentSecurityPolicy'), entry] };
}

/**
 * `buildHelmetOnRoutes`: a nonce is appended to script-src and style-src. Where the own directives have none of them, the
 * nonce is their only source: 'self' and https: of the defaults are gone.
 */
function withNonces(policy: StaticValue | null, nonces: ObjectEntry, version: VersionNumber): ObjectEntry {
	const { place } = nonces;
	const entryOf = (key: string, value: StaticValue): ObjectEntry => ({ key, keyPlace: nonces.keyPlace, value, place });
	if (policy?.kind === 'unknown' || policy?.kind === 'branch') return entryOf('contentSecurityPolicy', policy);
	const given = policy === null ? defaultEntries(version, entryOf) : propertyValue(policy, 'directives');
	if (given?.kind === 'unknown') return entryOf('contentSecurityPolicy', given);
	let entries = given?.kind === 'object' ? given.entries : [];
	for (const [camel, kebab] of [
		['scriptSrc', 'script-src'],
		['styleSrc', 'style-src'],
	] as const) {
		const arrayAt = (name: string): ObjectEntry | undefined =>
			entries.findLast(({ key, value }) => key === name && value.kind === 'array' && value.iterable === 'array');
		// Anything but an array is replaced under the camel-case key; beside a kebab-case one helmet then finds a duplicate.
		const known = arrayAt(kebab) ?? arrayAt(camel);
		const key = known?.key ?? camel;
		const list = known?.value.kind === 'array' ? known.value : null;
		const value: StaticValue = {
			kind: 'array',
			elements: [...(list?.elements ?? []), nonceAt(place)],
			open: list?.open ?? false,
			iterable: 'array',
			place: list?.place ?? place,
		};
		const replaced = known ?? entries.findLast(entry => entry.key === camel);
		entries = [...entries.filter(entry => entry !== replaced), { ...(known ?? entryOf(key, value)), value }];
	}
	const directives: StaticValue = { kind: 'object', entries, open: given?.kind === 'object' && given.open, place: given?.place ?? place };
	const kept = policy?.kind === 'object' ? policy.entries.filter(({ key }) => key === 'reportOnly' || key === 'useDefaults') : [];
	return entryOf('contentSecurityPolicy', {
		kind: 'object',
		entries: [...kept, entryOf('directives', directives)],
		open: false,
		place: policy?.place ?? place,
	});
}

function defaultEntries(version: VersionNumber, entryOf: (key: string, value: StaticValue) => ObjectEntry): StaticValue {
	const place: Place = entryOf('', { kind: 'null', place: nowhere }).place;
	const entries = [...defaultDirectives(version)].map(([name, words]) =>
		entryOf(name, {
			kind: 'array',
			elements: words.map(value => ({ kind: 'string', value, place, exact: false }) as const),
			open: false,
			iterable: 'array',
			place,
		}),
	);
	return { kind: 'object', entries, open: false, place };
}

const nowhere: Place = { path: '', span: { start: 0, end: 0 } };

/** `'nonce-<32 hex digits>'`, new for each request. */
function nonceAt(place: Place): StaticValue {
	const text = (value: string): StaticValue => ({ kind: 'string', value, place, exact: false });
	return { kind: 'text', parts: [text("'nonce-"), { kind: 'unknown', reason: 'cspNonce', place }, text("'")], place };
}
