import type { Place } from '../text/span';
import type { Unknown } from './surface';

/** A yes-or-no question nobody can answer by reading. `yes` and `no` are clauses for people; without one that answer goes without saying. */
export interface Question extends Unknown {
	readonly yes?: string;
	readonly no?: string;
}

/** Whether an unknown was a question, so that both answers were looked at. */
export function isQuestion(unknown: Unknown): unknown is Question {
	return 'yes' in unknown || 'no' in unknown;
}

/** An answer that is taken for granted in one case. */
export interface Decision {
	/** The same for the same question. */
	readonly identity: string;
	readonly question: Question;
	readonly answer: boolean;
}

/** Words for some of the cases, and where what decides about them is written. */
export interface CaseWords {
	readonly text: string;
	readonly place: Place;
}

/**
 * Says in as few words as possible which cases `targets` are, in contrast to `others`: `there is no file /x`. What else there
 * may be does not count. Null where there is nothing to tell apart, or where it would take too many words.
 */
export function wordsFor(targets: readonly (readonly Decision[])[], others: readonly (readonly Decision[])[]): CaseWords | null {
	if (targets.length === 0 || others.length === 0) return null;
	const terms: CaseWords[] = [];
	let left = targets;
	while (0 < left.length) {
		const [first] = left;
		const term = first === undefined ? null : smallest(first, others);
		if (term === null) return null;
		left = left.filter(decisions => !holds(term, decisions));
		const words = wordsOf(term);
		if (words !== null && !terms.some(({ text }) => text === words.text)) terms.push(words);
		if (mostTerms < terms.length) return null;
	}
	const [first] = terms;
	return first === undefined ? null : { text: terms.map(({ text }) => text).join(', or '), place: first.place };
}

/** More alternatives than this are no sentence anybody reads. */
const mostTerms = 3;

/** The fewest decisions of a case that none of the others has; null where it differs from one by nothing that can be said. */
function smallest(decisions: readonly Decision[], others: readonly (readonly Decision[])[]): readonly Decision[] | null {
	let kept = decisions;
	if (!tellsApart(kept, others)) return null;
	// What was decided last stands nearest to the outcome, so the first decisions go first.
	for (const decision of decisions) {
		const fewer = kept.filter(other => other !== decision);
		if (tellsApart(fewer, others)) kept = fewer;
	}
	return kept;
}

function tellsApart(term: readonly Decision[], others: readonly (readonly Decision[])[]): boolean {
	return wordsOf(term) !== null && !others.some(decisions => holds(term, decisions));
}

function holds(term: readonly Decision[], decisions: readonly Decision[]): boolean {
	return term.every(({ identity, answer }) => decisions.some(other => other.identity === identity && other.answer === answer));
}

function wordsOf(term: readonly Decision[]): CaseWords | null {
	const said = term.flatMap(({ question, answer }) => {
		const text = answer ? question.yes : question.no;
		return text === undefined ? [] : [{ text, place: question.place }];
	});
	const last = said[said.length - 1];
	return last === undefined ? null : { text: [...new Set(said.map(({ text }) => text))].join(' and '), place: last.place };
}
