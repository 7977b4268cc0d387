import type { ObjectEntry, StaticValue } from '../../javascript/staticValue';
import type { OptionRepair } from '../../model/appObservation';
import { didYouMean } from './didYouMean';
import { aliasesSince, allMiddleware, type HelmetMiddleware, middlewareOf } from './headers';
import { type Run, removal, renaming } from './run';
import { ownEntries } from './values';
import type { VersionNumber } from './version';

/** Names that no helmet ever read, and the header they are evidently meant for. */
const neverOptions: ReadonlyMap<string, string> = new Map([
	['permissionsPolicy', 'Permissions-Policy'],
	['xPermissionsPolicy', 'Permissions-Policy'],
	['reportingEndpoints', 'Reporting-Endpoints'],
	['reportTo', 'Report-To'],
	['nel', 'NEL'],
	['clearSiteData', 'Clear-Site-Data'],
	['cacheControl', 'Cache-Control'],
]);

/** Own keys of helmet's siblings (`@fastify/helmet`): not unknown where the sibling is called. */
export const fastifyOptions: readonly string[] = ['global', 'enableCSPNonces', 'hook'];

/** The names that version reads. */
export function optionNames(version: VersionNumber): readonly string[] {
	return middlewareOf(version).flatMap(({ option, alias }) => (alias !== null && aliasesSince <= version ? [option, alias] : [option]));
}

/** Records the keys that this version of helmet passes over without a word. */
export function reportUnknownOptions(run: Run, options: StaticValue): void {
	const known = optionNames(run.version);
	for (const entry of ownEntries(options)) {
		if (known.includes(entry.key)) continue;
		const { why, since, suggestion, header } = explain(entry.key, run.version, known);
		run.problems.push({
			kind: 'helmet-unknown-option',
			place: entry.keyPlace,
			option: entry.key,
			why,
			since,
			suggestion,
			header,
			repairs: repairsOf(entry, suggestion, options),
			branch: null,
		});
	}
}

interface Explanation {
	readonly why: 'unknown' | 'later' | 'removed' | 'never';
	readonly since: string | null;
	readonly suggestion: string | null;
	readonly header: string | null;
}

function explain(key: string, version: VersionNumber, known: readonly string[]): Explanation {
	const never = neverOptions.get(key);
	if (never !== undefined) return { why: 'never', since: null, suggestion: null, header: never };
	const other = allMiddleware.find(({ option, alias }) => option === key || alias === key);
	if (other !== undefined) return ofOtherVersion(other, key, version, known);
	const suggestion = byHeader(key, known) ?? didYouMean(key, known);
	const meant = middlewareOf(version).find(({ option, alias }) => option === suggestion || alias === suggestion);
	return { why: 'unknown', since: null, suggestion, header: meant?.header ?? null };
}

function ofOtherVersion(middleware: HelmetMiddleware, key: string, version: VersionNumber, known: readonly string[]): Explanation {
	const { header, option, from, until } = middleware;
	if (until !== null && until <= version) return { why: 'removed', since: shown(until), suggestion: null, header };
	const came = key === option ? from : aliasesSince;
	return { why: 'later', since: shown(came), suggestion: key !== option && known.includes(option) ? option : null, header };
}

function shown(version: VersionNumber): string {
	return `${Math.floor(version / 1_000_000)}.${Math.floor(version / 1_000) % 1_000}.${version % 1_000}`;
}

/** A header's name as the option: `'X-Frame-Options'`, `xContentTypeOption`, `xssProtection`. */
function byHeader(key: string, known: readonly string[]): string | null {
	const plain = key.replace(/[-_]/g, '').toLowerCase();
	const found = allMiddleware.find(({ header }) => {
		const name = header.replace(/-/g, '').toLowerCase();
		return name === plain || name === `x${plain}`;
	});
	if (found === undefined) return null;
	if (found.alias !== null && known.includes(found.alias)) return found.alias;
	return known.includes(found.option) ? found.option : null;
}

function repairsOf(entry: ObjectEntry, suggestion: string | null, options: StaticValue): readonly OptionRepair[] {
	const free = suggestion !== null && options.kind === 'object' && !options.entries.some(({ key }) => key === suggestion);
	const remove = removal(entry.place, `${entry.key} (no effect)`, !free);
	// The renamed option takes effect for the first time, and may weaken what is sent: nothing to be done unasked.
	return free && suggestion !== null ? [{ ...renaming(entry.keyPlace, entry.key, suggestion), safe: false }, remove] : [remove];
}
