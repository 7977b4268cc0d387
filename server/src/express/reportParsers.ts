import type { StaticValue } from '../javascript/staticValue';
import type { AppObservation } from '../model/appObservation';
import type { ChainParts, Link } from './chain';

/** What the Reporting API sends, and what `report-uri` does (CSP3 5.3; Reporting API 3.5.2). */
const reports = 'application/reports+json';

/**
 * `express.json()` on a POST route that does not read the bodies of the Reporting API. Whether reports go there is for the rule
 * to say. Types that are not known statically, or that are wildcards, are passed over (body-parser, `type`).
 */
export function reportParsers(links: readonly Link[], parts: ChainParts): readonly AppObservation[] {
	return links.flatMap(({ entry }) => {
		if (entry.kind !== 'route' || (entry.method !== 'POST' && entry.method !== null)) return [];
		return entry.handlers.flatMap((handler): readonly AppObservation[] => {
			if (handler.kind !== 'harmless' || handler.jsonOptions === undefined) return [];
			const type = typeOf(handler.jsonOptions);
			const types = type === null ? ['application/json'] : textsOf(type);
			if (
				type?.kind === 'undefined' ||
				types === null ||
				types.some(each => each === reports || each.includes('*') || each.startsWith('+'))
			)
				return [];
			const elements = [...types, reports].map(value => ({ kind: 'string' as const, value }));
			const repairs =
				type === null
					? []
					: [
							{
								variant: 'read-reports',
								title: `Read ${reports} too`,
								safe: false,
								change: { kind: 'replace-value' as const, place: type.place, value: { kind: 'array' as const, elements } },
							},
						];
			return [
				{ kind: 'report-body-parser', id: parts.nextId(), place: type?.place ?? handler.place, path: entry.pathLabel, types, repairs },
			];
		});
	});
}

/** The `type` option: null where there is none, `undefined` where it cannot be told. */
function typeOf(options: StaticValue | null): StaticValue | null {
	if (options === null) return null;
	if (options.kind !== 'object' || options.open) return { kind: 'undefined', place: options.place };
	return options.entries.findLast(({ key }) => key === 'type')?.value ?? null;
}

function textsOf(type: StaticValue): readonly string[] | null {
	const values = type.kind === 'array' && !type.open ? type.elements : [type];
	const texts = values.map(value => (value.kind === 'string' ? value.value.toLowerCase() : null));
	return texts.every(text => text !== null) ? texts : null;
}
