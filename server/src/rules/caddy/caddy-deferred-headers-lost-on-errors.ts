import type { CaddyObservation } from '../../model/caddyObservation';
import type { HeaderOperation } from '../../model/operation';
import type { Surface } from '../../model/surface';
import type { FixProposal, Rule } from '../rule';
import { listed, observed, repairFix } from './shared/observed';

type Observation = Extract<CaddyObservation, { kind: 'deferred-lost-on-errors' }>;

/**
 * One `-X`, `>X` or `defer` makes Caddy apply a whole `header` block when the response is written; where an error answers instead,
 * the block is dropped (modules/caddyhttp/headers/headers.go and server.go, 2.11.4; spec/caddy.md 4.2).
 */
export const rule: Rule = {
	id: 'caddy-deferred-headers-lost-on-errors',
	family: 'caddy',
	summary: 'Headers of a deferred block are missing on error answers',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		const waiting = neverWritten(surface);
		const kept = waiting.find(({ action }) => action === 'delete');
		if (kept !== undefined)
			report({
				place: kept.place,
				message: `${kept.name} is not removed: nothing in this site answers, so Caddy sends an empty 200, and what waits for an answer is not done then. Add the directive that is to answer.`,
				headers: [kept.name],
			});
		const unsents = waiting.filter(({ action }) => action !== 'delete');
		const [unsent] = unsents;
		if (unsent !== undefined) {
			const names = unsents.map(({ name }) => name);
			report({
				place: unsent.place,
				message: `${listed(names)} ${new Set(names).size === 1 ? 'is' : 'are'} never sent: nothing in this site answers, so Caddy sends an empty 200, and what waits for an answer is not set then. Add the directive that is to answer.`,
				headers: [...new Set(names)],
			});
		}
		for (const observation of observed(surface, 'deferred-lost-on-errors')) {
			const names = observation.operations.map(operation => operation.name);
			const [first] = names;
			if (first === undefined) continue;
			const alone = setWithArrow(observation);
			if (alone !== null) {
				// What else is in the block waits because of the > as well, and is to go on waiting.
				const others = surface.operations.some(other => other !== alone && other.group === alone.group && other.action !== 'default');
				const besides = others && observation.repair === 'split' ? { ...observation, repair: 'set-at-once-too' as const } : observation;
				report({
					place: observation.cause,
					message: `> makes ${first} wait for the answer: error answers (404, 502 and the like) are sent without it. ${besides.repair === 'split' ? 'Leave the > out.' : 'Set it at once, too: the > still replaces what an app or another line sends.'}`,
					headers: [first],
					...(observation.handleErrorsWritesBody ? { severity: 'warning' as const } : {}),
					fixes: besides.repair === 'split' ? [setAtOnce(alone)] : copies(besides, names),
				});
				continue;
			}
			const several = 1 < new Set(names).size;
			const split = observation.repair === 'split';
			report({
				place: observation.cause,
				message: `This defers the whole header block: error answers (404, 502 and the like) are sent without ${listed(names)}. ${
					split || observation.repair === null
						? `Set ${several ? 'them' : 'it'} in a header directive without it.`
						: `Set ${several ? 'them' : 'it'} at once, too, in a second header directive: this one still replaces what an app or another line sends.`
				}`,
				headers: [...new Set(names)],
				...(observation.handleErrorsWritesBody ? { severity: 'warning' as const } : {}),
				related: observation.operations.map(({ place, name }) => ({ place, message: `${name} is lost on errors` })),
				fixes: split
					? [repairFix(observation, `Split the block so that ${several ? 'its headers are' : `${first} is`} sent with errors, too`, true)]
					: copies(observation, names),
			});
		}
	},
};

/** What waits for an answer in a site where nothing answers: nobody writes a status line, so that it is never applied (spec/caddy.md 4.2). */
function neverWritten({ kind, complete, content, responses, operations }: Surface): readonly HeaderOperation[] {
	if (kind !== 'caddy-site' || !complete || content !== 'none' || responses.length === 0) return [];
	if (!responses.every(({ outcome, unknowns }) => outcome === 'empty' && unknowns.length === 0)) return [];
	return operations.filter(
		({ timing, direction, action }) => timing === 'deferred' && direction === 'response' && /^(?:set|add|default|delete)$/.test(action),
	);
}

/** A second copy of the lines has to be kept in step with the first, which is the author's choice. None where nothing is known to help. */
function copies(observation: Observation, names: readonly string[]): readonly FixProposal[] {
	return observation.repair === null ? [] : [repairFix(observation, setTitle(names), false)];
}

function setTitle(names: readonly string[]): string {
	const different = new Set(names).size;
	return `Also set ${different < 3 ? listed(names) : `these ${different} headers`} at once, for error answers`;
}

/** The one operation that is lost, where its own `>` is what defers it. */
function setWithArrow({ operations, cause }: Observation): HeaderOperation | null {
	const [operation, other] = operations;
	if (operation === undefined || other !== undefined) return null;
	const { path, span } = operation.place;
	return path === cause.path && span.start === cause.span.start && span.end === cause.span.end ? operation : null;
}

/** Where no app is behind there is nothing to replace. */
function setAtOnce(operation: HeaderOperation): FixProposal {
	return {
		title: `Set ${operation.name} at once, so that it is sent with errors, too`,
		safe: false,
		intent: { kind: 'change-action', operation, action: 'set', timing: 'immediate' },
	};
}
