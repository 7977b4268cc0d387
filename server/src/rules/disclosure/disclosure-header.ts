import { disclosingHeaders } from '../../headers/facts/disclosingHeaders';
import { removeOperation } from '../generic/shared/reporting';
import type { Rule } from '../rule';

/** A field of OWASP's list of those that tell about the software behind a site. */
export const rule: Rule = {
	id: 'disclosure-header',
	family: 'disclosure',
	summary: 'A header tells about the software or the machines behind the site',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	headers: disclosingHeaders.map(name => name.toLowerCase()).filter(name => name !== 'server'),
	checkValue({ header, operation, surface }, report) {
		// What a framework adds to a recorded response by itself has a rule of its own.
		if (header === 'x-powered-by' && surface.kind === 'response') return;
		report({
			place: operation.namePlace ?? operation.place,
			message: `${operation.name} tells visitors about the software behind the site and serves no browser. Remove it if nothing of yours reads it.`,
			headers: [operation.name],
			fixes: [removeOperation(`Remove ${operation.name}`, false, operation)],
		});
	},
};
