import { hasUnknown } from '../model/value';
import type { Span } from '../text/span';

/** One item of a Referrer-Policy list. Offsets are those of the value. */
export interface ReferrerToken {
	/** Lower case. */
	readonly text: string;
	readonly span: Span;
	/** What is known of the policy, or null for a word that is none. */
	readonly policy: ReferrerPolicyFacts | null;
	readonly opaque: boolean;
}

export interface ReferrerPolicyFacts {
	/** How much other sites learn: 0 nothing to 7 everything. */
	readonly leak: number;
	/** Whether the policy is one the guide accepts: no path or query goes to other sites or to http://. */
	readonly isPrivate: boolean;
	/** Whether the first browsers with Referrer-Policy knew it; the others can have it as a fallback for them. */
	readonly early: boolean;
}

/** The policies of Referrer-Policy, section 3, from the least to the most that is told. `early` is what Chrome 56 knew (MDN). */
export const referrerPolicies: ReadonlyMap<string, ReferrerPolicyFacts> = new Map([
	['no-referrer', { leak: 0, isPrivate: true, early: true }],
	['same-origin', { leak: 1, isPrivate: true, early: false }],
	['strict-origin', { leak: 2, isPrivate: true, early: false }],
	['strict-origin-when-cross-origin', { leak: 3, isPrivate: true, early: false }],
	['origin', { leak: 4, isPrivate: false, early: true }],
	['origin-when-cross-origin', { leak: 5, isPrivate: false, early: true }],
	['no-referrer-when-downgrade', { leak: 6, isPrivate: false, early: true }],
	['unsafe-url', { leak: 7, isPrivate: false, early: true }],
]);

/** Takes a value apart at its commas (Referrer-Policy, section 8.1); empty items are left out. Never throws. */
export function parseReferrerPolicy(text: string): readonly ReferrerToken[] {
	const tokens: ReferrerToken[] = [];
	let start = 0;
	for (const raw of text.split(',')) {
		const trimmed = raw.trim();
		if (trimmed !== '') {
			const from = start + raw.indexOf(trimmed);
			const lower = trimmed.toLowerCase();
			tokens.push({
				text: lower,
				span: { start: from, end: from + trimmed.length },
				policy: referrerPolicies.get(lower) ?? null,
				opaque: hasUnknown(trimmed),
			});
		}
		start += raw.length + 1;
	}
	return tokens;
}

/** The token that browsers take, the last one they know; null where none is known or an unknown part could be it. */
export function effectiveReferrerToken(
	tokens: readonly ReferrerToken[],
): (ReferrerToken & { readonly policy: ReferrerPolicyFacts }) | null {
	for (let i = tokens.length - 1; 0 <= i; i--) {
		const token = tokens[i];
		if (token === undefined || token.opaque) return null;
		if (token.policy !== null) return { ...token, policy: token.policy };
	}
	return null;
}
