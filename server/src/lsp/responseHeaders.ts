import type { AppBehind, DocumentAnalysis } from '../model/analysis';
import type { Explanation } from '../model/explanation';
import type { Surface } from '../model/surface';
import { explanationPage } from '../report/explanationHtml';
import { explanationMarkdown } from '../report/explanationMarkdown';
import type { SourceText } from '../text/source';
import type { Place } from '../text/span';
import { openPlace, type ResponseHeadersResult } from './protocol';

/** What an editor's documents lend. */
export interface DocumentTexts {
	/** The text of an imported file, for its lines. */
	sourceOf(path: string): SourceText | null;
	uriOf(path: string): string;
	/** The apps of the workspace, which stand behind the proxies of Caddyfiles. */
	appBehind: AppBehind;
}

/**
 * What the site or app at `offset` answers with, and why: the requests that differ, those the cursor is about first. Null where
 * the file has no surface that answers.
 */
export function describeResponses(analysis: DocumentAnalysis, offset: number, documents: DocumentTexts): ResponseHeadersResult | null {
	const surface = surfaceAt(analysis, offset);
	if (surface === null) return null;
	const here = { path: analysis.source.path, offset };
	const all = analysis.explainAll(surface, {
		appBehind: documents.appBehind,
		limit: requestLimit,
		isFirst: ({ answeredAt }) => answeredAt !== undefined && isAt(answeredAt, here),
	});
	const explanations = [...all.filter(each => isAbout(each, here)), ...all.filter(each => !isAbout(each, here))];
	const sources = new Map<string, SourceText | null>([[analysis.source.path, analysis.source]]);
	const lineOf = (place: Place): number | null => {
		let source = sources.get(place.path);
		if (source === undefined) {
			source = documents.sourceOf(place.path);
			sources.set(place.path, source);
		}
		return source === null ? null : source.lines.positionAt(place.span.start).line;
	};
	const at = (place: Place): string => {
		const line = lineOf(place);
		const file = place.path === analysis.source.path ? '' : place.path.slice(place.path.lastIndexOf('/') + 1);
		return line === null ? file : `${file}${file === '' ? '' : ' '}line ${line + 1}`;
	};
	const href = (place: Place): string | null => {
		const line = lineOf(place);
		return line === null ? null : `command:${openPlace}?${encodeURIComponent(JSON.stringify([documents.uriOf(place.path), line]))}`;
	};
	const note =
		explanations.length < requestLimit
			? null
			: `Only ${requestLimit} kinds of request are shown. Those that the cursor is about come first: put it into a route or a directive.`;
	return {
		label: surface.label,
		markdown: explanationMarkdown(surface.label, explanations, at, note),
		html: explanationPage(surface.label, explanations, { at, href }, note),
	};
}

/** The last surface that begins before `offset`, else the first of the file. */
function surfaceAt(analysis: DocumentAnalysis, offset: number): Surface | null {
	const own = analysis.surfaces.filter(({ place }) => place.path === analysis.source.path);
	const before = own.filter(({ place }) => place.span.start <= offset);
	return (
		before.reduce<Surface | null>(
			(best, surface) => (best === null || best.place.span.start <= surface.place.span.start ? surface : best),
			null,
		) ??
		own[0] ??
		null
	);
}

/** Whether the cursor is in the route that answers, in a directive that answers, or in a header operation for this kind of request. */
function isAbout({ middleware, answers, response }: Explanation, here: Cursor): boolean {
	const places = [
		middleware[middleware.length - 1]?.place ?? null,
		...answers.map(({ place }) => place),
		...response.headers.map(({ operation }) => (operation === null || operation.scope === null ? null : operation.place)),
	];
	return places.some(place => place !== null && isAt(place, here));
}

function isAt({ path, span }: Place, { path: file, offset }: Cursor): boolean {
	return path === file && span.start <= offset && offset <= span.end;
}

interface Cursor {
	readonly path: string;
	readonly offset: number;
}

/** More kinds of request than this are not shown. */
const requestLimit = 40;
