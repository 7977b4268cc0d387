import { isLocalHost } from '../headers/hosts';
import type { AnalysisOptions } from '../model/analysis';
import type { AppObservation } from '../model/appObservation';
import type { EffectiveResponse, Surface, SurfaceKind } from '../model/surface';
import { relativePath } from '../text/paths';
import type { AppRecord } from './app';
import { type ChainParts, makeChain } from './chain';
import { allLinks, observationsOf } from './observations';
import { responsesOf } from './responses';
import type { Chain } from './steps';

/** A surface with what the code writer and `respond` need beside it. */
export interface BuiltSurface {
	readonly surface: Surface;
	readonly chain: Chain | null;
	readonly app: AppRecord | null;
	readonly parts: ChainParts;
}

const kinds: Readonly<Record<AppRecord['framework'], SurfaceKind>> = {
	express: 'express-app',
	nest: 'nest-app',
	fastify: 'fastify-app',
	koa: 'koa-app',
	hono: 'hono-app',
	next: 'next-config',
};

/** Empty parts whose operations are named after the file and a number. */
export function createParts(
	path: string,
	counter: { count: number },
	writesLocal: ChainParts['writesLocal'],
	readsBody: ChainParts['readsBody'],
): ChainParts {
	return {
		operations: [],
		helmets: [],
		raw: [],
		statics: [],
		unknowns: [],
		origins: [],
		writesLocal,
		readsBody,
		nextId: () => `${path}#${counter.count++}`,
	};
}

/** The surface of an app with everything mounted on it. */
export function appSurface(app: AppRecord, parts: ChainParts, options: AnalysisOptions): BuiltSurface {
	const chain = makeChain(app, parts);
	const { path } = app.place;
	const label = `app in ${relativePath(options.root, path) ?? path}`;
	const complete = !app.partial && parts.unknowns.length === 0;
	const id = `app:${path}:${app.place.span.start}`;
	const responses: readonly EffectiveResponse[] = responsesOf(chain);
	const observations: readonly AppObservation[] = observationsOf(chain, parts);
	const surface: Surface = {
		id,
		kind: kinds[app.framework],
		label,
		place: app.place,
		hosts: hostsOf(chain),
		transport: 'unknown',
		content: 'own',
		complete,
		operations: parts.operations,
		responses,
		observations,
		upstreams: [],
		listens: app.listens,
		staticRoots: parts.statics.flatMap(({ folder, place, mount }) => (folder === null ? [] : [{ folder, place, mount }])),
		mounted: mountedOn(chain),
	};
	return { surface, chain, app, parts };
}

/**
 * The names an app answers for, where a check lets no others through and all are of the machine itself: everybody else gets its refusal,
 * behind whatever proxy. Empty otherwise: names of the outside say nothing about where the app runs.
 */
function hostsOf(chain: Chain): Surface['hosts'] {
	const checks = chain.links.flatMap(({ entry, branch, steps }) =>
		entry.kind === 'use' && entry.paths.length === 0 && branch === null
			? steps.flatMap(step => (step.kind === 'refusal' && step.branch === null ? [{ place: entry.place, hosts: step.refusal.hosts }] : []))
			: [],
	);
	const local = checks.find(({ hosts }) => hosts !== null && 0 < hosts.length && hosts.every(isLocalHost));
	return (local?.hosts ?? []).map(name => ({ name, port: null, scheme: 'http', place: local?.place ?? chain.app.place }));
}

/** A surface for header code that belongs to no app in sight: judged by its values, nothing is missed in it. */
export function fragmentSurface(
	place: Surface['place'],
	parts: ChainParts,
	observations: readonly AppObservation[],
	chain: Chain | null = null,
): BuiltSurface {
	const surface: Surface = {
		id: `options:${place.path}:${place.span.start}`,
		kind: 'helmet-options',
		label: 'header code',
		place,
		hosts: [],
		transport: 'unknown',
		content: 'unknown',
		complete: false,
		operations: parts.operations,
		responses: [],
		observations,
		upstreams: [],
		listens: [],
		staticRoots: [],
		mounted: chain === null ? [] : mountedOn(chain),
	};
	return { surface, chain, app: null, parts };
}

function mountedOn(chain: Chain): Surface['mounted'] {
	const links = allLinks(chain);
	const children = links.flatMap(({ steps }) => steps.flatMap(step => (step.kind === 'child' ? [step.chain.app] : [])));
	const unseen = links.flatMap(({ entry }) =>
		entry.handlers.flatMap(each => (each.kind === 'unknown' && each.file != null ? [each.file] : [])),
	);
	return [
		...children.filter(({ kind }) => kind === 'app').map(({ place }) => place),
		...unseen.map(path => ({ path, span: { start: 0, end: 0 } })),
	];
}
