import type { ValueEdit } from '../../fixes/intent';
import type { Surface } from '../../model/surface';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule, Severity } from '../rule';

/**
 * A line break or another control character in a value (RFC 9110 5.5). Node throws; Go sends a space over HTTP/1.1, and over
 * HTTP/2 leaves the whole header out, which is what every browser gets (spec/caddy.md section 4, tried on Caddy 2.11.4).
 */
export const rule: Rule = {
	id: 'header-value-newline',
	family: 'generic',
	summary: 'A header value has a line break, so browsers get no header',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	checkSurface(subject, report) {
		const { surface } = subject;
		for (const operation of surface.operations) {
			const { value, origin, direction, action, name } = operation;
			if (value === null || origin !== 'written' || direction === 'request' || action === 'replace') continue;
			const match = control.exec(value.text);
			if (match === null) continue;
			const lineBreak = /[\r\n]/.test(value.text);
			const effect = surface.kind.endsWith('-app')
				? 'Node throws, and the request is answered with an error'
				: 'over HTTP/2, which browsers use with HTTPS, the header is not sent at all';
			report({
				place: placeOf(
					{ ...subject, header: name.toLowerCase(), value, operation },
					{ start: match.index, end: match.index + match[0].length },
				),
				message: `${name} has ${lineBreak ? 'a line break' : 'a control character'} in its value: ${effect}. Write the value on one line.`,
				headers: [name],
				...(surface.kind.endsWith('-app') ? {} : { severity: loudness[surface.transport] }),
				fixes: [changeValue('Write the value on one line', true, operation, joiningEdits(value.text))],
			});
		}
		for (const observation of surface.observations) {
			if (observation.kind !== 'line-break-through') continue;
			const { place, field, through } = observation;
			report({
				place,
				message: `${field} gets a line break in its value by ${through}: over HTTP/2, which browsers use with HTTPS, the header is not sent at all. Write this text on one line.`,
				headers: [field],
				severity: loudness[surface.transport],
			});
		}
	},
};

/** Without TLS Caddy speaks HTTP/1.1 to browsers, and the line break becomes a space; behind somebody else's TLS nobody knows. */
const loudness: Readonly<Record<Surface['transport'], Severity>> = { https: 'error', both: 'error', unknown: 'warning', http: 'info' };

const control = /[\0-\x08\x0A-\x1F\x7F]/;

/** Every run of white space with a line break becomes one space, at the ends nothing; other control characters go. */
function joiningEdits(text: string): readonly ValueEdit[] {
	const edits: ValueEdit[] = [];
	for (const match of text.matchAll(/[ \t]*[\r\n][\s]*|[\0-\x08\x0B\x0C\x0E-\x1F\x7F]+/g)) {
		const end = match.index + match[0].length;
		const inside = /[\r\n]/.test(match[0]) && 0 < match.index && end < text.length;
		edits.push({ start: match.index, end, text: inside ? ' ' : '' });
	}
	return edits;
}
