import { canonicalName, isKnownName, isToken, securityHeaderNames } from '../../headers/names';
import { nearest } from '../../headers/nearest';
import { hasUnknown } from '../../model/value';
import type { Rule } from '../rule';

/** A field that nobody knows and whose name is nearly that of a security header: it does nothing, and nothing says so. */
export const rule: Rule = {
	id: 'header-name-typo',
	family: 'generic',
	summary: 'The name of a security header is misspelt, so it has no effect',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		for (const operation of surface.operations) {
			const { name, namePlace, origin, direction, place } = operation;
			if (origin !== 'written' || direction === 'request' || !isToken(name) || isKnownName(name) || hasUnknown(name)) continue;
			const near = nearest(name.toLowerCase(), lowerNames, 2);
			if (near === null) continue;
			const meant = canonicalName(near);
			report({
				place: namePlace ?? place,
				message: `${name} is no header browsers know, so it has no effect. Did you mean ${meant}?`,
				headers: [meant],
				fixes: [{ title: `Rename to ${meant}`, safe: true, intent: { kind: 'rename-header', operation, name: meant } }],
			});
		}
	},
};

const lowerNames: readonly string[] = securityHeaderNames.map(name => name.toLowerCase());
