import type { RequestAnswer } from './analysis';
import type { Circumstance } from './explanation';
import { carries } from './sentHeaders';
import type { EffectiveHeader, EffectiveResponse } from './surface';

/**
 * Which other answers of the same site or app are without a header: what its operation is written for, or else the errors and the
 * paths that lose it, the first few. `knowsErrors`: that errors lose it is said already. Empty for what nobody wrote, for fields
 * that are different for each request, for what an app behind the site sends, and where all answers that are known have it.
 */
export function lossesElsewhere(
	header: EffectiveHeader,
	{ surface, response }: RequestAnswer,
	knowsErrors: boolean,
): readonly Circumstance[] {
	const { name, operation, overrode, origin } = header;
	// What the app behind a proxy sends of its own is no matter of the site.
	if (surface === null || operation === null || origin === 'upstream' || /^(?:vary|access-control-.*|set-cookie)$/i.test(name)) return [];
	const field = name.toLowerCase();
	const others = surface.responses.filter(other => other.outcome !== 'abort' && !isSame(other.request, response.request));
	const without = others.filter(other => !carries(other, field) && other.scope?.label !== response.scope?.label);
	if (operation.scope !== null)
		return without.length === 0 || 0 < overrode.length
			? []
			: [{ text: `set only for ${operation.scope.label}`, because: null, place: null }];
	const errors = others.filter(other => !carries(other, field) && isError(other) && sibling(other, surface.responses, field));
	const found: Circumstance[] = [];
	if (0 < errors.length && !knowsErrors) {
		const statuses = [...new Set(errors.map(({ status }) => status ?? 'an error'))];
		const why = operation.timing === 'deferred' ? ', since it is deferred' : '';
		found.push({ text: `lost with ${statuses.join(' and ')}${why}`, because: null, place: null });
	}
	for (const other of others) {
		if (errors.includes(other) || isMishap(other)) continue;
		const place = other.answeredAt ?? null;
		const own = other.headers.find(({ name, origin }) => name.toLowerCase() === field && origin === 'server');
		if (!carries(other, field)) found.push({ text: `not for ${called(other)}`, because: null, place });
		else if (own !== undefined && own.value.text !== header.value.text)
			found.push({ text: `replaced by the server's own for ${called(other)}`, because: null, place });
	}
	const told = found.filter(({ text }, index) => found.findIndex(each => each.text === text) === index);
	const rest = told.length - mostSentences;
	if (rest <= 1) return told;
	return [...told.slice(0, mostSentences), { text: `nor for ${rest} more kinds of request`, because: null, place: null }];
}

/** More of them are counted. */
const mostSentences = 3;

function isSame(left: EffectiveResponse['request'], right: EffectiveResponse['request']): boolean {
	return left.method === right.method && pathOf(left.url) === pathOf(right.url);
}

function isError({ outcome }: EffectiveResponse): boolean {
	return outcome === 'error' || outcome === 'redirect';
}

/** Whether it is the answer of an app to a request that goes wrong; each request has its own among its answers. */
function isMishap({ scope }: EffectiveResponse): boolean {
	return scope?.label === 'errors' || /\(\d{3}\)$/.test(scope?.label ?? '');
}

/** Whether the same request has the field when all goes well. */
function sibling(lost: EffectiveResponse, responses: readonly EffectiveResponse[], field: string): boolean {
	return responses.some(
		other => other !== lost && other.scope?.label === lost.scope?.label && isSame(other.request, lost.request) && carries(other, field),
	);
}

function called({ scope, request, status, outcome }: EffectiveResponse): string {
	if (scope !== null) return scope.label;
	const path = pathOf(request.url);
	return outcome === 'error' && status !== null ? `${path} with error ${status}` : path;
}

function pathOf(url: string): string {
	return url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/, '') || '/';
}
