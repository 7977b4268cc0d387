import type { AppObservation } from '../../model/appObservation';
import type { HeaderOperation, OperationScope } from '../../model/operation';
import type { Place } from '../../text/span';
import type { HelmetOutcome } from './outcome';

/** Where a helmet call stands in the model. */
export interface CallSite {
	/** Unique in the analysis: operations, observations and the code writer know the call by it (`HelmetCallSpans`). */
	readonly group: string;
	/** The call. */
	readonly place: Place;
	readonly scope: OperationScope | null;
	/** Where the call itself is made only in a case of the program: `when isProd`. Null: always. */
	readonly branch: string | null;
}

/**
 * The outcome as operations of the response model: headers it sets, X-Powered-By it takes out. An operation whose option was
 * written has that property as its place, others the call.
 */
export function helmetOperations(outcome: HelmetOutcome, site: CallSite): readonly HeaderOperation[] {
	const shared = { timing: 'immediate', direction: 'response', group: site.group, scope: site.scope } as const;
	const set = outcome.headers.map(
		(header, index): HeaderOperation => ({
			...shared,
			id: `${site.group}/set/${index}`,
			action: 'set',
			name: header.name,
			namePlace: header.option?.keyPlace ?? null,
			value: header.value,
			place: header.option?.place ?? site.place,
			origin: header.origin,
			branch: both(site.branch, header.branch ?? (header.certainty === 'maybe' ? maybe : null)),
		}),
	);
	const removed = outcome.removed.map(
		(removal, index): HeaderOperation => ({
			...shared,
			id: `${site.group}/delete/${index}`,
			action: 'delete',
			name: removal.name,
			namePlace: removal.option?.keyPlace ?? null,
			value: null,
			place: removal.option?.place ?? site.place,
			origin: removal.option === null ? 'default' : 'written',
			branch: both(site.branch, removal.branch ?? (removal.certainty === 'maybe' ? maybe : null)),
		}),
	);
	return [...set, ...removed];
}

/** The branch of operations that hang on options nobody can resolve. */
const maybe = 'depending on options that are not known here';

/** What rules of the family `helmet` judge of the options, as observations of the surface. */
export function helmetObservations(outcome: HelmetOutcome, site: CallSite): readonly AppObservation[] {
	const { library } = outcome;
	return outcome.problems.map((problem, index) => ({
		...problem,
		library,
		branch: both(site.branch, problem.branch),
		id: `${site.group}/option/${index}`,
	}));
}

function both(outer: string | null, inner: string | null): string | null {
	if (outer === null || inner === null) return outer ?? inner;
	return outer === inner ? outer : `${outer} and ${inner}`;
}
