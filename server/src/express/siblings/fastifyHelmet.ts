import type { Call } from '../../javascript/call';
import type { ObjectEntry, StaticValue } from '../../javascript/staticValue';
import type { Place } from '../../text/span';
import type { AppRecord, Handler, HelmetHandler } from '../app';
import { fixedOptions } from '../fixedOptions';
import { fastifyHelmetOutcome } from '../helmet/fastifyHelmet';
import type { HelmetProblem } from '../helmet/outcome';
import { property } from '../helmet/values';
import { argumentsPlace } from '../helmetModule';
import type { Session } from '../session';

/** @fastify/helmet on one instance. */
interface Registration {
	readonly handler: HelmetHandler;
	/** The plugin has run, so that it sees the options of routes that are declared from now on. */
	loaded: boolean;
}

const registrations = new WeakMap<AppRecord, Registration[]>();
const parents = new WeakMap<AppRecord, AppRecord>();
const latest = new WeakMap<Session, HelmetHandler>();

/** Remembers the instance that another one was made from: what is registered there holds here too. */
export function noteParent(child: AppRecord, parent: AppRecord): void {
	parents.set(child, parent);
}

/** Remembers that helmet was registered; for `reply.helmet()` the last one counts. */
export function noteHelmet(session: Session, app: AppRecord, handler: HelmetHandler): void {
	registrations.set(app, [...(registrations.get(app) ?? []), { handler, loaded: false }]);
	latest.set(session, handler);
}

/** What was registered so far has run, because something was awaited. */
export function noteLoaded(app: AppRecord): void {
	for (const registration of registrations.get(app) ?? []) registration.loaded = true;
}

/** Follows the code of a plugin: what was registered in front of it has run by then, though not for the code behind it. */
export function loadedForChild(app: AppRecord, body: () => void): void {
	const waiting = (registrations.get(app) ?? []).filter(({ loaded }) => !loaded);
	for (const registration of waiting) registration.loaded = true;
	body();
	for (const registration of waiting) registration.loaded = false;
}

/** Whether helmet is applied to routes by itself (`global`, true by default); null where that is not known. */
export function isGlobal(options: StaticValue | null): boolean | null {
	if (options?.kind !== 'object') return true;
	const found = property(options, 'global');
	if (found.state !== 'present') return found.state === 'unknown' ? null : true;
	const { value } = found.entry;
	return value.kind === 'boolean' ? value.value : value.kind === 'unknown' || value.kind === 'branch' ? null : true;
}

/**
 * What the `helmet` option of a route does: `false` leaves the headers out, an object is laid over the options of the plugin, with
 * shallow merging. Empty where the plugin had not run when the route was declared: then nobody reads the option.
 */
export function routeHelmet(app: AppRecord, option: StaticValue, place: Place): readonly Handler[] {
	const known = loadedOn(app);
	if (known === null) return [];
	const replaced: Handler = { kind: 'helmet-undone', handler: known, place, conditions: [] };
	if (option.kind === 'boolean' && !option.value) return [replaced];
	if (option.kind === 'unknown' || option.kind === 'branch')
		return [{ kind: 'unknown', reason: 'the helmet option of the route', place, conditions: [] }];
	if (option.kind === 'undefined' || option.kind === 'null') return [];
	if (option.kind !== 'object') return [replaced, refused(known, option, place)];
	return [replaced, { ...merged(known, option, place), replaces: true }];
}

/** `reply.helmet(options)` in a handler; null where no plugin is in sight. */
export function replyHelmet(session: Session, call: Call): HelmetHandler | null {
	const known = latest.get(session);
	if (known === undefined) return null;
	const options = fixedOptions(call);
	const handler = options === null ? { ...known, place: call.place } : merged(known, options, call.place);
	return { ...handler, argumentsPlace: argumentsPlace(call), perRequest: true, label: 'reply.helmet()' };
}

function loadedOn(app: AppRecord): HelmetHandler | null {
	const own = (registrations.get(app) ?? []).findLast(({ loaded }) => loaded);
	if (own !== undefined) return own.handler;
	const parent = parents.get(app);
	return parent === undefined ? null : loadedOn(parent);
}

function merged(known: HelmetHandler, options: StaticValue, place: Place): HelmetHandler {
	const together = layered(known.options, options);
	const outcome = fastifyHelmetOutcome(known.version, together, place);
	return { ...known, place, options, outcome, argumentsPlace: options.place, label: 'the helmet option of the route' };
}

/** `helmet: true`: the route cannot be declared (`onRoute` hook of the plugin). */
function refused(known: HelmetHandler, option: StaticValue, place: Place): HelmetHandler {
	const problem: HelmetProblem = {
		kind: 'helmet-throws',
		place,
		message: 'Unknown value for route helmet configuration',
		when: 'start',
		header: null,
		repairs: [
			{
				variant: 'empty-options',
				title: 'Write {}',
				safe: true,
				change: { kind: 'replace-value', place: option.place, value: { kind: 'object', entries: [] } },
			},
		],
		branch: null,
	};
	const outcome = { ...known.outcome, headers: [], omitted: [], removed: [], problems: [problem], warnings: [] };
	return { ...merged(known, { kind: 'object', entries: [], open: false, place }, place), options: option, outcome, replaces: true };
}

function layered(base: StaticValue | null, options: StaticValue): StaticValue {
	if (options.kind !== 'object' || base === null || base.kind === 'undefined') return options;
	if (base.kind !== 'object') return base;
	const own = new Set(options.entries.map(({ key }) => key));
	const entries: readonly ObjectEntry[] = [...base.entries.filter(({ key }) => !own.has(key)), ...options.entries];
	return { ...options, entries, open: base.open || options.open };
}
