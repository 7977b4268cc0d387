import { readAllowedOrigin } from '../headers/cors';
import { isLocalHost, preloadedSuffix } from '../headers/hosts';
import { contentResponses } from '../model/sentHeaders';
import type { EffectiveHeader, EffectiveResponse, Surface } from '../model/surface';
import { hasUnknown } from '../model/value';
import type { WorkspaceModel } from '../model/workspace';
import { type GradedHeaders, observatoryTests, type TestResult } from './observatoryTests';

/**
 * The score that MDN's HTTP Observatory would give, as far as headers tell: algorithm 6 (source of 2026-08-20), restated in
 * spec/header-policy.md section 4. Always to be shown as "projected Observatory score", with its assumptions.
 */
export interface ProjectedScore {
	readonly algorithm: 6;
	/** 0 to 165. */
	readonly score: number;
	/** `A+` to `F`. */
	readonly grade: string;
	/** One result per test, in the order of the restatement. */
	readonly tests: readonly TestResult[];
	/** What was taken for granted, as sentences. */
	readonly assumptions: readonly string[];
}

/**
 * Projects the score of a surface from the answer that stands for it: the one for all requests where there is one. Null where
 * nothing is graded: parts of configurations, redirects, local names, and files of which a part is not known.
 */
export function projectedScore(surface: Surface, workspace: WorkspaceModel): ProjectedScore | null {
	if (surface.kind === 'caddy-fragment' || surface.kind === 'helmet-options' || !surface.complete) return null;
	if (surface.content === 'redirect' || surface.content === 'none') return null;
	if (0 < surface.hosts.length && surface.hosts.every(({ name }) => isLocalHost(name))) return null;
	const response = standingFor(contentResponses(surface));
	if (response === null) return null;

	const assumptions: string[] = [];
	const lines = withApp(response, surface, workspace, assumptions);
	if (lines.some(({ value }) => hasUnknown(value.text))) assumptions.push('Parts of values that are not known are taken to be harmless.');
	if (lines.some(({ certainty }) => certainty === 'maybe'))
		assumptions.push('Headers that are sent in some cases only are taken to be sent.');
	const https = surface.transport !== 'http';
	if (surface.transport === 'unknown') assumptions.push('The site is reached over HTTPS, and http:// redirects to it.');
	else if (https && surface.kind === 'caddy-site') assumptions.push("Caddy's automatic HTTPS redirects http:// to the same host.");
	else if (https) assumptions.push('http:// redirects to HTTPS of the same host first.');
	assumptions.push('Subresource integrity counts as 0, since the pages are not looked at.');
	if (surface.kind !== 'response') assumptions.push('Cookies count as 0, since the app may set others.');
	return scoreOf(
		{
			values: header => lines.filter(({ name }) => name.toLowerCase() === header).map(({ value }) => value.text),
			https,
			reflectsOrigin: lines.some(
				({ name, value }) => name.toLowerCase() === 'access-control-allow-origin' && readAllowedOrigin(value).kind === 'reflected',
			),
			cookies: surface.kind === 'response',
			preloaded: 0 < surface.hosts.length && surface.hosts.every(({ name }) => preloadedSuffix(name) !== null),
		},
		assumptions,
	);
}

/** Adds the results up: bonuses count only from 90 points on, and no score is negative. */
export function scoreOf(headers: GradedHeaders, assumptions: readonly string[] = []): ProjectedScore {
	const tests = observatoryTests(headers);
	const full = tests.reduce((sum, { modifier }) => sum + modifier, 100);
	const base = tests.reduce((sum, { modifier }) => sum + Math.min(modifier, 0), 100);
	const score = Math.max(90 <= base ? full : base, 0);
	return { algorithm: 6, score, grade: gradeOf(score), tests, assumptions };
}

/** The letter for a score: every five points from 25 to 100 have one. */
export function gradeOf(score: number): string {
	const step = Math.min(score - (score % 5), 100);
	return letters.get(step) ?? 'F';
}

const letters: ReadonlyMap<number, string> = new Map([
	[100, 'A+'],
	[95, 'A'],
	[90, 'A'],
	[85, 'A-'],
	[80, 'B+'],
	[75, 'B'],
	[70, 'B'],
	[65, 'B-'],
	[60, 'C+'],
	[55, 'C'],
	[50, 'C'],
	[45, 'C-'],
	[40, 'D+'],
	[35, 'D'],
	[30, 'D'],
	[25, 'D-'],
]);

/** The answer for all requests and cases, as near as there is one: made by the surface itself rather than passed on. */
function standingFor(responses: readonly EffectiveResponse[]): EffectiveResponse | null {
	const order = (response: EffectiveResponse): number =>
		(response.scope === null ? 0 : 4) + (response.branch === null ? 0 : 2) + (response.upstream === null ? 0 : 1);
	let best: EffectiveResponse | null = null;
	for (const response of responses) if (best === null || order(response) < order(best)) best = response;
	return best;
}

/** The response's lines with those the app behind it adds, where that app is in the workspace. */
function withApp(
	response: EffectiveResponse,
	surface: Surface,
	workspace: WorkspaceModel,
	assumptions: string[],
): readonly EffectiveHeader[] {
	if (response.upstream === null) return response.headers;
	const use = surface.upstreams.find(({ dial }) => dial === response.upstream);
	const app = use === undefined ? null : workspace.appBehind(use);
	const answer = app === null ? null : standingFor(contentResponses(app));
	if (use === undefined || answer === null) {
		assumptions.push('The app behind the site adds no security header.');
		return response.headers;
	}
	const deferred = new Set(
		response.headers.filter(({ operation }) => operation?.timing === 'deferred').map(({ name }) => name.toLowerCase()),
	);
	const added = answer.headers.filter(({ name }) => !use.removes.includes(name.toLowerCase()) && !deferred.has(name.toLowerCase()));
	return [...response.headers, ...added];
}
