import type { EffectiveResponse } from '../model/surface';
import type { Place } from '../text/span';
import type { AppAnswer } from './joinAnswers';

/** The answer in the words of the model. */
export function effectiveResponse(
	found: AppAnswer,
	request: { readonly method: string; readonly url: string },
	scope: EffectiveResponse['scope'],
	branch: string | null,
): EffectiveResponse {
	const place = answeredAt(found);
	return {
		request,
		scope,
		outcome: found.ending.outcome,
		status: found.ending.status,
		headers: found.headers,
		unknowns: found.unknowns,
		upstream: null,
		branch,
		...(place === null ? {} : { answeredAt: place }),
		...(found.pages.length === 0 ? {} : { pages: found.pages }),
	};
}

/** The registration that answered; null for what the framework answers by itself. */
export function answeredAt({ ending, passed }: AppAnswer): Place | null {
	const isWritten = ending.by === 'handler' || ending.by === 'static' || ending.by === 'preflight';
	return isWritten ? (passed[passed.length - 1]?.link.entry.place ?? null) : null;
}
