import type { HeaderOperation } from './operation';
import type { EffectiveHeader, EffectiveResponse, Surface } from './surface';
import { ANY_TEXT } from './value';

/**
 * The answers that carry content a browser acts on. Redirects, empty and aborted answers are not among them, errors only for
 * a recorded response: there the error is all there is to judge.
 */
export function contentResponses(surface: Surface): readonly EffectiveResponse[] {
	let found = contentOf.get(surface);
	if (found === undefined) {
		found = surface.responses.filter(
			({ outcome }) =>
				outcome === 'content' || outcome === 'unknown' || (surface.kind === 'response' && (outcome === 'error' || outcome === 'empty')),
		);
		contentOf.set(surface, found);
	}
	return found;
}

/** The lines of one field (lower-case name) of a response, in wire order. */
export function sentLines(response: EffectiveResponse, header: string): readonly EffectiveHeader[] {
	return linesByName(response).get(header) ?? none;
}

/** Whether the response has the field (lower-case name), always or maybe. */
export function carries(response: EffectiveResponse, header: string): boolean {
	return linesByName(response).has(header);
}

/**
 * Whether something unknown could add or change the field (lower-case name) of this response. Where a line is certain in spite
 * of an unknown that is about no field in particular, that one decides which answer is given (is there such a file?), not what
 * is in it, and the other answers are responses of their own.
 */
export function mayBeChanged(response: EffectiveResponse, header: string): boolean {
	const explored = response.headers.some(({ certainty }) => certainty === 'always');
	return response.unknowns.some(({ headers }) => (headers === null ? !explored : headers.includes(header)));
}

/** The operations of a surface that give the field (lower-case name) a value in a response, written or by default. */
export function settingOperations(surface: Surface, header: string): readonly HeaderOperation[] {
	return surface.operations.filter(
		({ action, direction, name }) => action !== 'delete' && direction !== 'request' && name.toLowerCase() === header,
	);
}

/**
 * Whether an enforced policy of the response says who may frame it. A policy with unknown text may (invariant 3 of DESIGN.md).
 */
export function hasFrameAncestors(response: EffectiveResponse): boolean {
	return sentLines(response, 'content-security-policy').some(
		({ value }) => value.text.includes(ANY_TEXT) || /(?:^|[;,])[\t\n\f\r ]*frame-ancestors(?:[\t\n\f\r ;,]|$)/i.test(value.text),
	);
}

const none: readonly EffectiveHeader[] = [];

/** Two dozen rules ask each surface for its content, and each response for its fields: both are sorted out once. */
const contentOf = new WeakMap<Surface, readonly EffectiveResponse[]>();
const namesOf = new WeakMap<EffectiveResponse, ReadonlyMap<string, readonly EffectiveHeader[]>>();

function linesByName(response: EffectiveResponse): ReadonlyMap<string, readonly EffectiveHeader[]> {
	const known = namesOf.get(response);
	if (known !== undefined) return known;
	const lines = new Map<string, EffectiveHeader[]>();
	for (const header of response.headers) {
		const name = header.name.toLowerCase();
		const list = lines.get(name);
		if (list === undefined) lines.set(name, [header]);
		else list.push(header);
	}
	namesOf.set(response, lines);
	return lines;
}
