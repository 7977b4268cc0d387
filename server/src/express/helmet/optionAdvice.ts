import type { StaticValue } from '../../javascript/staticValue';
import type { CodeLiteral, OptionRepair } from '../../model/appObservation';
import { isUnknown } from '../../model/value';
import { isWithin } from '../../text/span';
import { middlewareOf } from './headers';
import { type Run, removal, type Subject } from './run';
import { property } from './values';
import { since } from './version';

/** Records the options that change nothing: `plain` is what the same version does without options. */
export function reportDefaults(run: Run, options: StaticValue, plain: Run): void {
	for (const { option, alias, header, isDefault } of middlewareOf(run.version)) {
		for (const name of alias === null ? [option] : [option, alias]) {
			const found = property(options, name);
			if (found.state !== 'present') continue;
			const { entry } = found;
			const touched = run.problems.some(problem => problem.kind !== 'helmet-old-hsts-default' && isWithin(problem.place, entry.place));
			if (touched || entry.value.kind === 'undefined') continue;
			const off = entry.value.kind === 'boolean' && !entry.value.value;
			if (off ? isDefault(run.version) : !sentAlike(run, plain, header, name)) continue;
			run.problems.push({
				kind: 'helmet-option-default',
				place: entry.place,
				option: name,
				header,
				repairs: [removal(entry.place, `${name} (the default)`, false)],
				branch: null,
			});
		}
	}
}

function sentAlike(run: Run, plain: Run, header: string, option: string): boolean {
	if (header === 'X-Powered-By') return run.removed.some(removed => removed.option?.name === option && removed.certainty === 'always');
	const now = run.headers.find(sent => sent.name === header && (sent.option?.name === option || sent.option === null));
	const before = plain.headers.find(sent => sent.name === header);
	return now !== undefined && before !== undefined && !isUnknown(now.value) && sorted(now.value.text) === sorted(before.value.text);
}

/** Two policies with the same directives in another order are the same. */
function sorted(text: string): string {
	return text.split(';').sort().join(';');
}

const oneYear: CodeLiteral = { kind: 'number', value: 31_536_000 };

/** Records a Strict-Transport-Security whose 180 days nobody wrote (helmet before 8). */
export function reportOldMaxAge(run: Run, subject: Subject): void {
	if (since(8) <= run.version) return;
	const { value, option } = subject;
	if (value !== null && value.kind !== 'object' && value.kind !== 'boolean' && value.kind !== 'undefined') return;
	if (
		value?.kind === 'object' &&
		(value.open || property(value, 'maxAge').state !== 'absent' || property(value, 'maxage').state !== 'absent')
	)
		return;
	run.problems.push({
		kind: 'helmet-old-hsts-default',
		place: option?.place ?? run.callPlace,
		version: run.versionText,
		repairs: [repair(run, subject)],
		branch: null,
	});
}

function repair(run: Run, { value, option }: Subject): OptionRepair {
	const year: CodeLiteral = { kind: 'object', entries: [['maxAge', oneYear]] };
	const base = { variant: 'add', title: 'Set maxAge to 31536000 (one year)', safe: false } as const;
	if (value?.kind === 'object') return { ...base, change: { kind: 'add-property', object: value.place, name: 'maxAge', value: oneYear } };
	if (option !== null) return { ...base, change: { kind: 'replace-value', place: option.valuePlace, value: year } };
	return { ...base, change: { kind: 'add-option', call: run.callPlace, name: 'hsts', value: year } };
}
