import { applySuppressions } from '../config/suppressions';
import { analyzeResponse } from '../headers/responseHead';
import { mostRedirects, requestLive } from '../live/request';
import { checkedSurface } from '../report/checkedSurfaces';
import { createCheckResult } from '../report/checkResult';
import { htmlReport } from '../report/html';
import { createSource } from '../text/source';
import { diskFiles } from '../workspace/diskFiles';
import type { Session } from './session';

/**
 * Asks for a URL, following its redirects, and judges the last answer by the settings of `folder` (absolute). Answers with the
 * page of `headerlint live --format html`. Rejects with an Error in plain words where there is no answer.
 */
export async function liveReport(url: string, session: Session, folder: string, version: string): Promise<string> {
	if (!/^https?:/i.test(url) || !URL.canParse(url)) throw new Error(`"${url}" is not a URL that can be requested`);
	const hops = await requestLive(new URL(url).href, { timeoutMs: 15_000, insecure: false, userAgent: `headerlint/${version}` });
	const last = hops[hops.length - 1];
	if (last === undefined || last.location !== null) throw new Error(`${url} redirects more than ${mostRedirects} times`);
	const path = `${folder === '/' ? '' : folder}/response`;
	const source = createSource(path, last.head);
	const { linter, settings } = session.linterOf(path);
	const analysis = analyzeResponse(source, { files: diskFiles(), root: folder, env: new Map(), caddyVersion: '2.11' }, last.url);
	const findings = applySuppressions(linter.judge(analysis), analysis.comments, source, settings.configFor(path));
	return htmlReport(
		createCheckResult([{ path, kind: 'response', source, findings, analysis }], {
			skipped: [],
			surfaces: () => analysis.surfaces.map(surface => checkedSurface(surface, linter.workspace)),
			durationMs: 0,
			shownPath: () => last.url,
			textOf: () => null,
		}),
	);
}
