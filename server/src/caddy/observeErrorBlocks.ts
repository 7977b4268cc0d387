import { allDirectives } from '../caddyfile/blocks';
import { goStableSort } from '../caddyfile/goStableSort';
import type { Directive } from '../caddyfile/tree';
import type { CaddyObservation } from '../model/caddyObservation';
import type { CompiledSite } from './compiledSite';
import { setFields } from './headerLines';
import { observationId } from './observationId';
import { answersAll } from './observeStructure';
import type { Server } from './servers';
import { errorBlockBefore } from './siteRoutes';

/** A `handle_errors` block with the statuses it is for: codes, and the first digits of classes. */
interface ErrorBlock {
	readonly line: Directive;
	readonly limited: boolean;
	readonly codes: readonly string[];
	readonly classes: readonly string[];
}

/**
 * `handle_errors` blocks that never run, since Caddy asks another one first that answers all their errors: blocks with codes are asked from
 * the last to the first (httptype.go, `serversFromPairings`, 2.11.4). None where the site stands on two listeners, one of which has the order
 * of the file, and none for a block of a snippet, which a site may well replace.
 */
export function observeErrorBlocks(
	site: CompiledSite,
	{ serversBySite }: { readonly serversBySite: ReadonlyMap<number, readonly Server[]> },
): readonly CaddyObservation[] {
	const written = site.block.body.lines.flatMap(errorBlock);
	if (written.length < 2 || 1 < (serversBySite.get(site.index)?.length ?? 0)) return [];
	const asked = [...written];
	goStableSort(asked, errorBlockBefore);
	return asked.flatMap((block, position): readonly CaddyObservation[] => {
		const { line } = block;
		const { place, importedBy } = line.name;
		const taking = asked.slice(0, position).find(other => covers(other, block) && answersEverything(other.line));
		if (taking === undefined || 0 < importedBy.length) return [];
		const headers = [...allDirectives(line.block?.lines ?? [])].filter(({ name }) => name.text === 'header').flatMap(setFields);
		const behind = written.indexOf(taking) === written.indexOf(block) + 1;
		return [
			{
				kind: 'error-block-never-runs',
				id: observationId('error-block-never-runs', place),
				place,
				block: line.place,
				label: labelOf(line),
				by: labelOf(taking.line),
				taking: taking.line.place,
				headers: [...new Set(headers)],
				swap: behind && !covers(block, taking) && taking.line.name.importedBy.length === 0,
			},
		];
	});
}

function errorBlock(line: Directive): readonly ErrorBlock[] {
	const { name, args } = line;
	if (name.text !== 'handle_errors' || !args.every(({ text, environment }) => environment.length === 0 && /^\d(?:xx|\d\d)$/.test(text)))
		return [];
	const words = args.map(({ text }) => text);
	const classes = words.flatMap(word => (word.endsWith('xx') ? [word.slice(0, 1)] : []));
	return [{ line, limited: 0 < args.length, codes: words.filter(word => !word.endsWith('xx')), classes }];
}

/** Whether every error of the second block is one of the first, too. */
function covers(first: ErrorBlock, second: ErrorBlock): boolean {
	if (!first.limited) return true;
	if (!second.limited || !second.classes.every(digit => first.classes.includes(digit))) return false;
	return second.codes.every(code => first.codes.includes(code) || first.classes.includes(code.slice(0, 1)));
}

function answersEverything({ block }: Directive): boolean {
	const lines = block?.lines ?? [];
	return lines.some(line => answersAll(line, lines));
}

function labelOf({ name, args }: Directive): string {
	return [name, ...args].map(({ text }) => text).join(' ');
}
