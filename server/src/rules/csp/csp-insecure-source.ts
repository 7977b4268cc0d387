import { removeToken, replaceOrRemove } from '../../headers/csp/edits';
import type { Rule } from '../rule';
import { sourceRule } from './shared/sourceRule';

/** `csp-insecure-source` of spec/header-policy.md section 2. */
export const rule: Rule = sourceRule({
	id: 'csp-insecure-source',
	summary: 'A source of a policy is fetched without TLS',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	about: 'strength',
	say: ({ token, directive, word, name }) => {
		const secure = secureForm(word);
		return {
			message: `${word} in ${name} allows loading without TLS, so who sits on the network can change what is loaded. ${secure === null ? 'Remove it.' : `Write ${secure}.`}`,
			fixes: [
				secure === null
					? { title: `Remove ${word} from ${name}`, safe: false, edits: [removeToken(directive, token)] }
					: { title: `Write ${secure}`, safe: false, edits: [replaceOrRemove(directive, token, secure)] },
			],
		};
	},
});

/** The same source over TLS, its default port left out; null for schemes that have no such form. */
function secureForm(word: string): string | null {
	const match = /^(http|ws):(.*)$/is.exec(word);
	if (match?.[1] === undefined || match[2] === undefined) return null;
	return `${match[1].toLowerCase()}s:${match[2].replace(/:80(?=\/|$)/, '')}`;
}
