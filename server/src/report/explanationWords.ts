import { answerName, type Circumstance, type Explanation, type PassedMiddleware } from '../model/explanation';
import type { EffectiveHeader } from '../model/surface';
import type { Place } from '../text/span';

/** The answers that are possible, as one clause: `200 or error 404`, `status unknown`. */
export function possibleStatuses({ answers, response }: Explanation): string {
	const names = [...new Set(answers.map(answerName))];
	const only = names.length === 1 ? answers[0] : undefined;
	if (only === undefined) return names.length <= 2 ? names.join(' or ') : `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`;
	if (only.status === null && only.upstream === null && only.outcome !== 'abort') return 'status unknown';
	return only.status !== null && response.status === null ? `perhaps ${answerName(only)}` : answerName(only);
}

/** Where a header comes from. `at` shows a place as `Caddyfile:4`. */
export function headerOrigin({ operation, origin }: EffectiveHeader, at: (place: Place) => string): string {
	if (operation !== null) return operation.origin === 'default' ? `by default, ${at(operation.place)}` : at(operation.place);
	return origin === 'upstream' ? 'sent by the app behind it' : 'added by the server itself';
}

/** A circumstance as one clause, with its reason. */
export function circumstanceText({ text, because }: Circumstance): string {
	return because === null ? text : `${text} (${because})`;
}

/** What a middleware does to the headers: `sets A, B; removes C`. Empty for nothing. */
export function changesText({ changes }: PassedMiddleware): string {
	const verbs: readonly (readonly [verb: string, actions: readonly string[]])[] = [
		['sets', ['set', 'default', 'replace']],
		['adds', ['add']],
		['removes', ['delete']],
	];
	return verbs
		.flatMap(([verb, actions]) => {
			const names = [...new Set(changes.filter(({ action }) => actions.includes(action)).map(({ name }) => name))];
			return names.length === 0 ? [] : [`${verb} ${names.join(', ')}`];
		})
		.join('; ');
}

/** What is lost elsewhere, once for all headers it is true of: a call of helmet sets a dozen. */
export function lossesByCircumstance({
	response,
	headers,
}: Explanation): readonly { readonly circumstance: Circumstance; readonly names: readonly string[] }[] {
	const found = new Map<string, { readonly circumstance: Circumstance; readonly names: string[] }>();
	response.headers.forEach(({ name }, index) => {
		for (const circumstance of headers[index]?.elsewhere ?? []) {
			const key = `${circumstance.text} ${circumstance.place?.path} ${circumstance.place?.span.start}`;
			const known = found.get(key);
			if (known === undefined) found.set(key, { circumstance, names: [name] });
			else if (!known.names.includes(name)) known.names.push(name);
		}
	});
	return [...found.values()];
}
