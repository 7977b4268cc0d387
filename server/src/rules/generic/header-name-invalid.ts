import { canonicalName, isToken } from '../../headers/names';
import { hasUnknown } from '../../model/value';
import { isWithin } from '../../text/span';
import type { Rule } from '../rule';

/** A name that is no token (RFC 9110 5.1): Go drops the field without a word, Node throws. */
export const rule: Rule = {
	id: 'header-name-invalid',
	family: 'generic',
	summary: 'A header name has a character that no header name may have',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		const explained = new Set(
			surface.observations.flatMap(observation => (observation.kind === 'name-with-colon' ? [observation.operation.id] : [])),
		);
		const unquoted = surface.observations.flatMap(observation => (observation.kind === 'unquoted-value' ? [observation.place] : []));
		for (const operation of surface.operations) {
			const { id, name, namePlace, origin, direction, place } = operation;
			if (origin !== 'written' || direction === 'request' || isToken(name) || hasUnknown(name) || explained.has(id)) continue;
			// Caddy takes every third word of a value without quotes for a name: those are one mistake.
			if (unquoted.some(value => isWithin(namePlace ?? place, value))) continue;
			const stripped = canonicalName(
				name
					.trim()
					.replace(/[:\s]+$/, '')
					.replace(/\s+/g, '-'),
			);
			report({
				place: namePlace ?? place,
				message: `"${name}" is no valid header name, so the header is not sent${surface.kind.endsWith('-app') ? ' and Node throws' : ''}. ${/^[\w-]+:\s*\S/.test(name) ? 'It holds the value, too: name and value are two words, without a colon in between.' : 'A name holds letters, digits and hyphens only.'}`,
				headers: [name],
				fixes: isToken(stripped)
					? [{ title: `Rename to ${stripped}`, safe: true, intent: { kind: 'rename-header', operation, name: stripped } }]
					: [],
			});
		}
	},
};
