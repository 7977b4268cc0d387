import { heededDirective } from '../../../headers/csp/effective';
import { cspOf } from '../../../headers/csp/parse';
import { type FrameOption, parseFrameOptions } from '../../../headers/frameOptions';
import { sentLines } from '../../../model/sentHeaders';
import type { EffectiveHeader, EffectiveResponse } from '../../../model/surface';

/** An item of X-Frame-Options with the line it stands in. */
export interface PlacedFrameOption {
	readonly option: FrameOption;
	readonly line: EffectiveHeader;
}

/** The items of all X-Frame-Options lines that the response is certain to have. */
export function frameOptionsOf(response: EffectiveResponse): readonly PlacedFrameOption[] {
	return sentLines(response, 'x-frame-options')
		.filter(({ certainty }) => certainty === 'always')
		.flatMap(line => parseFrameOptions(line.value.text).map(option => ({ option, line })));
}

/** The words of every enforced frame-ancestors of the response, lower case; null where it has none or not all is known. */
export function frameAncestorsOf(response: EffectiveResponse): readonly string[] | null {
	const words: string[] = [];
	let found = false;
	for (const { value, certainty } of sentLines(response, 'content-security-policy')) {
		if (certainty !== 'always') return null;
		for (const policy of cspOf(value).policies) {
			const directive = heededDirective(policy, 'frame-ancestors');
			if (policy.open || directive?.open === true) return null;
			if (directive === null) continue;
			found = true;
			words.push(...directive.values.map(({ text }) => text.toLowerCase()));
		}
	}
	return found ? words : null;
}

/** The X-Frame-Options that says the same as the words of frame-ancestors (lower case), or null where none does. */
export function optionLike(ancestors: readonly string[]): 'DENY' | 'SAMEORIGIN' | null {
	if (ancestors.length === 0) return 'DENY';
	if (ancestors.every(word => word === "'none'")) return 'DENY';
	return ancestors.every(word => word === "'self'") ? 'SAMEORIGIN' : null;
}
