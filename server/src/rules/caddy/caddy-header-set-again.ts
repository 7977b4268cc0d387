import type { Place } from '../../text/span';
import type { Rule } from '../rule';
import { observed } from './shared/observed';

/** Caddy sets a field; it sends two lines for one only where the second is added with `+` (headers.go, `ApplyTo`, 2.11.4). */
export const rule: Rule = {
	id: 'caddy-header-set-again',
	family: 'caddy',
	summary: 'A header is set twice in a row, and only the last value is sent',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const { place, field, by } of observed(surface, 'set-again')) {
			const operation = surface.operations.find(other => isSame(other.place, place));
			const name = operation?.name ?? field;
			const advice =
				name.toLowerCase() === 'access-control-allow-origin'
					? 'To allow several origins, set each for the requests whose Origin it is.'
					: 'Keep the one that is meant.';
			report({
				place,
				message: `This value of ${name} is never sent: the header is set again below, and the last value counts. ${advice}`,
				headers: [name],
				related: [{ place: by, message: 'overwrites it' }],
				fixes:
					operation === undefined
						? []
						: [{ title: `Remove the ${name} that is never sent`, safe: false, intent: { kind: 'remove-operation', operation } }],
			});
		}
	},
};

function isSame(one: Place, other: Place): boolean {
	return one.path === other.path && one.span.start === other.span.start && one.span.end === other.span.end;
}
