import type { AppBehind, DocumentAnalysis } from './model/analysis';
import type { EffectiveResponse } from './model/surface';
import type { WorkspaceModel } from './model/workspace';

/**
 * Answers for the apps of a workspace that Caddyfiles proxy to: `analysisOf` gives the analysis of a file of the workspace, or null.
 * The answer is asked for once for each request; it is null where no app, or more than one, is known to listen at the address, and where the
 * file makes several apps and another one answers.
 */
export function appsBehind(workspace: WorkspaceModel, analysisOf: (path: string) => DocumentAnalysis | null): AppBehind {
	const known = new Map<string, EffectiveResponse | null>();
	return (dial, { method, url, headers }) => {
		const app = workspace.appBehind({ dial });
		if (app === null) return null;
		const key = JSON.stringify([app.id, method, url, [...headers]]);
		const before = known.get(key);
		if (before !== undefined) return before;
		const answer = analysisOf(app.place.path)?.respond({ method, url, headers, upstream: null }) ?? null;
		const response = answer === null || answer.surface?.id !== app.id ? null : answer.response;
		known.set(key, response);
		return response;
	};
}
