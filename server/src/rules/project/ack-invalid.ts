import type { Rule } from '../rule';

/** An acknowledgement in a comment that does not count. Judged with the comments, by `config/acknowledgements.ts`. */
export const rule: Rule = {
	id: 'ack-invalid',
	family: 'project',
	summary: 'A headerlint-ack comment gives no reason, no registrable domain or an unknown subject, so it does not count',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'none',
};
