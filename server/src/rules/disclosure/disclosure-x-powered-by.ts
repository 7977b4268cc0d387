import { isMounted } from '../../model/mounts';
import { carries, contentResponses, sentLines } from '../../model/sentHeaders';
import type { Surface } from '../../model/surface';
import type { Rule } from '../rule';

/** X-Powered-By, which Express sends unless told not to: it names the software to attack. */
export const rule: Rule = {
	id: 'disclosure-x-powered-by',
	family: 'disclosure',
	summary: 'X-Powered-By tells visitors which framework answers',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	checkSurface({ surface, workspace }, report) {
		if (surface.kind !== 'response' && !surface.kind.endsWith('-app')) return;
		// Helmet would remove it; where it comes too late or not at all, that is the mistake, and has a finding of its own.
		// An app mounted on another one is judged with that one (helmet-child-app).
		if (isMounted(surface, workspace)) return;
		if (surface.observations.some(({ kind }) => helmetFailures.has(kind) || (misplaced.has(kind) && !sentByAll(surface)))) return;
		const line = contentResponses(surface)
			.flatMap(response => sentLines(response, 'x-powered-by'))
			.find(({ certainty, origin }) => certainty === 'always' && (surface.kind === 'response' || origin !== 'written'));
		if (line === undefined) return;
		const front = workspace.sitesInFrontOf(surface);
		if (0 < front.length && front.every(removesPoweredBy)) return;
		report({
			place: surface.kind === 'response' ? (line.operation?.place ?? surface.place) : surface.place,
			message: `X-Powered-By: ${line.value.text || 'Express'} tells everybody which software answers, and so which of its holes to try. Switch it off.`,
			headers: ['X-Powered-By'],
			fixes: [{ title: 'Switch X-Powered-By off', safe: true, intent: { kind: 'remove-headers', surface, names: ['X-Powered-By'] } }],
		});
	},
};

const helmetFailures: ReadonlySet<string> = new Set(['helmet-not-called', 'helmet-not-mounted', 'helmet-throws', 'child-powered-by']);

/** Some answers go without helmet: those that have it lack the header, unless that helmet is but a part that lets it be. */
const misplaced: ReadonlySet<string> = new Set(['helmet-after', 'helmet-partial']);

function sentByAll({ responses }: Surface): boolean {
	return responses.every(response => carries(response, 'x-powered-by'));
}

function removesPoweredBy(site: Surface): boolean {
	return (
		site.operations.some(({ action, name }) => action === 'delete' && /^x-(?:powered-by|\*)$/i.test(name)) ||
		(0 < site.upstreams.length && site.upstreams.every(({ removes }) => removes.includes('x-powered-by')))
	);
}
