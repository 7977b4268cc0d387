import type { DocumentAnalysis } from '../model/analysis';
import type { EffectiveHeader, EffectiveResponse, Surface } from '../model/surface';
import { displayValue } from '../model/value';
import { createSource, type SourceText } from '../text/source';
import type { ResponseHeadersResult } from './protocol';

/**
 * What the site or app at `offset` answers with, as markdown: one table per kind of response, each header with the line that
 * sets it. Null where the file has no surface that answers. `textOf` gives the texts of imported files, for their lines.
 */
export function describeResponses(
	analysis: DocumentAnalysis,
	offset: number,
	textOf: (path: string) => string | null,
): ResponseHeadersResult | null {
	const surface = surfaceAt(analysis, offset);
	if (surface === null) return null;
	const sources = new Map<string, SourceText | null>([[analysis.source.path, analysis.source]]);
	const lineOf = (header: EffectiveHeader): string => {
		const place = header.operation?.namePlace ?? header.operation?.place;
		if (place === undefined || place === null || header.origin !== 'written') return origins[header.origin];
		let source = sources.get(place.path);
		if (source === undefined) {
			const text = textOf(place.path);
			source = text === null ? null : createSource(place.path, text);
			sources.set(place.path, source);
		}
		const file = place.path === analysis.source.path ? '' : `${place.path.slice(place.path.lastIndexOf('/') + 1)} `;
		return source === null ? file : `${file}line ${source.lines.positionAt(place.span.start).line + 1}`;
	};
	const shown = surface.responses.slice(0, responseLimit);
	const rest = surface.responses.length - shown.length;
	const markdown = [
		`# ${markdownText(surface.label)}`,
		'',
		...(shown.length === 0 ? ['Nothing in this file answers a request by itself.', ''] : []),
		...shown.flatMap(response => describe(response, lineOf)),
		...(0 < rest ? [`${rest} more kinds of response are not shown.`, ''] : []),
	].join('\n');
	return { label: surface.label, markdown };
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

function describe(response: EffectiveResponse, lineOf: (header: EffectiveHeader) => string): readonly string[] {
	const { request, status, headers, unknowns, branch } = response;
	const answer = status === null ? response.outcome : `${status}`;
	return [
		`## ${markdownText(request.method)} ${markdownText(request.url)} → ${answer}${branch === null ? '' : ` (${markdownText(branch)})`}`,
		'',
		...(headers.length === 0
			? ['No header that is known.', '']
			: [
					'| Header | Value | From |',
					'| --- | --- | --- |',
					...headers.map(
						header =>
							`| ${markdownText(header.name)} | ${code(displayValue(header.value))} | ${lineOf(header)}${header.certainty === 'maybe' ? ' (maybe)' : ''} |`,
					),
					'',
				]),
		...unknowns.map(({ reason }) => `- Not known: ${markdownText(reason)}`),
		...(0 < unknowns.length ? [''] : []),
	];
}

function markdownText(text: string): string {
	return text.replace(/[\\`*_{}[\]<>#|]/g, '\\$&');
}

function code(text: string): string {
	if (text === '') return '(empty)';
	return text.includes('`') ? markdownText(text) : `\`${text.replace(/\|/g, '\\|')}\``;
}

const responseLimit = 40;

const origins: Readonly<Record<EffectiveHeader['origin'], string>> = {
	written: '',
	default: 'default',
	server: 'the server itself',
	upstream: 'the upstream',
};
