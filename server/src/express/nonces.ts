import type { StaticValue } from '../javascript/staticValue';
import type { AppObservation } from '../model/appObservation';
import type { ChainParts } from './chain';

/**
 * Nonces that do not change from answer to answer: made once when helmet is called, outside of any function; or read from
 * `res.locals` that nothing in sight writes before helmet runs. Literal ones are judged by the policy's own rules.
 */
export function noncesOf({ handler, group, app, entry }: ChainParts['helmets'][number], parts: ChainParts): readonly AppObservation[] {
	const found: AppObservation[] = [];
	// What is registered on the same app behind helmet runs when the policy is already set.
	const at = app === null || entry === null ? -1 : app.entries.indexOf(entry);
	const later = app === null || at < 0 ? [] : app.entries.slice(at + 1).map(({ place }) => place);
	for (const text of textsIn(handler.options, false)) {
		const { value, perRequest } = text;
		const at = value.parts.findIndex(part => part.kind === 'string' && part.value.endsWith("'nonce-"));
		const nonce = at < 0 ? undefined : value.parts[at + 1];
		if (nonce === undefined || nonce.kind !== 'unknown') continue;
		if (!perRequest && !handler.perRequest && /random|uuid|nanoid|nonce\(|createHash|Date\.now/i.test(nonce.reason))
			found.push({ kind: 'nonce-constant', id: parts.nextId(), place: value.place, why: 'made-once', label: nonce.reason, group });
		const local = /^\w+\.locals\.(\w+)$/.exec(nonce.reason)?.[1];
		if (!perRequest || local === undefined || parts.writesLocal === null || parts.writesLocal(local, later)) continue;
		const why = parts.writesLocal(local, []) ? 'set-later' : 'undefined';
		found.push({ kind: 'nonce-constant', id: parts.nextId(), place: value.place, why, label: nonce.reason, group });
	}
	return found;
}

type Text = Extract<StaticValue, { kind: 'text' }>;

/** The texts with unknown parts in a value, and whether a function makes them anew for each request. */
function textsIn(value: StaticValue | null, perRequest: boolean): readonly { readonly value: Text; readonly perRequest: boolean }[] {
	switch (value?.kind) {
		case 'text':
			return [{ value, perRequest }];
		case 'array':
			return value.elements.flatMap(element => textsIn(element, perRequest));
		case 'object':
			return value.entries.flatMap(entry => textsIn(entry.value, perRequest));
		case 'function':
			return textsIn(value.returns, true);
		case 'branch':
			return [...textsIn(value.whenTrue, perRequest), ...textsIn(value.whenFalse, perRequest)];
		default:
			return [];
	}
}
