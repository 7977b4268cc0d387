import { isLocalHost } from '../../headers/hosts';
import { contentResponses, sentLines } from '../../model/sentHeaders';
import type { EffectiveHeader } from '../../model/surface';
import { hasUnknown, placeInValue } from '../../model/value';
import { removeOperation } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** The Server field: harmless by itself, a help to an attacker where it names a version. */
export const rule: Rule = {
	id: 'disclosure-server',
	family: 'disclosure',
	summary: 'Server tells visitors which software answers',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		if (surface.kind === 'caddy-fragment' || !surface.complete || surface.content === 'redirect') return;
		if (0 < surface.hosts.length && surface.hosts.every(({ name }) => isLocalHost(name))) return;
		const line = contentResponses(surface)
			.flatMap(response => sentLines(response, 'server'))
			.find(({ certainty }) => certainty === 'always');
		if (line === undefined || line.value.text.trim() === '') return;
		const versioned = namesVersion(line);
		if (line.origin === 'written' && !versioned && surface.kind !== 'response') return;
		report({
			place: placeOfLine(line) ?? surface.place,
			message: versioned
				? `Server: ${line.value.text} names a version or system, which tells an attacker which holes to try. Remove it.`
				: `Server: ${line.value.text} tells which software answers. Remove the header if you would rather not say.`,
			headers: ['Server'],
			...(versioned ? { severity: 'warning' } : {}),
			fixes: [
				line.operation?.origin === 'written' && surface.kind !== 'response'
					? removeOperation('Remove this Server header', true, line.operation)
					: { title: 'Remove the Server header', safe: true, intent: { kind: 'remove-headers', surface, names: ['Server'] } },
			],
		});
	},
};

/** A digit behind a slash or in brackets, or the name of a system: `nginx/1.25.3`, `Apache (Debian)`. */
function namesVersion({ value, origin }: EffectiveHeader): boolean {
	return (
		origin === 'written' &&
		!hasUnknown(value.text) &&
		/\/\d|\d\.\d|\((?:debian|ubuntu|centos|red hat|unix|win\d*|fedora|alpine)/i.test(value.text)
	);
}

function placeOfLine({ operation, value }: EffectiveHeader) {
	return operation?.origin === 'written' ? (placeInValue(value, 0, value.text.length) ?? operation.place) : null;
}
