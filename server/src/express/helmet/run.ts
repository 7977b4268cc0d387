import type { StaticValue } from '../../javascript/staticValue';
import type { OptionRepair } from '../../model/appObservation';
import type { Place } from '../../text/span';
import type { HelmetHeader, HelmetOmission, HelmetProblem, HelmetRemoval, HelmetWarning, WrittenOption } from './outcome';
import type { VersionNumber } from './version';

/** One construction of helmet in one case of the program: collects what it does. Options hold no branches any more. */
export interface Run {
	readonly version: VersionNumber;
	/** As installed: `7.2.0`. */
	readonly versionText: string;
	/** What is constructed: where a finding goes that no option is responsible for. */
	readonly callPlace: Place;
	readonly headers: HelmetHeader[];
	readonly omitted: HelmetOmission[];
	readonly removed: HelmetRemoval[];
	readonly problems: HelmetProblem[];
	readonly warnings: HelmetWarning[];
}

/** What one middleware is made from. */
export interface Subject {
	/** The header, in helmet's spelling. */
	readonly header: string;
	/** The option's name, or the standalone's: `hsts`. */
	readonly name: string;
	/** Null for standalone calls and defaults. */
	readonly option: WrittenOption | null;
	/** The options given; null where none were, or `true`. */
	readonly value: StaticValue | null;
}

/** An empty record of one construction; `versionText` is the version as installed (`8.3.0`), `callPlace` the call. */
export function createRun(version: VersionNumber, versionText: string, callPlace: Place): Run {
	return { version, versionText, callPlace, headers: [], omitted: [], removed: [], problems: [], warnings: [] };
}

/** Records that construction throws, with helmet's own words. */
export function throwAt(run: Run, header: string | null, place: Place, message: string, repairs: readonly OptionRepair[] = []): void {
	run.problems.push({ kind: 'helmet-throws', place, message, when: 'start', header, repairs, branch: null });
}

/** Records that every request fails with status 500. */
export function throwOnRequest(
	run: Run,
	header: string | null,
	place: Place,
	message: string,
	repairs: readonly OptionRepair[] = [],
): void {
	run.problems.push({ kind: 'helmet-throws', place, message, when: 'request', header, repairs, branch: null });
}

/** Records what helmet prints with console.warn at start. */
export function warnAt(run: Run, place: Place, message: string): void {
	run.warnings.push({ message, place, branch: null });
}

/** Records that helmet passes over a value and sends `sent` as if it were not there. */
export function ignoreAt(
	run: Run,
	subject: Subject,
	place: Place,
	expects: string,
	sent: string | null,
	repairs: readonly OptionRepair[] = [],
): void {
	run.problems.push({
		kind: 'helmet-option-ignored',
		place,
		option: subject.name,
		header: subject.header,
		expects,
		sent,
		repairs,
		branch: null,
	});
}

/** The repair that deletes a property or an element. Safe where it was without effect. */
export function removal(place: Place, name: string, safe: boolean): OptionRepair {
	return { variant: 'remove', title: `Remove ${name}`, safe, change: { kind: 'remove', place } };
}

/** The repair that renames a key. */
export function renaming(keyPlace: Place, from: string, to: string): OptionRepair {
	return { variant: 'rename', title: `Rename ${from} to ${to}`, safe: true, change: { kind: 'rename-key', keyPlace, name: to } };
}
