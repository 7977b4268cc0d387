import { parseCacheControl } from '../../headers/cacheControl';
import { contentResponses, mayBeChanged, sentLines } from '../../model/sentHeaders';
import type { EffectiveResponse } from '../../model/surface';
import { hasUnknown } from '../../model/value';
import { replaceValue } from '../generic/shared/reporting';
import type { FixProposal, Rule, SurfaceSubject } from '../rule';

/** Answers of an API that belong to one person, as their headers show, and that caches may keep. */
export const rule: Rule = {
	id: 'cache-control-api-not-stored',
	family: 'caching',
	summary: 'Personal answers of an API may be kept by caches',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'suggested',
	checkSurface(subject, report) {
		const { surface, profile } = subject;
		for (const response of contentResponses(surface)) {
			if ((profile !== 'api' && response.scope?.profile !== 'api') || !isPersonal(response)) continue;
			// Answers to OPTIONS, as preflights are, are never kept (RFC 9110 9.3.7).
			if (response.request.method === 'OPTIONS') continue;
			if (mayBeChanged(response, 'cache-control')) continue;
			const lines = sentLines(response, 'cache-control');
			const [line] = lines;
			// Its app may send one, and is judged itself where it is in the workspace.
			if (line === undefined && response.upstream !== null) continue;
			// What is set in some cases only may be set for other answers than this one.
			if (lines.some(({ certainty, value: { text } }) => certainty === 'maybe' || hasUnknown(text) || forbidsStoring(text))) continue;
			report({
				place: line?.operation?.place ?? surface.place,
				message: `Cache-Control: ${response.scope?.label ?? 'the API'} answers one person at a time, and without no-store a cache may give the answer to another. Set no-store.`,
				headers: ['Cache-Control'],
				fixes: fixesOf(subject, line?.operation ?? null),
			});
			return;
		}
	},
};

/** Whether the headers themselves show that the answer depends on who asks. */
function isPersonal(response: EffectiveResponse): boolean {
	if (sentLines(response, 'set-cookie').length > 0 || sentLines(response, 'www-authenticate').length > 0) return true;
	if (sentLines(response, 'access-control-allow-credentials').some(({ value }) => value.text.trim() === 'true')) return true;
	return sentLines(response, 'vary').some(({ value }) => /(?:^|,)\s*(?:cookie|authorization)\s*(?:,|$)/i.test(value.text));
}

function forbidsStoring(value: string): boolean {
	return parseCacheControl(value).some(({ name }) => name === 'no-store' || name === 'private');
}

function fixesOf({ surface, profile }: SurfaceSubject, operation: Parameters<typeof replaceValue>[2] | null): readonly FixProposal[] {
	if (operation !== null)
		return operation.origin === 'written' ? [replaceValue('Set Cache-Control to no-store', false, operation, 'no-store')] : [];
	// Set for the whole app it would keep pages and files of others out of the caches, too.
	const isApi = profile === 'api' || contentResponses(surface).every(({ scope }) => scope?.profile === 'api');
	if (!isApi || 0 < surface.staticRoots.length) return [];
	// What a handler takes away again would not be sent.
	if (surface.operations.some(({ action, name }) => action === 'delete' && name.toLowerCase() === 'cache-control')) return [];
	const headers = [{ name: 'Cache-Control', value: 'no-store' }];
	return [{ title: 'Add Cache-Control: no-store', safe: false, intent: { kind: 'insert-headers', surface, headers } }];
}
