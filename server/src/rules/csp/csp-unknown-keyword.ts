import { replaceOrRemove } from '../../headers/csp/edits';
import { decidesAbout, mayHoldNonceOrHash } from '../../headers/csp/effective';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-unknown-keyword` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-unknown-keyword',
	summary: 'A quoted word of a policy is no keyword, nonce or hash',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	about: 'text',
	say: ({ token, directive, policy, word, name }) => {
		const suggestion = token.source.kind === 'unknown-keyword' ? token.source.suggestion : null;
		const quotedAddress = suggestion !== null && !suggestion.startsWith("'");
		const advice = suggestion === null ? 'Take it out or correct it.' : `Did you mean ${suggestion}?`;
		// To complete a word that decides which scripts run is a decision, not a repair.
		const safe = !deciding.has(suggestion ?? '') && !(quotedAddress && decidesAbout(policy, directive, ['script-src-elem', 'object-src']));
		// Without a nonce or hash it would block every script.
		const breaks = suggestion === "'strict-dynamic'" && !mayHoldNonceOrHash(directive);
		return {
			message: `${word} in ${name} is no keyword, so browsers ignore it. ${advice}`,
			fixes:
				suggestion === null || breaks
					? []
					: [{ title: `Write ${suggestion}`, safe, edits: [replaceOrRemove(directive, token, suggestion)] }],
		};
	},
});

const deciding: ReadonlySet<string> = new Set(["'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "'strict-dynamic'"]);
