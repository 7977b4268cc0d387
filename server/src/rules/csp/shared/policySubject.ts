import type { CspContext } from '../../../headers/csp/concerns';
import { heededDirective, sandboxForbids } from '../../../headers/csp/effective';
import { type CspPolicy, cspOf, isLostDirective, type ParsedCsp } from '../../../headers/csp/parse';
import { cspFallbacks } from '../../../headers/facts/cspDirectives';
import { isLocalHost } from '../../../headers/hosts';
import { responsesOf } from '../../../model/responsesOf';
import type { EffectiveResponse } from '../../../model/surface';
import { placeInValue } from '../../../model/value';
import type { Place } from '../../../text/span';
import type { ValueSubject } from '../../rule';

/** Both headers that carry a policy, lower case. */
export const policyHeaders: readonly string[] = ['content-security-policy', 'content-security-policy-report-only'];

/** The header that is enforced: where only what a policy really forbids counts. */
export const enforcedHeader: readonly string[] = ['content-security-policy'];

/** The usual spelling of the subject's header, for messages. */
export function headerName(subject: ValueSubject): string {
	return subject.header === 'content-security-policy' ? 'Content-Security-Policy' : 'Content-Security-Policy-Report-Only';
}

/** What the policy of this surface is judged against. */
export function cspContext({ surface }: ValueSubject): CspContext {
	return {
		https: surface.transport !== 'http',
		publicHost: surface.hosts.some(({ name }) => name.includes('.') && !isLocalHost(name)),
		recorded: surface.kind === 'response',
	};
}

/** Where the characters of the value were written, or null where nobody wrote them (helmet's defaults). */
export function writtenPlace({ value }: ValueSubject, start: number, end: number): Place | null {
	const written = value.segments.some(segment => segment.start < end && start < segment.end);
	return written ? placeInValue(value, start, end) : null;
}

/** Where to say that something is absent from the value: at the header's name, where one is written. */
export function headPlace({ operation }: ValueSubject): Place {
	return operation.namePlace ?? operation.place;
}

/**
 * Whether some policy sent together with this value has the directive, this value included, or may have it. What is absent
 * from one policy may stand in another: all of them apply.
 */
export function hasDirective(subject: ValueSubject, ...names: readonly string[]): boolean {
	const csp = cspOf(subject.value);
	if (policiesHave(csp, names)) return true;
	const responses = responsesWith(subject);
	return 0 < responses.length && responses.every(response => others(response, subject).some(other => policiesHave(other, names)));
}

/** Whether a `sandbox` in the value surely keeps the page from running scripts, or from sending forms. */
export function isSandboxed({ value }: ValueSubject, flag: Parameters<typeof sandboxForbids>[1]): boolean {
	return cspOf(value).policies.some(policy => sandboxForbids(policy, flag));
}

/** Whether one of the policies heeds one of the directives, or may have it. */
export function policiesHave(csp: ParsedCsp, names: readonly string[]): boolean {
	return csp.policies.some(policy => policy.open || names.some(name => heededDirective(policy, name) !== null || isLost(policy, name)));
}

/** Whether the directive stands in the value of another for want of a semicolon: that is said, and repaired, there. */
function isLost(policy: CspPolicy, name: string): boolean {
	return policy.directives.some(({ kind, values }) => values.some(word => word.text.toLowerCase() === name && isLostDirective(word, kind)));
}

/** The policy that speaks for the value: its first one with a directive that browsers know, else with any. Null where it has none, or may have any. */
export function mainPolicy(subject: ValueSubject): CspPolicy | null {
	const { policies } = cspOf(subject.value);
	if (policies.some(policy => policy.open)) return null;
	const heeded = policies.filter(policy => policy.directives.some(directive => directive.dropped === null));
	return (
		heeded.find(policy => policy.directives.some(directive => directive.kind !== null && directive.dropped === null)) ?? heeded[0] ?? null
	);
}

/**
 * Whether the value says nothing about loading and another policy is sent beside it, or may be: by the app behind a proxy, whose
 * headers are added to those that Caddy sets at once. What it lacks is then a matter of that other one.
 */
export function isSupplement(subject: ValueSubject): boolean {
	const loads = cspOf(subject.value).policies.some(policy => policy.directives.some(({ name }) => cspFallbacks.has(name)));
	if (loads) return false;
	const responses = responsesWith(subject).filter(({ outcome }) => outcome === 'content' || outcome === 'unknown');
	if (responses.length === 0) return false;
	const added = subject.operation.timing === 'immediate';
	return responses.every(response => (added && response.upstream !== null) || 0 < others(response, subject).length);
}

function others(response: EffectiveResponse, { operation, header }: ValueSubject): readonly ParsedCsp[] {
	return response.headers
		.filter(other => other.name.toLowerCase() === header && other.operation !== operation)
		.map(other => cspOf(other.value));
}

/** The responses of the surface that carry the subject's value. */
export function responsesWith({ surface, operation }: ValueSubject): readonly EffectiveResponse[] {
	return responsesOf(surface, operation);
}
