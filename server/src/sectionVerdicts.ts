import { fileOfSection } from './caddy/readSections';
import type { SectionChanges, SectionedFile } from './caddy/sectionedFile';
import type { Part } from './caddy/sectionPart';
import type { Section } from './caddyfile/sections';
import { type Finding, type FixesOf, sameFinding } from './finding';
import { mergeFindings } from './lint';
import { verdictAfterTrivia } from './verdictAfterTrivia';

/** What was said of one section, and what that depended on besides its text. */
export interface Verdict {
	readonly circumstances: string;
	/** Null where no rule looked at other files, or at all sites. */
	readonly links: number | null;
	readonly faces: number | null;
	/** Other sections its findings point to. */
	readonly mentions: readonly string[];
	/** Findings in the section itself, merged, in order. */
	readonly own: readonly Finding[];
	/** Findings that lie in other sections or files. */
	readonly foreign: readonly Finding[];
}

/** Counters of what findings may depend on outside of their section. */
export interface Revisions {
	/** Of the other files of the workspace, and of pages. */
	readonly links: number;
	/** Of what all sites of the file together show. */
	readonly faces: number;
}

/** Who judges a section. */
export interface Judges {
	judge(part: Part): Verdict;
	/** Writes the fixes of the findings of a section. */
	fixesIn(sectionPath: string): FixesOf;
}

/** How much is judged in one go. */
export interface Pace {
	readonly first: readonly Part[];
	/** Whether the others are judged as well, at least one, until `isOver`. */
	readonly others: boolean;
	isOver(): boolean;
}

/** The verdicts on the sections of a file and the findings they come to. Only what a change touches is worked out again. */
export interface Verdicts {
	forget(): void;
	/**
	 * Judges the sections whose verdict no longer holds, as far as the pace says; what is left is judged the next time. `moved` says that a
	 * revision has changed.
	 */
	update(changes: SectionChanges, moved: boolean, judges: Judges, revisions: Revisions, pace: Pace): void;
	/** Whether there are sections that have yet to be judged. */
	readonly isBehind: boolean;
	/** Takes over what is said of no section in particular. */
	together(findings: readonly Finding[]): void;
	/** What is shown of a section, in order. */
	findingsIn(sectionPath: string): readonly Finding[];
	readonly count: number;
	/** Findings in other files. */
	readonly elsewhere: readonly Finding[];
}

/** Makes the verdicts of one file, none at first. */
export function createVerdicts(file: SectionedFile): Verdicts {
	const kept = new Map<string, Verdict>();
	/** Sections whose verdict depends on other files, or on all sites. */
	const delicate = new Set<string>();
	/** Sections that say something of others. */
	const speakers = new Set<string>();
	/** The sections whose findings point to a section, by its path. */
	const mentionedBy = new Map<string, Set<string>>();
	/** Sections that have to be judged, or looked at again whether they have to. */
	const due = new Set<string>();
	const shown = new Map<string, readonly Finding[]>();
	/** Sections that others say something of. */
	const targets = new Set<string>();
	/** Sections whose findings are to be put together again when somebody asks for them; null for all. */
	let stale: Set<string> | null = new Set();
	/** Whether what sections say of others has changed. */
	let foreignChanged = false;
	let common: readonly Finding[] = [];
	let elsewhere: readonly Finding[] = [];
	let count = 0;

	const forgetMentions = (path: string): void => {
		for (const other of kept.get(path)?.mentions ?? []) mentionedBy.get(other)?.delete(path);
	};
	const keep = (path: string, verdict: Verdict): void => {
		forgetMentions(path);
		kept.set(path, verdict);
		if (verdict.links !== null || verdict.faces !== null) delicate.add(path);
		else delicate.delete(path);
		if (0 < verdict.foreign.length) speakers.add(path);
		else speakers.delete(path);
		for (const other of verdict.mentions) {
			const mentioning = mentionedBy.get(other);
			if (mentioning === undefined) mentionedBy.set(other, new Set([path]));
			else mentioning.add(path);
		}
	};
	const drop = (path: string): void => {
		forgetMentions(path);
		kept.delete(path);
		due.delete(path);
		delicate.delete(path);
		speakers.delete(path);
		targets.delete(path);
		stale?.delete(path);
		count -= shown.get(path)?.length ?? 0;
		shown.delete(path);
	};
	const show = (path: string, findings: readonly Finding[]): void => {
		count += findings.length - (shown.get(path)?.length ?? 0);
		shown.set(path, findings);
	};
	/** What others say of some sections, or of all; in the order of the file. */
	const foreignTo = (wanted: ReadonlySet<string> | null): ReadonlyMap<string, readonly Finding[]> => {
		const found = new Map<string, Finding[]>();
		const outside: Finding[] = [];
		const add = (finding: Finding): void => {
			const { path } = finding.place;
			if (file.partOf(path) === undefined) outside.push(finding);
			else if (wanted === null || wanted.has(path)) {
				const list = found.get(path);
				if (list === undefined) found.set(path, [finding]);
				else list.push(finding);
			}
		};
		common.forEach(add);
		const speaking = [...speakers].flatMap(path => file.partOf(path) ?? []).sort((left, right) => left.start - right.start);
		for (const { section } of speaking) kept.get(section.path)?.foreign.forEach(add);
		elsewhere = outside;
		for (const path of found.keys()) targets.add(path);
		return found;
	};
	/** Whether it is this finding that stands for all of its kind at its place, or it lies in another file. */
	const isShown = (finding: Finding): boolean => shown.get(finding.place.path)?.includes(finding) !== false;
	const showAgain = (paths: Iterable<string>, foreign: ReadonlyMap<string, readonly Finding[]>): void => {
		for (const path of paths) {
			const own = kept.get(path)?.own ?? [];
			const others = foreign.get(path) ?? [];
			// Of two mistakes at one place the one of the file as a whole is told, as Caddy does, which compares the addresses first.
			const ofFile = others.filter(finding => common.includes(finding));
			show(path, others.length === 0 ? own : mergeFindings([...ofFile, ...own, ...others]));
		}
	};
	/** Puts together what is shown, where it may be something else than it was. */
	const settle = (): void => {
		if (stale === null) {
			count = 0;
			shown.clear();
			showAgain(
				file.parts.map(({ section }) => section.path),
				foreignTo(null),
			);
		} else if (0 < stale.size) {
			const present = new Set([...stale].filter(path => file.partOf(path) !== undefined));
			showAgain(present, foreignChanged || [...present].some(path => targets.has(path)) ? foreignTo(present) : none);
		}
		stale = new Set();
		foreignChanged = false;
	};
	return {
		forget: () => {
			kept.clear();
			speakers.clear();
			mentionedBy.clear();
			due.clear();
		},
		update: (changes, moved, judges, revisions, pace) => {
			const judgeAgain = (part: Part, old: Verdict | undefined, before?: Section): void => {
				const { path } = part.section;
				const verdict =
					(old === undefined || before === undefined || !holds(old, part, file, revisions)
						? null
						: verdictAfterTrivia(old, before, part.section, judges.fixesIn(path))) ?? judges.judge(part);
				part.letGo();
				keep(path, verdict);
				due.delete(path);
				stale?.add(path);
				if (old !== undefined && sayTheSame(old.foreign, verdict.foreign) && !old.foreign.some(isShown)) return;
				foreignChanged = true;
				for (const { place } of [...(old?.foreign ?? []), ...verdict.foreign])
					if (fileOfSection(place.path) !== place.path) stale?.add(place.path);
			};
			const stillHolds = (path: string): boolean => {
				const part = file.partOf(path);
				const verdict = kept.get(path);
				return part === undefined || (verdict !== undefined && holds(verdict, part, file, revisions));
			};
			const judgeDue = (path: string): void => {
				due.delete(path);
				const part = file.partOf(path);
				if (part !== undefined && !stillHolds(path)) judgeAgain(part, kept.get(path));
			};
			if (changes.arranged || (kept.size === 0 && due.size === 0)) {
				for (const path of [...kept.keys()]) if (file.partOf(path) === undefined) drop(path);
				due.clear();
				for (const { section } of file.parts) due.add(section.path);
				stale = null;
			} else {
				for (const [gone, { before, part }] of changes.replaced) {
					const old = kept.get(gone);
					const mentioning = mentionedBy.get(gone);
					drop(gone);
					if (file.partOf(gone) === undefined) mentionedBy.delete(gone);
					if (file.partOf(part.section.path) === part) {
						// What was never judged has nothing that could move along: it waits for its turn as the others do.
						if (old === undefined) due.add(part.section.path);
						else judgeAgain(part, old, before);
					}
					for (const path of mentioning ?? []) if (!stillHolds(path)) due.add(path);
				}
				if (moved) for (const path of delicate) if (!stillHolds(path)) due.add(path);
			}
			for (const { section } of pace.first) if (due.has(section.path)) judgeDue(section.path);
			if (!pace.others) return;
			for (const path of due) {
				judgeDue(path);
				if (pace.isOver()) break;
			}
		},
		get isBehind() {
			return 0 < due.size;
		},
		together: findings => {
			common = findings;
			stale = null;
		},
		findingsIn: path => {
			settle();
			return shown.get(path) ?? [];
		},
		get count() {
			settle();
			return count;
		},
		get elsewhere() {
			settle();
			return elsewhere;
		},
	};
}

const none: ReadonlyMap<string, readonly Finding[]> = new Map();

/** Whether the findings of one section about others may stand for those of its successor. */
function sayTheSame(left: readonly Finding[], right: readonly Finding[]): boolean {
	return (
		left.length === right.length &&
		left.every((finding, index) => {
			const other = right[index];
			return other !== undefined && sameFinding(finding, other);
		})
	);
}

function holds(verdict: Verdict, part: Part, file: SectionedFile, revisions: Revisions): boolean {
	return (
		verdict.circumstances === part.circumstances &&
		(verdict.links === null || verdict.links === revisions.links) &&
		(verdict.faces === null || verdict.faces === revisions.faces) &&
		verdict.mentions.every(path => file.partOf(path) !== undefined)
	);
}
