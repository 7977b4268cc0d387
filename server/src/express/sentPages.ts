import type { Call } from '../javascript/call';
import { knownText } from '../javascript/operators';
import type { SentPage } from '../model/surface';
import type { HeaderValue } from '../model/value';
import { headerValueOf } from './headerValue';
import type { State } from './requestState';
import type { Recorder } from './trace';

/** A text with tags that code sends as the body, and what makes it a page. */
export interface SentText {
	readonly html: HeaderValue;
	/** `typed`: by `res.type('html')`; `unless-typed`: where nobody has set a Content-Type; `named`: where the field says so. */
	readonly isPage: 'typed' | 'unless-typed' | 'named';
}

/** What `res.send(text)` or `res.end(text)` sends, where it holds tags; undefined for everything else. */
export function sentText(method: string, call: Call, recorder: Recorder): SentText | undefined {
	const body = call.args[0]?.value;
	if ((method !== 'send' && method !== 'end') || body === undefined) return undefined;
	if (recorder.type !== null && !isHtml(recorder.type)) return undefined;
	const fixed = recorder.fixed(body);
	if (fixed.kind !== 'string' && fixed.kind !== 'text') return undefined;
	const html = headerValueOf(fixed);
	if (html === null || !/<[a-z]/i.test(html.text)) return undefined;
	// A string is sent as HTML by `send` (express 5, lib/response.js), without a type by `end`.
	return { html, isPage: recorder.type !== null ? 'typed' : method === 'send' ? 'unless-typed' : 'named' };
}

/** The type that `res.type()` sets, as it is given; of one that is not known the empty text. */
export function givenType(call: Call): string {
	const [type] = call.args;
	return (type === undefined ? null : knownText(type.value)) ?? '';
}

function isHtml(type: string): boolean {
	return /^(?:\.?html?|text\/html\b.*)$/i.test(type.trim());
}

/** The page that a text is at this point of the request, with the policies it is sent with; null where one or the other is not certain. */
export function pageSent({ html, isPage }: SentText, { headers, typed }: State): SentPage | null {
	const types = headers.get('content-type') ?? [];
	const named = types.length === 1 && types.every(({ certainty, value }) => certainty === 'always' && isHtml(value.text));
	if (isPage === 'unless-typed' && (typed !== false || (0 < types.length && !named))) return null;
	if (isPage === 'named' && (typed !== false || !named)) return null;
	const policies = headers.get('content-security-policy') ?? [];
	return policies.length === 0 || policies.some(({ certainty }) => certainty === 'maybe') ? null : { html, policies };
}
