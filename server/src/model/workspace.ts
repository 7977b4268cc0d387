import type { Surface, UpstreamUse } from './surface';

/** All surfaces of a workspace and how they are connected. */
export interface WorkspaceModel {
	readonly surfaces: readonly Surface[];
	/** The app that answers behind `upstream`, or null where none in the workspace is known to. */
	appBehind(upstream: UpstreamUse): Surface | null;
	/** The Caddy sites known to front this app. */
	sitesInFrontOf(app: Surface): readonly Surface[];
}

/**
 * Connects sites with apps. An upstream `host:port` leads to the app its project file names in `upstreams`
 * (`configured`: dial -> absolute path), else to the only app of the workspace that listens on that port on this machine.
 * Two candidates are no answer: a wrong link would hide a missing header.
 */
export function createWorkspaceModel(surfaces: readonly Surface[], configured: ReadonlyMap<string, string>): WorkspaceModel {
	const apps = surfaces.filter(surface => surface.kind.endsWith('-app'));
	const appBehind = (upstream: UpstreamUse): Surface | null => {
		const named = configured.get(upstream.dial);
		if (named !== undefined) return apps.find(app => app.place.path === named) ?? null;
		const port = localPort(upstream.dial);
		if (port === null) return null;
		const listening = apps.filter(app => app.listens.includes(port));
		return listening.length === 1 ? (listening[0] ?? null) : null;
	};
	return {
		surfaces,
		appBehind,
		sitesInFrontOf: app => surfaces.filter(site => site.upstreams.some(upstream => appBehind(upstream) === app)),
	};
}

/** The port of a dial address on this machine (`localhost:3000`, `127.0.0.1:3000`, `:3000`, `http://localhost:3000`), else null. */
function localPort(dial: string): number | null {
	const match = /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|\[::1\])?:(\d{1,5})$/.exec(dial);
	return match?.[1] === undefined ? null : Number(match[1]);
}
