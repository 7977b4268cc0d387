import type { Place } from '../text/span';
import type { RequestAnswer } from './analysis';
import { type CaseWords, type Decision, isQuestion, wordsFor } from './cases';
import { lossesElsewhere } from './elsewhere';
import type { EffectiveHeader, EffectiveResponse, ResponseOutcome, Unknown } from './surface';
import { hasUnknown } from './value';

/** An answer with its reasons: how else it may come out, and where each header is lost. */
export interface Explanation extends RequestAnswer {
	/** The answers this request may get, the usual one first; at least one. */
	readonly answers: readonly PossibleAnswer[];
	/** One for each header of the response, in order. */
	readonly headers: readonly HeaderExplanation[];
	/** What the request passes through in an app, in order; empty for sites. */
	readonly middleware: readonly PassedMiddleware[];
}

/** One of the answers a request may get. */
export interface PossibleAnswer {
	/** Null where only the upstream or the code knows it. */
	readonly status: number | null;
	readonly outcome: ResponseOutcome;
	readonly upstream: string | null;
	/** A clause for people, such as `there is no file /x`; null where nothing short tells. */
	readonly when: string | null;
	/** What decides about it or gives it, or null. */
	readonly place: Place | null;
}

export interface HeaderExplanation {
	/** In which cases this request gets it; null for all that are known. */
	readonly when: Circumstance | null;
	/** Which other answers of the site or app are without it. */
	readonly elsewhere: readonly Circumstance[];
}

/** When a header is sent or lost, such as `not with error 404`. */
export interface Circumstance {
	readonly text: string;
	/** What that comes from, where the text does not say it: `there is no file /x`. */
	readonly because: string | null;
	readonly place: Place | null;
}

/** A registration of an app that a request reaches. */
export interface PassedMiddleware {
	/** As shown to people: `app.use(helmet())`. */
	readonly label: string;
	readonly place: Place;
	/** The headers it sets or removes, in order. */
	readonly changes: readonly { readonly action: 'set' | 'add' | 'delete' | 'default' | 'replace'; readonly name: string }[];
}

/** One way the request may be answered. */
export interface AnswerCase {
	readonly decisions: readonly Decision[];
	readonly status: number | null;
	readonly outcome: ResponseOutcome;
	readonly upstream: string | null;
	readonly answeredAt: Place | null;
	/** Something goes wrong that nobody need think of as a rule: the handler throws. */
	readonly exceptional: boolean;
	/** The lines of each field, by lower-case name. `sure` is false where it is not known whether this case has the line. */
	readonly lines: ReadonlyMap<string, readonly { readonly text: string; readonly sure: boolean }[]>;
}

/** Explains an answer by the cases it was joined from. `cases` may hold more than the answer counts: that a handler throws. */
export function explain(answer: RequestAnswer, cases: readonly AnswerCase[], middleware: readonly PassedMiddleware[] = []): Explanation {
	const groups = groupsOf(cases);
	const answers = groups.map(group => possibleAnswer(group, cases));
	const nth = new Map<string, number>();
	const headers = answer.response.headers.map((header): HeaderExplanation => {
		const key = `${header.name.toLowerCase()}\n${header.value.text}`;
		const count = (nth.get(key) ?? 0) + 1;
		nth.set(key, count);
		const when = circumstance(header, count, cases, groups, answers) ?? doubt(header, answer.response);
		return { when, elsewhere: lossesElsewhere(header, answer, when !== null) };
	});
	const unknown: PossibleAnswer = { ...answer.response, when: null, place: null };
	return { ...answer, answers: 0 < answers.length ? answers : [unknown], headers, middleware };
}

/** What could change the answer and is not among the reasons given for its alternatives. */
export function unexplained({ response, answers, headers }: Explanation): readonly Unknown[] {
	const isExplained = answers.every(({ when }, index) => when !== null || index === 0) && !headers.some(({ when }) => when?.text === vague);
	return isExplained ? response.unknowns.filter(unknown => !isQuestion(unknown)) : response.unknowns;
}

/** How people call an answer: `404`, `redirect 308`, `the answer of localhost:3000`. */
export function answerName({ status, outcome, upstream }: Pick<PossibleAnswer, 'status' | 'outcome' | 'upstream'>): string {
	if (outcome === 'abort') return 'no answer';
	if (status === null) return upstream === null || upstream === '' ? 'an unknown status' : `the status of ${upstream}`;
	return outcome === 'error' ? `error ${status}` : outcome === 'redirect' ? `redirect ${status}` : `${status}`;
}

function groupsOf(cases: readonly AnswerCase[]): readonly (readonly AnswerCase[])[] {
	const groups = new Map<string, AnswerCase[]>();
	for (const each of cases) {
		const key = `${each.status} ${each.outcome} ${each.upstream}`;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [each]);
		else group.push(each);
	}
	return [...groups.values()];
}

function possibleAnswer(group: readonly AnswerCase[], cases: readonly AnswerCase[]): PossibleAnswer {
	const [first] = group;
	const others = cases.filter(other => !group.includes(other));
	const words = contrast(group, others);
	return {
		status: first?.status ?? null,
		outcome: first?.outcome ?? 'unknown',
		upstream: first?.upstream ?? null,
		when: words?.text ?? null,
		place: first?.answeredAt ?? words?.place ?? null,
	};
}

function circumstance(
	{ name, value, operation }: EffectiveHeader,
	count: number,
	cases: readonly AnswerCase[],
	groups: readonly (readonly AnswerCase[])[],
	answers: readonly PossibleAnswer[],
): Circumstance | null {
	const linesOf = (each: AnswerCase) => each.lines.get(name.toLowerCase()) ?? [];
	const matching = (each: AnswerCase) => linesOf(each).filter(({ text }) => text === value.text);
	const without = cases.filter(each => matching(each).length < count);
	if (without.length === 0) return null;
	const having = cases.filter(each => count <= matching(each).filter(({ sure }) => sure).length);
	const other = without.every(each => 0 < linesOf(each).length);
	const lost = groups.flatMap((group, index) => (group.every(each => without.includes(each)) ? [index] : []));
	const kept = groups.flatMap((group, index) => (group.every(each => having.includes(each)) ? [index] : []));
	const named = (indices: readonly number[]): string =>
		indices.map(index => (answers[index] === undefined ? '' : answerName(answers[index]))).join(' or ');
	const reasons = (indices: readonly number[]): Pick<Circumstance, 'because' | 'place'> => {
		const found = indices.flatMap(index => answers[index] ?? []);
		const because = found.flatMap(({ when }) => when ?? []).join('; ');
		return { because: because === '' ? null : because, place: found[0]?.place ?? null };
	};
	if (lost.length + kept.length === groups.length && 0 < lost.length) {
		const hasName = (indices: readonly number[]): boolean => indices.every(index => typeof answers[index]?.status === 'number');
		const isShorter = kept.length < lost.length || (kept.length === lost.length && hasName(kept) && !hasName(lost));
		if (isShorter && 0 < kept.length) return { text: `only with ${named(kept)}`, ...reasons(kept) };
		const texts = new Set(without.flatMap(each => linesOf(each).map(({ text }) => text)));
		const [instead] = texts;
		const isShort = texts.size === 1 && instead !== undefined && instead.length < longestValue && !hasUnknown(instead);
		if (other && isShort) return { text: `with ${named(lost)} it is "${instead}"`, ...reasons(lost) };
		if (other) return { text: `another value with ${named(lost)}`, ...reasons(lost) };
		const late = operation?.timing === 'deferred' && lost.every(index => answers[index]?.outcome === 'error');
		return { text: `not with ${named(lost)}${late ? ', since it is deferred' : ''}`, ...reasons(lost) };
	}
	const losing = contrast(without, having);
	const sending = contrast(having, without);
	const isAwkward =
		losing === null || losing.text.startsWith('not ') || (sending !== null && sending.text.length <= losing.text.length + 10);
	if (sending !== null && isAwkward) return { text: `only where ${sending.text}`, because: null, place: sending.place };
	if (losing !== null) return { text: `${other ? 'another value' : 'not'} where ${losing.text}`, because: null, place: losing.place };
	return { text: vague, because: null, place: null };
}

/** Words for some cases. The usual ones are told from each other: that nothing goes wrong in them goes without saying. */
function contrast(targets: readonly AnswerCase[], others: readonly AnswerCase[]): CaseWords | null {
	const usual = targets.filter(({ exceptional }) => !exceptional);
	const told = 0 < usual.length ? usual : targets;
	const against = 0 < usual.length ? others.filter(({ exceptional }) => !exceptional) : others;
	return wordsFor(
		told.map(({ decisions }) => decisions),
		against.map(({ decisions }) => decisions),
	);
}

/** Said where no short words tell the cases apart. */
const vague = 'in some of these cases only';

/** A value longer than this is not repeated in a sentence. */
const longestValue = 60;

/** Why a header that all known cases send is no promise. */
function doubt({ certainty, name }: EffectiveHeader, { unknowns }: EffectiveResponse): Circumstance | null {
	if (certainty === 'always') return null;
	const own = unknowns.find(({ headers }) => headers?.includes(name.toLowerCase()) === true);
	const found = own ?? unknowns.find(({ headers }) => headers === null);
	return found === undefined
		? { text: 'not certain', because: null, place: null }
		: { text: `not certain: ${found.reason}`, because: null, place: found.place };
}
