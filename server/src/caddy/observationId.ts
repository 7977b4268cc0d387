import type { CaddyObservation } from '../model/caddyObservation';
import type { Place } from '../text/span';

/** An id for an observation, unique within an analysis: what it is and where. */
export function observationId(kind: CaddyObservation['kind'], { path, span }: Place): string {
	return `${kind}:${path}:${span.start}`;
}
