import type { Colors } from 'picocolors/types';
import type { SimulatedRequest } from '../model/analysis';
import { answerName, type Explanation, unexplained } from '../model/explanation';
import { displayValue } from '../model/value';
import type { Place } from '../text/span';
import { changesText, circumstanceText, headerOrigin, lossesByCircumstance, possibleStatuses } from './explanationWords';
import { printable } from './printable';

/**
 * An explained answer as the command line prints it: the answers that are possible, each header with the line that sets it and
 * when it is lost, and for an app the way through its middleware. `at` shows a place as `Caddyfile:4`.
 */
export function explanationText(request: SimulatedRequest, explanation: Explanation, at: (place: Place) => string, colors: Colors): string {
	const { surface, response, answers, headers, middleware } = explanation;
	const placed = (place: Place | null): string => (place === null || place.path === '' ? '' : `, ${printable(at(place))}`);
	const quiet = (text: string): string => colors.dim(printable(text));
	const who = surface === null ? 'nothing in this file answers it' : `${surface.label} (${at(surface.place)})`;
	const lines = [colors.bold(`${request.method} ${printable(request.url)}`), `  ${printable(`${possibleStatuses(explanation)}, ${who}`)}`];
	const explained = answers.filter(({ when, place }) => 1 < answers.length && (when !== null || place !== null));
	for (const answer of explained)
		lines.push(
			`    ${printable(`${answerName(answer)}${answer.when === null ? '' : `: ${answer.when}`}`)}${colors.dim(placed(answer.place))}`,
		);
	response.headers.forEach((header, index) => {
		const when = headers[index]?.when ?? null;
		const value = printable(`${header.name}: ${displayValue(header.value)}`);
		// What an answer depends on stands above.
		const depends = when === null ? '' : `; ${printable(when.text)}${when.because === null ? colors.dim(placed(when.place)) : ''}`;
		lines.push(
			`  ${header.certainty === 'maybe' ? colors.yellow('maybe ') : ''}${value}`,
			`      ${quiet(headerOrigin(header, at))}${depends}`,
		);
		for (const { name, action, value: lost, place } of header.overrode)
			lines.push(`      ${quiet(`overrides ${action} ${lost === null ? name : `${name}: ${displayValue(lost)}`}${placed(place)}`)}`);
	});
	if (response.headers.length === 0) lines.push('  no headers');
	const losses = lossesByCircumstance(explanation);
	if (0 < losses.length) lines.push('  elsewhere');
	for (const { circumstance, names } of losses)
		lines.push(
			`    ${printable(circumstanceText(circumstance))}${colors.dim(placed(circumstance.place))}`,
			`      ${quiet(names.join(', '))}`,
		);
	for (const { reason, place } of unexplained(explanation)) lines.push(colors.yellow(`  unknown: ${printable(reason)}${placed(place)}`));
	if (0 < middleware.length) lines.push('  passes through');
	for (const each of middleware) {
		const changes = changesText(each);
		lines.push(`    ${printable(each.label)}${colors.dim(placed(each.place))}`, ...(changes === '' ? [] : [`      ${quiet(changes)}`]));
	}
	return `${lines.join('\n')}\n`;
}
