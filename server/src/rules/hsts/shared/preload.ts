import { preloadedSuffix, registrableDomain } from '../../../headers/hosts';
import { hstsDirective, isValidHsts, maxAgeOf } from '../../../headers/hsts';
import { oneYear } from '../../../headers/recommended';
import type { Span } from '../../../text/span';
import { changeValue } from '../../generic/shared/reporting';
import type { FixProposal, RelatedPlace, ValueSubject } from '../../rule';
import { preloadEvidence } from './evidence';
import { isLocal, policyOf } from './policy';

/**
 * What is to be said of a `preload` directive: one thing, in the order of spec/header-policy.md section 3 (ineligible,
 * contradicted, redundant, subdomain, unacknowledged). `span` is the directive in the value.
 */
export type PreloadVerdict = { readonly span: Span } & (
	| { readonly kind: 'ineligible'; readonly lacks: readonly string[] }
	| { readonly kind: 'contradicted'; readonly domain: string; readonly evidence: readonly RelatedPlace[] }
	| { readonly kind: 'redundant'; readonly suffix: string }
	| { readonly kind: 'subdomain'; readonly host: string; readonly domain: string }
	/** `domain` is null where nobody knows which host will send it. */
	| { readonly kind: 'unacknowledged'; readonly domain: string | null }
);

/** The verdict on the judged value; null where it has no `preload`, or where somebody has answered for it. */
export function preloadVerdict(subject: ValueSubject): PreloadVerdict | null {
	const { surface, workspace, config, operation } = subject;
	let known = verdicts.get(surface);
	if (known === undefined || known.workspace !== workspace || known.config !== config) {
		known = { workspace, config, byOperation: new Map() };
		verdicts.set(surface, known);
	}
	let verdict = known.byOperation.get(operation);
	if (verdict === undefined) {
		verdict = findVerdict(subject);
		known.byOperation.set(operation, verdict);
	}
	return verdict;
}

/** The last verdicts on the operations of each surface: five rules ask for the same one after the other. */
const verdicts = new WeakMap<
	ValueSubject['surface'],
	Pick<ValueSubject, 'workspace' | 'config'> & { readonly byOperation: Map<ValueSubject['operation'], PreloadVerdict | null> }
>();

function findVerdict(subject: ValueSubject): PreloadVerdict | null {
	const policy = policyOf(subject);
	if (policy === null || isLocal(subject.surface)) return null;
	const directive = hstsDirective(policy, 'preload');
	if (directive === null || directive.value !== null || directive.opaque) return null;
	const { span } = directive;

	const maxAge = maxAgeOf(policy);
	const lacks: string[] = [];
	if (!policy.open && !isValidHsts(policy)) lacks.push('a valid value');
	if (maxAge !== null && maxAge < oneYear) lacks.push(`a max-age of at least ${oneYear}`);
	if (!policy.open && hstsDirective(policy, 'includesubdomains') === null) lacks.push('includeSubDomains');
	if (0 < lacks.length) return { span, kind: 'ineligible', lacks };

	const hosts = publicHosts(subject);
	const domains = [...new Set(hosts.map(({ domain }) => domain))];
	for (const domain of domains) {
		const evidence = preloadEvidence(domain, subject);
		if (0 < evidence.length) return { span, kind: 'contradicted', domain, evidence };
	}
	const suffixes = hosts.map(({ host }) => preloadedSuffix(host));
	const suffix = suffixes[0] ?? null;
	if (suffix !== null && suffixes.every(found => found !== null)) return { span, kind: 'redundant', suffix };
	const [below] = hosts;
	if (below !== undefined && hosts.every(({ host, domain }) => host !== domain))
		return { span, kind: 'subdomain', host: below.host, domain: below.domain };

	const acknowledged = new Set(subject.config.acknowledgedPreload.map(({ domain }) => domain));
	if (domains.length === 0) return 0 < acknowledged.size ? null : { span, kind: 'unacknowledged', domain: null };
	const open = hosts.find(({ host, domain }) => host === domain && !acknowledged.has(domain));
	return open === undefined ? null : { span, kind: 'unacknowledged', domain: open.domain };
}

/** Taking back a premature `preload`: a domain on the list stays there until it asks to leave, so nothing breaks (DESIGN.md 1.4). */
export function removePreload(subject: ValueSubject, span: Span): FixProposal {
	const before = subject.value.text.lastIndexOf(';', span.start);
	const after = subject.value.text.indexOf(';', span.end);
	const edit =
		before < 0 && 0 <= after ? { start: span.start, end: after + 1, text: '' } : { start: Math.max(0, before), end: span.end, text: '' };
	return changeValue('Remove preload', true, subject.operation, [edit]);
}

/** The hosts with a registrable domain: those of the site, or of the sites in front of an app. */
function publicHosts({ surface, workspace }: ValueSubject): readonly { readonly host: string; readonly domain: string }[] {
	const own = surface.kind.endsWith('-app') ? workspace.sitesInFrontOf(surface).flatMap(({ hosts }) => hosts) : surface.hosts;
	return own.flatMap(({ name }) => {
		const domain = registrableDomain(name);
		return domain === null ? [] : [{ host: name, domain }];
	});
}
