import type { ObjectEntry, StaticValue } from '../../server/src/javascript/staticValue';
import type { Place } from '../../server/src/text/span';

/** A value described once, to be made as a JavaScript value for the real helmet and as a `StaticValue` for the model. */
export type Spec =
	| { readonly kind: 'plain'; readonly value: string | number | boolean | null | undefined }
	| { readonly kind: 'list'; readonly items: readonly Spec[]; readonly set: boolean }
	| { readonly kind: 'object'; readonly entries: readonly (readonly [string, Spec])[] }
	| { readonly kind: 'function'; readonly returns: Spec }
	| { readonly kind: 'disable-default-src' };

export interface Built {
	readonly value: StaticValue;
	/** The real value; `helmet` has the symbol of `dangerouslyDisableDefaultSrc`. */
	readonly real: (helmet: Record<string, unknown>) => unknown;
}

const place: Place = { path: 'generated.ts', span: { start: 0, end: 0 } };

/** `symbols`: whether that version has `dangerouslyDisableDefaultSrc` (4.3.0 on); without it the property is undefined. */
export function buildStatic(spec: Spec, symbols: boolean): Built {
	return { value: staticOf(symbols ? spec : withoutSymbols(spec)), real: helmet => realOf(spec, helmet) };
}

function withoutSymbols(spec: Spec): Spec {
	if (spec.kind === 'disable-default-src') return { kind: 'plain', value: undefined };
	if (spec.kind === 'list') return { ...spec, items: spec.items.map(withoutSymbols) };
	return spec.kind === 'object' ? { ...spec, entries: spec.entries.map(([key, value]) => [key, withoutSymbols(value)]) } : spec;
}

function staticOf(spec: Spec): StaticValue {
	switch (spec.kind) {
		case 'plain':
			return plainOf(spec.value);
		case 'list':
			return { kind: 'array', elements: spec.items.map(staticOf), open: false, iterable: spec.set ? 'set' : 'array', place };
		case 'object':
			return {
				kind: 'object',
				entries: spec.entries.map(([key, value]): ObjectEntry => ({ key, keyPlace: place, value: staticOf(value), place })),
				open: false,
				place,
			};
		case 'function':
			return { kind: 'function', returns: staticOf(spec.returns), place };
		default:
			return { kind: 'disable-default-src', place };
	}
}

function plainOf(value: string | number | boolean | null | undefined): StaticValue {
	if (typeof value === 'string') return { kind: 'string', value, place, exact: false };
	if (typeof value === 'number') return { kind: 'number', value, place };
	if (typeof value === 'boolean') return { kind: 'boolean', value, place };
	return { kind: value === null ? 'null' : 'undefined', place };
}

function realOf(spec: Spec, helmet: Record<string, unknown>): unknown {
	switch (spec.kind) {
		case 'plain':
			return spec.value;
		case 'list': {
			const items = spec.items.map(item => realOf(item, helmet));
			return spec.set ? new Set(items) : items;
		}
		case 'object':
			return Object.fromEntries(spec.entries.map(([key, value]) => [key, realOf(value, helmet)]));
		case 'function':
			// helmet 3 prints functions; the model does not carry their source.
			return Object.assign(() => realOf(spec.returns, helmet), { toString: () => '...' });
		default: {
			const policy = helmet['contentSecurityPolicy'];
			return typeof policy === 'function' ? Reflect.get(policy, 'dangerouslyDisableDefaultSrc') : undefined;
		}
	}
}
