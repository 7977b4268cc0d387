import type { AppObservation } from '../../model/appObservation';
import type { FixProposal, Rule } from '../rule';
import { observed, repairFix } from './shared/observed';

/** `false` means "do not set", not "take away": what an earlier helmet call has set stays. */
export const rule: Rule = {
	id: 'helmet-repeated',
	family: 'helmet',
	summary: 'a second helmet call switches off a header that the first has already set',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'safe',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'helmet-repeated'))
			report({
				place: observation.place,
				message: `${observation.headers.join(', ')}: false does not take a header away, and the helmet call above has set ${observation.headers.length === 1 ? 'it' : 'them'} already: it is sent all the same. Put the options into one call.`,
				headers: observation.headers,
				related: [{ place: observation.earlier, message: 'This call sets the header' }],
				fixes: fixesFor(observation),
			});
	},
};

/** Both leave every answer as it is; to remove the call takes away what its author meant as well, so that it is not done unasked. */
function fixesFor(observation: Extract<AppObservation, { readonly kind: 'helmet-repeated' }>): readonly FixProposal[] {
	switch (observation.repair) {
		case 'remove':
			return [repairFix(observation, 'remove', 'Remove this call, which changes nothing', false)];
		case 'join':
			return [repairFix(observation, 'join', 'Give its options to the first call', true)];
		default:
			return [];
	}
}
