import { projectedScore } from '../grade/observatory';
import type { Linter } from '../linter';
import type { Surface } from '../model/surface';
import type { WorkspaceModel } from '../model/workspace';
import type { CheckedSurface } from './checkResult';

/** The sites and apps of a workspace with their projected scores, in the order of their files. Parts that answer only where they are imported are left out. */
export function checkedSurfaces(linter: Linter): readonly CheckedSurface[] {
	return linter.members
		.flatMap(path => linter.analysisOf(path)?.surfaces ?? [])
		.filter(({ kind }) => kind !== 'caddy-fragment' && kind !== 'helmet-options')
		.map(surface => checkedSurface(surface, linter.workspace));
}

/** A site, an app or a recorded response with its projected Observatory score. */
export function checkedSurface(surface: Surface, workspace: WorkspaceModel): CheckedSurface {
	const projected = projectedScore(surface, workspace);
	return { surface, score: projected?.score ?? null, grade: projected?.grade ?? null, assumptions: projected?.assumptions ?? [] };
}

/** What is said of scores in text: one line for each, with what it takes for granted below. */
export function scoreLines(surfaces: readonly CheckedSurface[]): readonly string[] {
	return surfaces.flatMap(({ score, grade, assumptions }) => {
		if (score === null || grade === null) return [];
		return [`Projected Observatory score: ${score}, grade ${grade} (algorithm 6)`, ...assumptions.map(assumption => `  ${assumption}`)];
	});
}
