import type { HeaderOperation } from '../../model/operation';
import type { Surface } from '../../model/surface';
import type { FixProposal, Rule } from '../rule';
import { isCaddy } from './shared/observed';

/**
 * A proxy takes Caddy's own Server out before it copies the upstream's fields, and with it the one that `header` has put in its place
 * (modules/caddyhttp/reverseproxy/reverseproxy.go, finalizeResponse, 2.11.4; spec/caddy.md section 8, trap 9).
 */
export const rule: Rule = {
	id: 'caddy-server-lost-behind-proxy',
	family: 'caddy',
	summary: 'A Server header is not sent with what an app behind the proxy answers',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		if (!isCaddy(surface)) return;
		for (const operation of surface.operations) {
			if (operation.name !== 'Server' || operation.timing !== 'immediate' || operation.direction !== 'response') continue;
			if (operation.action !== 'set' && operation.action !== 'add') continue;
			const dial = lostBehind(operation, surface);
			if (dial === null) continue;
			report({
				place: operation.place,
				message: `This Server header is not sent with answers of ${dial}: the proxy takes it out again, and visitors see what the app sends, or none. Write >Server, which is set when the answer is written.`,
				headers: ['Server'],
				fixes: waitsAlone(operation, surface) ? [setLater(operation)] : [],
			});
		}
	},
};

/**
 * The upstream of an answer that goes without the operation although it was applied to the request: the error that is sent instead when the
 * upstream is down has it. Null where there is none.
 */
function lostBehind(operation: HeaderOperation, { responses }: Surface): string | null {
	if (operation.scope?.label.startsWith('errors') === true) return null;
	const has = (response: Surface['responses'][number]): boolean => response.headers.some(header => header.operation === operation);
	for (const answer of responses) {
		const { upstream, request, outcome } = answer;
		if (upstream === null || outcome !== 'content' || has(answer)) continue;
		const applied = responses.some(
			other => other.outcome === 'error' && other.request.url === request.url && other.request.method === request.method && has(other),
		);
		if (applied) return upstream;
	}
	return null;
}

/** Whether `>` would make nothing else wait for the answer. */
function waitsAlone({ group, action }: HeaderOperation, { operations }: Surface): boolean {
	return action === 'set' && operations.filter(other => other.group === group).length === 1;
}

function setLater(operation: HeaderOperation): FixProposal {
	return {
		title: 'Set Server when the answer is written, with >',
		safe: false,
		intent: { kind: 'change-action', operation, action: 'set', timing: 'deferred' },
	};
}
