import { hashLengths } from '../../headers/facts/cspKeywords';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-hash-invalid` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-hash-invalid',
	summary: 'A hash in a policy is no digest of its algorithm',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'none',
	about: 'text',
	say: ({ token, word, name }) => {
		const { algorithm, bytes } =
			token.source.kind === 'hash'
				? { algorithm: token.source.algorithm, bytes: hashLengths[token.source.algorithm] ?? 0 }
				: { algorithm: '', bytes: 0 };
		return {
			message: `${word} in ${name} does not decode to the ${bytes} bytes of a ${algorithm} digest, so it matches no script or style. Compute it again from the exact text of the block.`,
		};
	},
});
