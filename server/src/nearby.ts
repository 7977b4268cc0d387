import { fileOfSection } from './caddy/readSections';
import type { SectionedFile } from './caddy/sectionedFile';
import type { DocumentAnalysis } from './model/analysis';
import type { HeaderOperation } from './model/operation';
import type { Surface } from './model/surface';
import { changedStretch } from './text/changedStretch';
import type { SourceText } from './text/source';
import type { Place, Span } from './text/span';

/** A header operation at a place of a text, and the site or app it is of. */
export interface NearbyOperation {
	readonly operation: HeaderOperation;
	/** The first that has it: a snippet's operations are those of every site that imports it. */
	readonly surface: Surface;
	/** How many sites and apps have it. */
	readonly surfaces: number;
	/** Where it stands in the file. */
	readonly span: Span;
	/** The file and offset of any place of this surface. */
	shown(place: Place): Place;
}

/** The innermost written operation at an offset of a file that was analysed as a whole. */
export function operationIn({ source, surfaces }: DocumentAnalysis, offset: number): NearbyOperation | null {
	return innermost(surfaces, source.path, offset, place => place);
}

/**
 * The operation at an offset of a text of which only an earlier one was analysed: what lies behind the stretch that was typed is
 * moved along, and nothing is said about that stretch itself.
 */
export function operationBefore(analysis: DocumentAnalysis, now: SourceText, offset: number): NearbyOperation | null {
	const stretch = changedStretch(analysis.source.text, now.text);
	if (stretch === null) return operationIn(analysis, offset);
	const shift = now.text.length - analysis.source.text.length;
	const { newEnd } = stretch;
	if (stretch.start < offset && offset < newEnd) return null;
	const isBehind = newEnd <= offset && stretch.start < offset;
	const found = operationIn(analysis, isBehind ? offset - shift : offset);
	if (found === null) return null;
	const moved = (at: number): number => (stretch.oldEnd <= at && stretch.start < at ? at + shift : at);
	const shown = (place: Place): Place =>
		place.path === now.path ? { path: place.path, span: { start: moved(place.span.start), end: moved(place.span.end) } } : place;
	return { ...found, span: shown(found.operation.place).span, shown };
}

/** The same in a file that is kept in sections; only the section at the offset, and those that use it, are looked at. */
export function operationInSections(file: SectionedFile, offset: number): NearbyOperation | null {
	const part = file.parts[file.indexAt(offset)];
	if (part === undefined) return null;
	const shown = (place: Place): Place => {
		const owner = file.partOf(place.path);
		if (owner === undefined) return { ...place, path: fileOfSection(place.path) };
		return { path: fileOfSection(place.path), span: { start: owner.start + place.span.start, end: owner.start + place.span.end } };
	};
	const own = part.analysis.surfaces;
	const surfaces = 0 < own.length ? own : file.parts.flatMap(({ analysis }) => analysis.surfaces);
	return innermost(surfaces, part.section.path, offset - part.start, shown);
}

function innermost(surfaces: readonly Surface[], path: string, offset: number, shown: NearbyOperation['shown']): NearbyOperation | null {
	let best: { operation: HeaderOperation; surface: Surface } | null = null;
	let count = 0;
	for (const surface of surfaces) {
		for (const operation of surface.operations) {
			const { place, namePlace } = operation;
			if (namePlace === null || place.path !== path || !holds(place.span, offset)) continue;
			const isBetter = best === null || lengthOf(place.span) < lengthOf(best.operation.place.span);
			if (isBetter) {
				best = { operation, surface };
				count = 1;
			} else if (best !== null && sameSpan(place.span, best.operation.place.span) && surface !== best.surface) count++;
		}
	}
	return best === null ? null : { ...best, surfaces: count, span: shown(best.operation.place).span, shown };
}

function holds({ start, end }: Span, offset: number): boolean {
	return start <= offset && offset <= end;
}

function lengthOf({ start, end }: Span): number {
	return end - start;
}

function sameSpan(left: Span, right: Span): boolean {
	return left.start === right.start && left.end === right.end;
}
