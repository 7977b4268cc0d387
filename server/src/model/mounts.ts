import type { Surface } from './surface';
import type { WorkspaceModel } from './workspace';

/** Whether an app of the workspace passes requests on to this one: what is registered in its own file is then not all it has. */
export function isMounted(app: Surface, workspace: Pick<WorkspaceModel, 'derived'>): boolean {
	// Asked first: what looks at all surfaces is judged again whenever one of them changes.
	if (!app.kind.endsWith('-app')) return false;
	const places = workspace.derived(mountedPlaces);
	return places.has(keyOf(app.place)) || places.has(`${app.place.path}:0`);
}

function mountedPlaces(surfaces: readonly Surface[]): ReadonlySet<string> {
	return new Set(surfaces.flatMap(({ place, mounted }) => mounted.filter(each => keyOf(each) !== keyOf(place)).map(keyOf)));
}

function keyOf({ path, span }: Surface['place']): string {
	return `${path}:${span.start}`;
}
