import type { SelfOrigin } from '../../../headers/csp/match';
import { type CspPolicy, cspOf } from '../../../headers/csp/parse';
import { type BlockedResource, blockedResources } from '../../../headers/page/blocked';
import type { HeaderOperation } from '../../../model/operation';
import { contentResponses, mayBeChanged, sentLines } from '../../../model/sentHeaders';
import type { EffectiveResponse, StaticRoot, Surface } from '../../../model/surface';
import { type HeaderValue, hasUnknown, placeInValue } from '../../../model/value';
import type { Place } from '../../../text/span';
import type { SurfaceSubject } from '../../rule';

/** A policy line that is sent with the pages of a surface, and what it blocks of them. */
export interface JudgedPolicy {
	readonly operation: HeaderOperation;
	/** The value that is sent: the operation's own, unless something replaced a part of it. */
	readonly value: HeaderValue;
	readonly policy: CspPolicy;
	readonly blocked: readonly BlockedInPage[];
}

/** Something blocked, and where it stands. */
export interface BlockedInPage extends BlockedResource {
	/** The page as shown to people: `public/index.html`, `GET /login`. */
	readonly label: string;
	readonly place: Place;
}

/**
 * The enforced policies that pages of the surface are sent with for sure, with what they block: of the files in its folders, and of the
 * pages that stand in the code which answers.
 */
export function judgedPolicies(subject: SurfaceSubject): readonly JudgedPolicy[] {
	const joined = new Map<string, JudgedPolicy>();
	for (const judged of [...ofFiles(subject), ...ofCode(subject)]) {
		const key = `${judged.operation.id}\0${judged.value.text}\0${judged.policy.start}`;
		const known = joined.get(key);
		joined.set(key, known === undefined ? judged : { ...known, blocked: [...known.blocked, ...judged.blocked] });
	}
	return [...joined.values()];
}

/** Pages that stand in the code: each is held against the policies that are set where it is sent. */
function ofCode({ surface, workspace }: SurfaceSubject): readonly JudgedPolicy[] {
	const self = selfOrigin(surface);
	const seen = new Set<string>();
	return surface.responses.flatMap(({ pages = [], scope, request }) =>
		pages.flatMap(({ html, policies }) => {
			const lines = policies.flatMap(({ operation, value }) => (operation === null ? [] : [{ operation, value }]));
			const [first] = html.segments;
			const key = [first?.place.path, first?.place.span.start, ...lines.map(({ operation }) => operation.id)].join('\0');
			if (first === undefined || seen.has(key)) return [];
			seen.add(key);
			const content = workspace.readPage(html.text);
			const label = scope?.label ?? request.url;
			return lines.flatMap(({ operation, value }) =>
				cspOf(value).policies.map(policy => ({
					value,
					operation,
					policy,
					blocked: blockedResources(policy, content, request.url, self).map(each => ({
						...each,
						label,
						place: placeInValue(html, each.resource.span.start, each.resource.span.end) ?? first.place,
					})),
				})),
			);
		}),
	);
}

/** Files: empty where the content answers differ in their policies, or may. Which of them a page gets is then not certain. */
function ofFiles({ surface, workspace }: SurfaceSubject): readonly JudgedPolicy[] {
	if (surface.staticRoots.length === 0) return [];
	const lines = commonPolicies(surface);
	if (lines.length === 0) return [];
	const pages = workspace.pagesOf(surface);
	const self = selfOrigin(surface);
	return lines.flatMap(({ operation, value }) =>
		cspOf(value).policies.map(policy => ({
			value,
			operation,
			policy,
			blocked: pages
				.filter(({ root }) => surface.kind === 'caddy-site' || standsBefore(operation, root))
				.flatMap(({ content, url, label, path }) =>
					blockedResources(policy, content, url, self).map(each => ({ ...each, label, place: { path, span: each.resource.span } })),
				),
		})),
	);
}

interface PolicyLine {
	readonly operation: HeaderOperation;
	readonly value: HeaderValue;
}

function commonPolicies(surface: Surface): readonly PolicyLine[] {
	const answers = contentResponses(surface).filter(({ upstream, scope }) => upstream === null && scope?.profile !== 'api');
	if (answers.some(response => mayBeChanged(response, header))) return [];
	const [first, ...others] = answers.length === 0 ? surface.responses.map(replacedPolicies) : answers.map(policyLines);
	if (first === undefined) return [];
	return others.every(lines => lines.length === first.length && lines.every((line, index) => line.operation === first[index]?.operation))
		? first
		: [];
}

const header = 'content-security-policy';

function policyLines(response: EffectiveResponse): readonly PolicyLine[] {
	return sentLines(response, header).flatMap(({ operation, value }) => (operation === null ? [] : [{ operation, value }]));
}

/** An app that only serves files: Express replaces the policy in its error pages, the files are sent with the one that was set before. */
function replacedPolicies(response: EffectiveResponse): readonly PolicyLine[] {
	return sentLines(response, header).flatMap(({ operation, overrode }) => {
		const set = operation ?? overrode[overrode.length - 1] ?? null;
		return set === null || set.value === null || set.branch !== null ? [] : [{ operation: set, value: set.value }];
	});
}

/** In an app what is registered first answers first: files that are served before the policy is set go without it. */
function standsBefore(operation: HeaderOperation, root: StaticRoot): boolean {
	return operation.place.path !== root.place.path || operation.place.span.start < root.place.span.start;
}

/** What 'self' is. The hosts of an app are not known; a name stands in for them that no policy holds. */
function selfOrigin({ hosts, transport }: Surface): SelfOrigin {
	const names = hosts
		.filter(({ name }) => name !== '' && !name.includes('*') && !hasUnknown(name))
		.map(({ name, port, scheme }) => (port === null || port === (scheme === 'http' ? 80 : 443) ? name : `${name}:${port}`));
	return { protocol: transport === 'http' ? 'http:' : 'https:', hosts: 0 < names.length ? names : ['self.invalid'] };
}
