import type { PageContent } from '../headers/page/resources';
import type { Page } from './page';
import type { Surface, UpstreamUse } from './surface';

/** All surfaces of a workspace and how they are connected. */
export interface WorkspaceModel {
	readonly surfaces: readonly Surface[];
	/** The app that answers behind `upstream`, or null where none in the workspace is known to. */
	appBehind(upstream: Pick<UpstreamUse, 'dial'>): Surface | null;
	/** The Caddy sites known to front this app. */
	sitesInFrontOf(app: Surface): readonly Surface[];
	/** The HTML pages of the workspace that the surface serves from its static roots. */
	pagesOf(surface: Surface): readonly Page[];
	/** What a page loads, runs and embeds that is written in code. */
	readPage(html: string): PageContent;
	/**
	 * What `make` finds by looking through all surfaces, found once: each of 5,000 sites asks for the same. `make` is known by its
	 * identity, so it must be one function, not a new one at every call.
	 */
	derived<Found>(make: (surfaces: readonly Surface[]) => Found): Found;
}

/** The surfaces of a workspace: those of apps, and all, which are put together when somebody asks for them. */
export interface WorkspaceSurfaces {
	readonly apps: readonly Surface[];
	all(): readonly Surface[];
}

/**
 * Connects sites with apps. An upstream `host:port` leads to the app its project file names in `upstreams`
 * (`configured`: dial -> absolute path), else to the only app of the workspace that listens on that port on this machine.
 * Two candidates are no answer: a wrong link would hide a missing header. Pages are read when a rule asks for them.
 */
export function createWorkspaceModel(
	{ apps, all }: WorkspaceSurfaces,
	configured: ReadonlyMap<string, string>,
	{ pagesOf, readPage }: Pick<WorkspaceModel, 'pagesOf' | 'readPage'>,
): WorkspaceModel {
	let known: readonly Surface[] | undefined;
	const surfacesOf = (): readonly Surface[] => {
		known ??= all();
		return known;
	};
	// Found once: every rule asks for every surface, and a workspace may have thousands.
	const byPort = new Map<number, Surface[]>();
	for (const app of apps) for (const port of app.listens) byPort.set(port, [...(byPort.get(port) ?? []), app]);
	const byDial = new Map<string, Surface | null>();
	const appAt = (dial: string): Surface | null => {
		const named = configured.get(dial);
		if (named !== undefined) return apps.find(app => app.place.path === named) ?? null;
		const port = localPort(dial);
		const listening = port === null ? [] : (byPort.get(port) ?? []);
		return listening.length === 1 ? (listening[0] ?? null) : null;
	};
	const appBehind = ({ dial }: Pick<UpstreamUse, 'dial'>): Surface | null => {
		const known = byDial.get(dial);
		if (known !== undefined) return known;
		const app = appAt(dial);
		byDial.set(dial, app);
		return app;
	};
	let fronts: Map<Surface, Surface[]> | null = null;
	const sitesByApp = (): Map<Surface, Surface[]> => {
		const sites = new Map<Surface, Surface[]>();
		if (apps.length === 0) return sites;
		for (const site of surfacesOf()) {
			for (const app of new Set(site.upstreams.map(appBehind))) if (app !== null) sites.set(app, [...(sites.get(app) ?? []), site]);
		}
		return sites;
	};
	return {
		get surfaces() {
			return surfacesOf();
		},
		appBehind,
		sitesInFrontOf: app => {
			fronts ??= sitesByApp();
			return fronts.get(app) ?? [];
		},
		pagesOf,
		readPage,
		derived: createDerivations(surfacesOf),
	};
}

function createDerivations(surfaces: () => readonly Surface[]): WorkspaceModel['derived'] {
	const found = new Map<unknown, unknown>();
	return <Found>(make: (surfaces: readonly Surface[]) => Found): Found => {
		if (!found.has(make)) found.set(make, make(surfaces()));
		// What was put in under `make` was made by it.
		return found.get(make) as Found;
	};
}

/** The port of a dial address on this machine (`localhost:3000`, `127.0.0.1:3000`, `:3000`, `http://localhost:3000`), else null. */
export function localPort(dial: string): number | null {
	const match = /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|\[::1\])?:(\d{1,5})$/.exec(dial);
	return match?.[1] === undefined ? null : Number(match[1]);
}
