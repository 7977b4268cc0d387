import { answerName, type Explanation, unexplained } from '../model/explanation';
import type { EffectiveHeader } from '../model/surface';
import { displayValue } from '../model/value';
import type { Place } from '../text/span';
import { changesText, circumstanceText, lossesByCircumstance, possibleStatuses } from './explanationWords';

/** What a site or app answers with, as markdown: one table per kind of request, with a note below. `at` shows a place as `line 4`. */
export function explanationMarkdown(
	label: string,
	explanations: readonly Explanation[],
	at: (place: Place) => string,
	note: string | null = null,
): string {
	return [
		`# ${markdownText(label)}`,
		'',
		...(explanations.length === 0 ? ['Nothing in this file answers a request by itself.', ''] : []),
		...explanations.flatMap(explanation => describe(explanation, at)),
		...(note === null ? [] : [markdownText(note), '']),
	].join('\n');
}

function describe(explanation: Explanation, at: (place: Place) => string): readonly string[] {
	const { response, answers, headers, middleware } = explanation;
	const { request, branch } = response;
	const placed = (place: Place | null): string => (place === null || place.path === '' ? '' : `, ${markdownText(at(place))}`);
	const list = (items: readonly string[]): readonly string[] => (items.length === 0 ? [] : [...items.map(item => `- ${item}`), '']);
	const told = answers.filter(({ when }) => 1 < answers.length && when !== null);
	return [
		`## ${markdownText(request.method)} ${markdownText(request.url)} → ${markdownText(possibleStatuses(explanation))}${branch === null ? '' : ` (${markdownText(branch)})`}`,
		'',
		...list(told.map(answer => `${answerName(answer)}: ${markdownText(answer.when ?? '')}${placed(answer.place)}`)),
		...(response.headers.length === 0
			? ['No header that is known.', '']
			: [
					'| Header | Value | From | When |',
					'| --- | --- | --- | --- |',
					...response.headers.map((header, index) => {
						const when = headers[index]?.when ?? null;
						const shown = when === null ? (header.certainty === 'maybe' ? 'maybe' : '') : markdownText(circumstanceText(when));
						return `| ${markdownText(header.name)} | ${code(displayValue(header.value))} | ${fromOf(header, at)} | ${shown} |`;
					}),
					'',
				]),
		...list(
			lossesByCircumstance(explanation).map(
				({ circumstance, names }) =>
					`${markdownText(circumstanceText(circumstance))}${placed(circumstance.place)}: ${markdownText(names.join(', '))}`,
			),
		),
		...list(
			middleware.map(each => {
				const changes = changesText(each);
				return `Passes ${code(each.label)}${placed(each.place)}${changes === '' ? '' : `: ${markdownText(changes)}`}`;
			}),
		),
		...list(unexplained(explanation).map(({ reason }) => `Not known: ${markdownText(reason)}`)),
	];
}

function fromOf({ operation, origin }: EffectiveHeader, at: (place: Place) => string): string {
	if (operation === null || origin !== 'written') return origins[origin];
	return markdownText(at(operation.namePlace ?? operation.place));
}

const origins: Readonly<Record<EffectiveHeader['origin'], string>> = {
	written: '',
	default: 'default',
	server: 'the server itself',
	upstream: 'the upstream',
};

function markdownText(text: string): string {
	return text.replace(/[\\`*_{}[\]<>#|]/g, '\\$&');
}

function code(text: string): string {
	if (text === '') return '(empty)';
	return text.includes('`') ? markdownText(text) : `\`${text.replace(/\|/g, '\\|')}\``;
}
