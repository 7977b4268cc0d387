import { deletes } from '../../../headers/deletion';
import { securityHeaderNames } from '../../../headers/names';
import type { CaddyObservation } from '../../../model/caddyObservation';
import type { Surface } from '../../../model/surface';
import type { FixProposal } from '../../rule';

/** The observations of one kind on a surface. */
export function observed<Kind extends CaddyObservation['kind']>(
	surface: Surface,
	kind: Kind,
): readonly Extract<CaddyObservation, { readonly kind: Kind }>[] {
	const isOfKind = (observation: Surface['observations'][number]): observation is Extract<CaddyObservation, { readonly kind: Kind }> =>
		observation.kind === kind;
	return surface.observations.filter(isOfKind);
}

/** The repair that the Caddyfile writer knows for an observation. */
export function repairFix(observation: CaddyObservation, title: string, safe: boolean): FixProposal {
	return { title, safe, intent: { kind: 'repair', observation, variant: 'default' } };
}

/** Whether none of the fields that a directive removes (`-X`, with `*`) is a security header: it may then run for more requests. */
export function removesNoProtection(removes: readonly string[]): boolean {
	return !removes.some(pattern => securityHeaderNames.some(name => deletes(pattern, name)));
}

/** Whether the surface was read from a Caddyfile. */
export function isCaddy(surface: Surface): boolean {
	return surface.kind === 'caddy-site' || surface.kind === 'caddy-fragment';
}

/** Header names as a list for a message: `A, B and C`. */
export function listed(names: readonly string[]): string {
	const unique = [...new Set(names)];
	return unique.length < 2 ? (unique[0] ?? '') : `${unique.slice(0, -1).join(', ')} and ${unique[unique.length - 1]}`;
}
