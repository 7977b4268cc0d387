import type { EffectiveResponse, Surface } from '../model/surface';

/**
 * What is kept of the surface of a site: everything but what is worked out of its routes, for which `again` makes the surface anew. It
 * answers with null when the site is gone, of which nothing is known then.
 */
export function keptSurface(surface: Surface, again: () => Surface | null): Surface {
	return new KeptSurface(surface, again);
}

/**
 * A class, so that thousands of them have the getters in common. The fields are copied one by one: a spread would ask for what is to be
 * worked out later.
 */
class KeptSurface implements Surface {
	readonly id: string;
	readonly kind: Surface['kind'];
	readonly label: string;
	readonly place: Surface['place'];
	readonly hosts: Surface['hosts'];
	readonly transport: Surface['transport'];
	readonly content: Surface['content'];
	readonly internalCertificate?: Surface['place'];
	readonly complete: boolean;
	readonly operations: Surface['operations'];
	readonly upstreams: Surface['upstreams'];
	readonly listens: Surface['listens'];
	readonly staticRoots: Surface['staticRoots'];
	readonly mounted: Surface['mounted'];
	readonly #again: () => Surface | null;
	#responses: readonly EffectiveResponse[] | null = null;
	#observations: Surface['observations'] | null = null;

	constructor(surface: Surface, again: () => Surface | null) {
		this.id = surface.id;
		this.kind = surface.kind;
		this.label = surface.label;
		this.place = surface.place;
		this.hosts = surface.hosts;
		this.transport = surface.transport;
		this.content = surface.content;
		if (surface.internalCertificate !== undefined) this.internalCertificate = surface.internalCertificate;
		this.complete = surface.complete;
		this.operations = surface.operations;
		this.upstreams = surface.upstreams;
		this.listens = surface.listens;
		this.staticRoots = surface.staticRoots;
		this.mounted = surface.mounted;
		this.#again = again;
	}

	get responses(): readonly EffectiveResponse[] {
		this.#responses ??= this.#again()?.responses ?? [];
		return this.#responses;
	}

	get observations(): Surface['observations'] {
		this.#observations ??= this.#again()?.observations ?? [];
		return this.#observations;
	}
}
