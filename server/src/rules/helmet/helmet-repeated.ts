import type { Rule } from '../rule';
import { observed } from './shared/observed';

/** `false` means "do not set", not "take away": what an earlier helmet call has set stays. */
export const rule: Rule = {
	id: 'helmet-repeated',
	family: 'helmet',
	summary: 'a second helmet call switches off a header that the first has already set',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'none',
	checkSurface({ surface }, report) {
		for (const observation of observed(surface, 'helmet-repeated'))
			report({
				place: observation.place,
				message: `${observation.headers.join(', ')}: false does not take a header away, and the helmet call above has set ${observation.headers.length === 1 ? 'it' : 'them'} already: it is sent all the same. Put the options into one call.`,
				headers: observation.headers,
				related: [{ place: observation.earlier, message: 'This call sets the header' }],
			});
	},
};
