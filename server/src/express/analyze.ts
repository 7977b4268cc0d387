import type { AnalysisOptions, DocumentAnalysis } from '../model/analysis';
import type { SourceText } from '../text/source';

/** Finds the apps and header code of a JavaScript or TypeScript file. Never throws. */
export function analyzeJavaScript(source: SourceText, _options: AnalysisOptions): DocumentAnalysis {
	return {
		source,
		kind: 'javascript',
		surfaces: [],
		problems: [],
		comments: [],
		dependencies: [],
		write: () => null,
		respond: request => ({
			surface: null,
			response: {
				request: { method: request.method, url: request.url },
				scope: null,
				outcome: 'unknown',
				status: null,
				headers: [],
				unknowns: [],
				upstream: null,
				branch: null,
			},
		}),
	};
}
