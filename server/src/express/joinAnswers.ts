import type { EffectiveHeader, SentPage, Unknown } from '../model/surface';
import { perhaps } from './headerFields';
import type { Ending } from './requestState';
import type { Link } from './steps';

/** What an app answers a request with. */
export interface AppAnswer {
	readonly ending: Ending;
	readonly headers: readonly EffectiveHeader[];
	readonly unknowns: readonly Unknown[];
	/** The registrations the request went through, in order. */
	readonly passed: readonly { readonly link: Link }[];
	/** The pages it may be, where none of what may fail fails. */
	readonly pages: readonly SentPage[];
}

/** The answer of a request that may take several ways: what all of them send alike stays certain. The first way tells the rest. */
export function joinAnswers(first: AppAnswer, others: readonly AppAnswer[]): AppAnswer {
	const own = first.headers.map(header =>
		others.every(({ headers }) => headers.some(each => isSame(each, header))) ? header : perhaps(header),
	);
	const more = others.flatMap(({ headers }, index) =>
		headers.filter(header => ![first, ...others.slice(0, index)].some(before => before.headers.some(each => hasText(each, header)))),
	);
	const isOneStatus = others.every(({ ending }) => ending.status === first.ending.status);
	return {
		...first,
		ending: isOneStatus ? first.ending : { ...first.ending, status: null },
		headers: [...own, ...more.map(perhaps)],
		unknowns: [...new Set([first, ...others].flatMap(({ unknowns }) => unknowns))],
	};
}

function isSame(left: EffectiveHeader, right: EffectiveHeader): boolean {
	return left.certainty === 'always' && hasText(left, right);
}

function hasText(left: EffectiveHeader, right: EffectiveHeader): boolean {
	return left.name.toLowerCase() === right.name.toLowerCase() && left.value.text === right.value.text;
}
