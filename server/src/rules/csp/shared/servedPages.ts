import type { SelfOrigin } from '../../../headers/csp/match';
import { type CspPolicy, cspOf } from '../../../headers/csp/parse';
import { type BlockedResource, blockedResources } from '../../../headers/page/blocked';
import type { HeaderOperation } from '../../../model/operation';
import type { Page } from '../../../model/page';
import { contentResponses, mayBeChanged, sentLines } from '../../../model/sentHeaders';
import type { EffectiveHeader, EffectiveResponse, Surface } from '../../../model/surface';
import { hasUnknown } from '../../../model/value';
import type { SurfaceSubject } from '../../rule';

/** A policy line that is sent with the pages of a surface, and what it blocks of them. */
export interface JudgedPolicy {
	readonly header: EffectiveHeader;
	readonly operation: HeaderOperation;
	readonly policy: CspPolicy;
	readonly blocked: readonly BlockedInPage[];
}

/** Something blocked, and where it stands. */
export interface BlockedInPage extends BlockedResource {
	readonly page: Page;
}

/**
 * The enforced policies that every content answer of the surface carries alike, with what they block of its pages. Empty where
 * answers differ in their policies, or may: which of them a page gets is then not certain.
 */
export function judgedPolicies({ surface, workspace }: SurfaceSubject): readonly JudgedPolicy[] {
	if (surface.staticRoots.length === 0) return [];
	const lines = commonPolicies(surface);
	if (lines.length === 0) return [];
	const pages = workspace.pagesOf(surface);
	const self = selfOrigin(surface);
	return lines.flatMap(header => {
		const { operation } = header;
		if (operation === null) return [];
		return cspOf(header.value).policies.map(policy => ({
			header,
			operation,
			policy,
			blocked: pages.flatMap(page => blockedResources(policy, page.content, page.url, self).map(each => ({ ...each, page }))),
		}));
	});
}

function commonPolicies(surface: Surface): readonly EffectiveHeader[] {
	const answers = contentResponses(surface).filter(response => response.upstream === null);
	const [first, ...others] = answers.map(policyLines);
	if (first === undefined || answers.some(response => mayBeChanged(response, header))) return [];
	return others.every(lines => lines.length === first.length && lines.every((line, index) => line.operation === first[index]?.operation))
		? first
		: [];
}

const header = 'content-security-policy';

function policyLines(response: EffectiveResponse): readonly EffectiveHeader[] {
	return sentLines(response, header);
}

/** What 'self' is. The hosts of an app are not known; a name stands in for them that no policy holds. */
function selfOrigin({ hosts, transport }: Surface): SelfOrigin {
	const names = hosts
		.filter(({ name }) => name !== '' && !name.includes('*') && !hasUnknown(name))
		.map(({ name, port, scheme }) => (port === null || port === (scheme === 'http' ? 80 : 443) ? name : `${name}:${port}`));
	return { protocol: transport === 'http' ? 'http:' : 'https:', hosts: 0 < names.length ? names : ['self.invalid'] };
}
