import { settingOperations } from '../../../model/sentHeaders';
import type { Surface } from '../../../model/surface';
import type { WorkspaceModel } from '../../../model/workspace';
import type { Place } from '../../../text/span';
import type { ValueSubject } from '../../rule';

/**
 * Whether another surface of that kind takes the header from the same line, as sites that import one snippet do: what is
 * said of the line has to hold for all of them.
 */
export function isSharedWith({ surface, operation, workspace }: ValueSubject, wanted: (other: Surface) => boolean): boolean {
	const taking = byPlace(workspace).get(keyOf(operation.place)) ?? [];
	return taking.some(other => other.id !== surface.id && wanted(other));
}

/** The surfaces by the line they take Strict-Transport-Security from, found once per workspace. */
const indexes = new WeakMap<WorkspaceModel, ReadonlyMap<string, readonly Surface[]>>();

function byPlace(workspace: WorkspaceModel): ReadonlyMap<string, readonly Surface[]> {
	const known = indexes.get(workspace);
	if (known !== undefined) return known;
	const index = new Map<string, Surface[]>();
	for (const surface of workspace.surfaces) {
		for (const { place } of settingOperations(surface, 'strict-transport-security')) {
			const taking = index.get(keyOf(place)) ?? [];
			taking.push(surface);
			index.set(keyOf(place), taking);
		}
	}
	indexes.set(workspace, index);
	return index;
}

function keyOf({ path, span }: Place): string {
	return `${path}\0${span.start}\0${span.end}`;
}
