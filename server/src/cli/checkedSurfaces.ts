import type { Linter } from '../linter';
import type { CheckedSurface } from '../report/checkResult';

/** The sites and apps of a workspace, in the order of their files. Parts that answer only where they are imported are left out. */
export function checkedSurfaces(linter: Linter): readonly CheckedSurface[] {
	return linter.members
		.flatMap(path => linter.analysisOf(path)?.surfaces ?? [])
		.filter(({ kind }) => kind !== 'caddy-fragment' && kind !== 'helmet-options')
		.map(surface => ({ surface, score: null, grade: null }));
}
