import type { HeaderOperation } from './operation';
import type { EffectiveHeader, EffectiveResponse, Surface } from './surface';

/** The responses of the surface in which the value of this operation is sent. Empty for fragments, and where it is always overridden. */
export function responsesOf(surface: Surface, operation: HeaderOperation): readonly EffectiveResponse[] {
	let index = bySurface.get(surface);
	if (index === undefined) {
		index = new Map<string, EffectiveResponse[]>();
		for (const response of surface.responses) {
			for (const header of response.headers) {
				if (header.operation === null) continue;
				const list = index.get(header.operation.id) ?? [];
				list.push(response);
				index.set(header.operation.id, list);
			}
		}
		bySurface.set(surface, index);
	}
	return index.get(operation.id) ?? [];
}

/** The fields of that name (lower case) in a response, in wire order. */
export function fieldsOf(response: EffectiveResponse, name: string): readonly EffectiveHeader[] {
	return response.headers.filter(header => header.name.toLowerCase() === name);
}

/** Whether something unknown could set, change or remove the field (lower case) in this response. */
export function mayDiffer(response: EffectiveResponse, name: string): boolean {
	return response.unknowns.some(({ headers }) => headers === null || headers.includes(name));
}

const bySurface = new WeakMap<Surface, Map<string, EffectiveResponse[]>>();
