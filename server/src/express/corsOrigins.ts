import { readAllowedOrigin } from '../headers/cors';
import { isLocalHost } from '../headers/hosts';
import type { StaticValue } from '../javascript/staticValue';
import type { AppObservation, OptionRepair } from '../model/appObservation';
import { literalValue } from '../model/value';
import type { CorsLibrary } from './corsHeaders';
import { casesOf } from './headerValue';

type Unmatched = Extract<AppObservation, { readonly kind: 'cors-origin-unmatched' }>;

/**
 * The texts in a list of origins that no browser ever sends as its Origin: the packages compare each as a whole (cors 2.8, lib/index.js,
 * `isOriginAllowed`; @fastify/cors 11, index.js; hono 4, middleware/cors). `branch` is the case in which the call is made. Of what is not
 * known nothing is said.
 */
export function unmatchedOrigins(
	options: StaticValue | null,
	library: CorsLibrary,
	branch: string | null,
	nextId: () => string,
): readonly Unmatched[] {
	const entries = options?.kind === 'object' ? options.entries : [];
	const option = (name: string): StaticValue | undefined => entries.findLast(({ key }) => key === name)?.value;
	const origin = option('origin');
	return (origin === undefined ? [] : casesOf(origin, branch)).flatMap(({ value: list, branch: holdsIn }) => {
		if (list.kind !== 'array') return [];
		return list.elements.flatMap((element): readonly Unmatched[] => {
			if (element.kind !== 'string') return [];
			const isOnly = list.elements.length === 1 && !list.open && option('credentials') === undefined;
			const found = element.value === '*' ? anyInList(library, isOnly ? list : null) : unmatched(element);
			return found === null ? [] : [{ kind: 'cors-origin-unmatched', id: nextId(), place: element.place, ...found, branch: holdsIn }];
		});
	});
}

/** `*` in a list: @fastify/cors takes it as any, to the others it is a text that no origin is. `only`: the list, where it has nothing else. */
function anyInList(library: CorsLibrary, only: StaticValue | null): Pick<Unmatched, 'why' | 'repairs'> | null {
	if (library === 'other') return null;
	return { why: "is '*', which means any origin only where it stands alone", repairs: only === null ? [] : [written('*', only, false)] };
}

function unmatched(element: Extract<StaticValue, { kind: 'string' }>): Pick<Unmatched, 'why' | 'repairs'> | null {
	const text = element.value;
	const origin = readAllowedOrigin(literalValue(text, element.place));
	// Apps in a web view may send names of their own (`file://`).
	if (origin.kind !== 'invalid' || text.trim() === '' || /^(?!https?:)[a-z][a-z0-9+.-]*:\/\//i.test(text)) return null;
	const host = /^([a-z0-9.-]+)(?::\d+)?\/?$/i.exec(text)?.[1];
	if (origin.repair !== null) return { why: origin.why, repairs: [written(origin.repair, element, true)] };
	if (host === undefined) return { why: origin.why, repairs: [] };
	return {
		why: origin.why,
		repairs: [written(`${isLocalHost(host) ? 'http' : 'https'}://${text.replace(/\/$/, '').toLowerCase()}`, element, false)],
	};
}

function written(value: string, { place }: StaticValue, safe: boolean): OptionRepair {
	return { variant: 'write', title: `Write ${value}`, safe, change: { kind: 'replace-value', place, value: { kind: 'string', value } } };
}
