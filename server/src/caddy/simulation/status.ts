import type { Token } from '../../caddyfile/tree';
import { hasUnknown } from '../../model/value';
import { expandText } from '../placeholder';
import { type Exchange, placeholdersOf } from './exchange';

/** The status code a token stands for: null where it is not known, `invalid` where Caddy answers 500 instead. */
export function statusOf(token: Token, exchange: Exchange): number | null | 'invalid' {
	// `ReplaceAll` makes unknown placeholders empty.
	const lookup = placeholdersOf(exchange);
	const text = expandText(token, key => {
		const meaning = lookup(key);
		return meaning.kind === 'literal' ? { kind: 'text', text: '' } : meaning;
	});
	if (hasUnknown(text)) return null;
	return /^[+-]?\d+$/.test(text) ? Number(text) : 'invalid';
}
