import type { AppObservation, ChainEntry, HelmetLibrary, OptionRepair } from '../../../model/appObservation';
import { carries } from '../../../model/sentHeaders';
import type { Surface } from '../../../model/surface';
import type { FixProposal, RelatedPlace } from '../../rule';

/** The observations of one kind on a surface, in order. */
export function observed<K extends AppObservation['kind']>(
	surface: Surface,
	kind: K,
): readonly Extract<AppObservation, { readonly kind: K }>[] {
	return surface.observations.filter(
		(observation): observation is Extract<AppObservation, { readonly kind: K }> => observation.kind === kind,
	);
}

/** The repairs an observation carries, as fixes in the same order. */
export function repairFixes(observation: Extract<AppObservation, { readonly repairs: readonly OptionRepair[] }>): readonly FixProposal[] {
	return observation.repairs.map(({ title, safe, variant }) => repairFix(observation, variant, title, safe));
}

/** A fix by the one repair the code writer knows for an observation. */
export function repairFix(observation: AppObservation, variant: string, title: string, safe: boolean): FixProposal {
	return { title, safe, intent: { kind: 'repair', observation, variant } };
}

export { isDevelopmentOnly, isProductionOnly } from '../../../model/branch';

/** Whether some answers of an app carry X-Powered-By and others, behind helmet, do not. */
export function sendsPoweredBy({ responses }: Surface): boolean {
	const carrying = responses.filter(response => carries(response, 'x-powered-by')).length;
	return 0 < carrying && carrying < responses.length;
}

/** What people call the package whose options are judged. */
export function libraryName({ library }: { readonly library: HelmetLibrary }): string {
	return library === 'hono' ? 'secureHeaders' : 'helmet';
}

/** ` (when isProd)` behind a statement that does not always hold; empty for null. */
export function inCase(branch: string | null): string {
	return branch === null ? '' : ` (${branch})`;
}

/** `app.get('/')`, `app.get('/') and app.post('/login')`, `app.get('/') and 3 more`. */
export function listed(entries: readonly { readonly label: string }[]): string {
	const [first, second] = entries;
	if (first === undefined) return 'nothing';
	if (second === undefined) return first.label;
	return entries.length === 2 ? `${first.label} and ${second.label}` : `${first.label} and ${entries.length - 1} more`;
}

/** One related place per entry, with what becomes of it. */
export function relatedEntries(entries: readonly ChainEntry[], message: string): readonly RelatedPlace[] {
	return entries.map(({ label, place }) => ({ place, message: `${label} ${message}` }));
}

/** The names that `helmet()` usually sets or removes, for findings about the call as a whole. */
export const helmetHeaders: readonly string[] = [
	'Content-Security-Policy',
	'Strict-Transport-Security',
	'X-Frame-Options',
	'X-Content-Type-Options',
	'Referrer-Policy',
	'Cross-Origin-Resource-Policy',
	'Cross-Origin-Opener-Policy',
	'X-Powered-By',
];
