import type { AppObservation } from '../../model/appObservation';
import type { Surface } from '../../model/surface';
import type { Rule, Severity, SurfaceSubject } from '../rule';
import { inCase, isDevelopmentOnly, libraryName, observed, repairFixes } from './shared/observed';

/** The headers whose loss leaves a hole; the others guard against old clients or are refinements. */
const weighty: ReadonlySet<string> = new Set([
	'Content-Security-Policy',
	'Strict-Transport-Security',
	'X-Content-Type-Options',
	'X-Frame-Options',
]);

/**
 * X-Powered-By is that of disclosure-x-powered-by. Cross-Origin-Embedder-Policy, on by default in helmet 5 and 6, keeps pages from
 * what they embed, so that helmet 7 gave it up: switching it off is right wherever nobody asks for isolation.
 */
const matterOfOthers: ReadonlySet<string> = new Set(['X-Powered-By', 'Cross-Origin-Embedder-Policy']);

/** `x: false` in the options of helmet: the header is not sent. */
export const rule: Rule = {
	id: 'helmet-header-disabled',
	family: 'helmet',
	summary: 'an option of helmet is false, which means the header is not sent',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface(subject, report) {
		for (const observation of observed(subject.surface, 'helmet-header-disabled')) {
			if (matterOfOthers.has(observation.header) || isDevelopmentOnly(observation.branch) || setElsewhere(subject, observation.header))
				continue;
			const chosen = dependsOnRequest(observation.branch);
			report({
				place: observation.place,
				severity: chosen ? 'info' : severityOf(subject, observation.header),
				message: messageOf(observation),
				headers: [observation.header],
				fixes: chosen ? [] : repairFixes(observation),
			});
		}
	},
};

/** Two kinds of answers, as helmet's own questions and answers show it for pages and other content: who tells them apart knows what each needs. */
function dependsOnRequest(branch: string | null): boolean {
	return branch !== null && /\b(?:req|request|ctx)\b/.test(branch);
}

function severityOf({ surface, profile }: SurfaceSubject, header: string): Severity {
	if (!weighty.has(header)) return 'info';
	// A policy for pages does little for an API; frame-ancestors does the work of X-Frame-Options in every browser of today.
	if (profile === 'api' && (header === 'Content-Security-Policy' || header === 'X-Frame-Options')) return 'info';
	return header === 'X-Frame-Options' && sendsFrameAncestors(surface) ? 'info' : 'warning';
}

function sendsFrameAncestors(surface: Surface): boolean {
	return surface.operations.some(
		({ name, action, value }) =>
			action === 'set' && name === 'Content-Security-Policy' && value !== null && /(?:^|;)\s*frame-ancestors\s/i.test(value.text),
	);
}

/** Switched off here because something else sets it: a standalone middleware, a setHeader, the Caddy in front. */
function setElsewhere({ surface, workspace }: SurfaceSubject, header: string): boolean {
	const name = header.toLowerCase();
	return [surface, ...workspace.sitesInFrontOf(surface)].some(({ operations }) =>
		operations.some(
			operation =>
				operation.direction !== 'request' &&
				operation.action !== 'delete' &&
				operation.name.toLowerCase() === name &&
				operation.branch === null,
		),
	);
}

function messageOf(observation: Extract<AppObservation, { readonly kind: 'helmet-header-disabled' }>): string {
	const { header, option, branch } = observation;
	const where = inCase(branch);
	if (header === 'X-Permitted-Cross-Domain-Policies' && observation.library !== 'hono')
		return `${header}: ${option}: false${where} does not forbid cross-domain policies, it leaves the header out; helmet would send "none", which forbids them. Remove the option, or set { permittedPolicies: 'none' }.`;
	return `${header}: ${option}: false${where} means the header is not sent: ${consequences.get(header) ?? 'what it guards against is open'}. Remove the option to get the default of ${libraryName(observation)}.`;
}

const consequences: ReadonlyMap<string, string> = new Map([
	['Content-Security-Policy', 'an injected script runs without hindrance'],
	['Strict-Transport-Security', 'a visit over plain http can be intercepted'],
	['X-Content-Type-Options', 'a browser may run an upload as script'],
	['X-Frame-Options', 'other sites may frame the page and steal clicks'],
	['Referrer-Policy', 'full addresses go to every linked site of the same security'],
	['Cross-Origin-Resource-Policy', 'other sites may load the answers into their pages'],
	['Cross-Origin-Opener-Policy', 'a page that opens this one keeps a handle on its window'],
	['Cross-Origin-Embedder-Policy', 'the page is not isolated from what it embeds'],
	['Origin-Agent-Cluster', 'the browser may share a process with other hosts of the same site'],
	['X-DNS-Prefetch-Control', 'browsers look up the hosts of links ahead of a click'],
	['X-Download-Options', 'an old Internet Explorer opens downloads in the context of the site'],
	['X-XSS-Protection', 'old browsers keep their faulty script filter on'],
]);
