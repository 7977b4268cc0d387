import type { ObjectEntry, StaticValue } from '../../javascript/staticValue';
import type { CodeLiteral } from '../../model/appObservation';
import { camelCase } from './cspDirectives';
import type { Directive } from './cspEntries';
import type { Run } from './run';

/** Without helmet's defaults nothing restricts these: base-uri and form-action never fall back to default-src (CSP3, 6.1). */
const guarded: readonly (readonly [name: string, value: string])[] = [
	['base-uri', "'self'"],
	['form-action', "'self'"],
	['object-src', "'none'"],
];

/** Records which of them a policy with `useDefaults: false` leaves out. `object-src` counts where default-src is missing too, or wider than `'self'`. */
export function reportMissingDefaults(
	run: Run,
	useDefaults: ObjectEntry,
	directives: StaticValue | null,
	policy: ReadonlyMap<string, Directive>,
): void {
	const fallback = policy.get('default-src')?.entries.map(entry => entry.text);
	const covered = fallback?.every(entry => entry === "'self'" || entry === "'none'") ?? false;
	const missing = guarded.filter(([name]) => !policy.has(name) && (name !== 'object-src' || !covered));
	if (missing.length === 0) return;
	run.problems.push({
		kind: 'helmet-csp-no-defaults',
		place: useDefaults.place,
		missing: missing.map(([name]) => name),
		repairs:
			directives?.kind === 'object'
				? [
						{
							variant: 'add',
							title: `Add ${missing.map(([name]) => name).join(', ')}`,
							safe: false,
							change: {
								kind: 'all',
								changes: missing.map(([name, value]) => ({
									kind: 'add-property' as const,
									object: directives.place,
									name: camelCase(name),
									value: list(value),
								})),
							},
						},
					]
				: [],
		branch: null,
	});
}

function list(value: string): CodeLiteral {
	return { kind: 'array', elements: [{ kind: 'string', value }] };
}
