import type { HeaderOperation } from '../../model/operation';
import type { FixProposal, Rule } from '../rule';
import { isCaddy } from './shared/observed';
import { singleValued } from './shared/singleValued';

/** Inside of one block Caddy adds before it sets, whatever the order of the lines (headers.go, ApplyTo, 2.11.4; spec/caddy.md 4.1). */
export const rule: Rule = {
	id: 'caddy-append-overwritten',
	family: 'caddy',
	summary: 'A value that is added with + is overwritten by the same block',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		if (!isCaddy(surface)) return;
		for (const added of surface.operations) {
			if (added.action !== 'add' || added.direction === 'request') continue;
			const sets = surface.operations.filter(other => other.group === added.group && other.action === 'set' && other.name === added.name);
			const set = sets.pop();
			if (set === undefined) continue;
			report({
				place: added.place,
				message: `This value of ${added.name} is never sent: a block first adds and then sets, whatever the order of its lines, so the other line overwrites it. Write both with +, or this one in a header directive below.`,
				headers: [added.name],
				related: [{ place: set.place, message: 'overwrites it' }],
				fixes: repair(added, set, sets),
			});
		}
	},
};

/**
 * Both values are sent where both are added; of a header that may be sent once, the value that is never sent goes. Of several that are
 * set the last one counts, so that the ones before it, which nobody gets, go as well; not in a block that waits, since one of them may be what makes it wait.
 */
function repair(added: HeaderOperation, set: HeaderOperation, dead: readonly HeaderOperation[]): readonly FixProposal[] {
	const { name } = set;
	if (singleValued.has(name.toLowerCase()))
		return [{ title: `Remove the ${name} that is never sent`, safe: false, intent: { kind: 'remove-operation', operation: added } }];
	if (0 < dead.length && set.timing === 'deferred') return [];
	return [
		{
			title: `Send both: add the other ${name} with +, too`,
			safe: false,
			intent: { kind: 'change-action', operation: set, action: 'add', timing: set.timing },
			also: dead.map(operation => ({ kind: 'remove-operation', operation })),
		},
	];
}
