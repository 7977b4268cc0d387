import { settingOperations } from '../../../model/sentHeaders';
import type { Surface } from '../../../model/surface';
import type { Place } from '../../../text/span';
import type { ValueSubject } from '../../rule';

/**
 * Whether another surface of that kind takes the header from the same line, as sites that import one snippet do: what is
 * said of the line has to hold for all of them.
 */
export function isSharedWith({ surface, operation, workspace }: ValueSubject, wanted: (other: Surface) => boolean): boolean {
	const taking = workspace.derived(byPlace).get(keyOf(operation.place)) ?? [];
	return taking.some(other => other.id !== surface.id && wanted(other));
}

/** The surfaces by the line they take Strict-Transport-Security from. */
function byPlace(surfaces: readonly Surface[]): ReadonlyMap<string, readonly Surface[]> {
	const index = new Map<string, Surface[]>();
	for (const surface of surfaces) {
		for (const { place } of settingOperations(surface, 'strict-transport-security')) {
			const taking = index.get(keyOf(place)) ?? [];
			taking.push(surface);
			index.set(keyOf(place), taking);
		}
	}
	return index;
}

function keyOf({ path, span }: Place): string {
	return `${path}\0${span.start}\0${span.end}`;
}
