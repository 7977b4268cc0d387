import { ANY_TEXT, hasUnknown } from '../../model/value';
import { canonicalFieldName } from '../fieldName';
import { expandText } from '../placeholder';
import type { RequestHeaderHandler } from '../route';
import { type Exchange, placeholdersOf } from './exchange';

/**
 * `request_header`: changes a request field, which later matchers and placeholders see. Where another request is changed than the one that the
 * placeholders are about, as by `header_up`, they are looked up by `lookup`.
 */
export function setRequestHeader(handler: RequestHeaderHandler, exchange: Exchange, lookup = placeholdersOf(exchange)): void {
	const name = canonicalFieldName(expandText(handler.name, lookup));
	const value = handler.value === null ? '' : expandText(handler.value, lookup);
	if (name === 'Host') {
		// Go keeps it apart from the other fields (headers.go, `ApplyToRequest`, 2.11.4).
		exchange.hostport = handler.action === 'delete' ? '' : handler.action === 'replace' || hasUnknown(value) ? ANY_TEXT : value;
		return;
	}
	const before = exchange.requestHeaders.get(name);
	if (handler.action === 'delete') {
		if (name.includes('*')) exchange.hostport = ANY_TEXT;
		if (name.includes('*')) for (const field of [...exchange.requestHeaders.keys()]) exchange.requestHeaders.set(field, null);
		else exchange.requestHeaders.set(name, []);
		return;
	}
	if (handler.action === 'replace' || hasUnknown(value)) exchange.requestHeaders.set(name, null);
	else if (handler.action === 'add') {
		const known = before === undefined && !exchange.exploring ? [] : before;
		exchange.requestHeaders.set(name, known === null || known === undefined ? null : [...known, value]);
	} else exchange.requestHeaders.set(name, [value]);
}
