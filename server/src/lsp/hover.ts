import { type Hover, MarkupKind } from 'vscode-languageserver';
import { headerPurposes } from '../headers/facts/headerPurposes';
import { meaningOf } from '../headers/meaning';
import { canonicalName, isSecurityHeader } from '../headers/names';
import { responsesOf } from '../model/responsesOf';
import type { EffectiveResponse } from '../model/surface';
import { displayValue } from '../model/value';
import type { NearbyOperation } from '../nearby';
import { ruleUrl } from '../report/ruleUrl';
import type { SourceText } from '../text/source';
import { overlaps, touches } from '../text/span';
import type { Session } from './session';

/**
 * What stands at an offset, if it is a header operation: what the header is for, what its value means, what the site or app
 * sends, and the pages of the findings there. Null for everything else.
 */
export function hoverAt(source: SourceText, offset: number, session: Session): Hover | null {
	const { path, lines } = source;
	const { linter } = session.linterOf(path);
	const found = linter.operationAt(path, offset);
	if (found === null) return null;
	const { operation, span } = found;
	const header = operation.name.toLowerCase();
	const purpose = headerPurposes.get(header);
	if (purpose === undefined && !isSecurityHeader(header)) return null;
	const report = session.report(path, { within: span, ms: 0 });
	if (report === null) return null;
	const meanings = operation.value === null ? [] : meaningOf(header, operation.value);
	const findings = report.findings.filter(
		({ place }) => place.path === path && (overlaps(place.span, span) || touches(place.span, offset)),
	);
	const words = [
		`**${canonicalName(operation.name)}**${purpose === undefined ? '' : `: ${text(purpose)}`}`,
		'',
		...meanings.map(({ part, text: meaning }) => `- ${code(part)}: ${text(meaning)}`),
		...(meanings.length === 0 ? [] : ['']),
		text(sentLine(found, header)),
		...findings.flatMap(({ rule, message }) => ['', `[${rule}](${ruleUrl(rule)}): ${text(message)}`]),
	];
	const range = lines.rangeOf(span);
	return { contents: { kind: MarkupKind.Markdown, value: words.join('\n') }, range };
}

/** What the answers of the site or app have of the header: `example.com sends it with every answer.` */
function sentLine({ operation, surface, surfaces }: NearbyOperation, header: string): string {
	const who = surfaces <= 1 ? surface.label : `Each of ${surface.label} and ${surfaces - 1} more`;
	const answers = surface.responses.filter(({ outcome }) => outcome !== 'abort');
	if (answers.length === 0) return 'It is sent wherever this is used.';
	const carrying = answers.filter(({ headers }) => headers.some(({ name }) => name.toLowerCase() === header));
	if (operation.action === 'delete')
		return carrying.length === 0 ? `${who} never sends it.` : `${who} sends it nevertheless: ${namesOf(carrying)}.`;
	const own = new Set(responsesOf(surface, operation));
	const sent = [
		...new Set(
			carrying.flatMap(({ headers }) =>
				headers.filter(({ name }) => name.toLowerCase() === header).map(({ value }) => displayValue(value)),
			),
		),
	];
	if (own.size === 0) return sent.length === 0 ? `${who} never sends it.` : `${who} never sends this value, but: ${sent.join(' | ')}.`;
	const without = answers.filter(answer => !carrying.includes(answer));
	const other = carrying.filter(answer => !own.has(answer));
	const always = without.length === 0 && other.length === 0 ? `${who} sends it with every answer.` : `${who} sends it`;
	if (without.length === 0 && other.length === 0) return always;
	return `${always}${without.length === 0 ? '' : `, but not with ${namesOf(without)}`}${other.length === 0 ? '' : `; another value with ${namesOf(other)}`}.`;
}

/** The first few, as people call them. */
function namesOf(responses: readonly EffectiveResponse[]): string {
	const names = [...new Set(responses.map(nameOf))];
	return names.length <= mostNames ? names.join(', ') : `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more`;
}

const mostNames = 3;

function nameOf({ scope, outcome, status, request }: EffectiveResponse): string {
	const where = scope?.label ?? `${request.method} ${request.url.replace(/^[a-z]+:\/\/[^/]*/i, '')}`;
	return (outcome === 'error' || outcome === 'redirect') && status !== null ? `${outcome} ${status} (${where})` : where;
}

function text(plain: string): string {
	return plain.replace(/[\\`*_{}[\]<>#|]/g, '\\$&');
}

function code(plain: string): string {
	return plain.includes('`') ? text(plain) : `\`${plain}\``;
}
