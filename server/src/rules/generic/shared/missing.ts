import { isLocalHost } from '../../../headers/hosts';
import { isKnownName } from '../../../headers/names';
import { nearest } from '../../../headers/nearest';
import { isMounted } from '../../../model/mounts';
import { carries, contentResponses, hasFrameAncestors, mayBeChanged, sentLines, settingOperations } from '../../../model/sentHeaders';
import type { EffectiveResponse, Surface } from '../../../model/surface';
import type { WorkspaceModel } from '../../../model/workspace';
import type { Place } from '../../../text/span';
import type { Profile, Severity, SurfaceSubject } from '../../rule';
import { type MissingReason, missingReasons } from './missingReasons';

/** A header that no content response of a surface carries. */
export interface MissingHeader {
	readonly reason: MissingReason;
	/** How loud it is, after all that is known and after the user's setting for the reason. */
	readonly severity: Severity;
	/** The app of the workspace that makes the content and does not send the header either, or null. */
	readonly app: Place | null;
	/** Whether an app that nobody here can see makes content, and may send the header. */
	readonly unseen: boolean;
	/** What the surface serves: the project's profile, or `api` where all its answers are those of an API. */
	readonly profile: Profile;
}

/**
 * The recommended headers a surface misses, in the order of `missingReasons`. Empty where absence proves nothing: parts of
 * configurations, redirects, files with unresolved imports. A header does not count as missing where another layer of the
 * workspace is known to send it or where another finding already names the cause (DESIGN.md 1.4).
 */
export function missingHeaders(subject: SurfaceSubject): readonly MissingHeader[] {
	const { surface, workspace, config } = subject;
	// What an app lacks that is mounted on another one, that one sends, or is told of.
	if (!answers(surface) || startsBroken(surface) || isMounted(surface, workspace)) return [];
	const main = mainResponses(surface);
	if (main.length === 0) return [];
	const profile = profileOf(subject.profile, main);
	const named = namedElsewhere(surface);
	const missing: MissingHeader[] = [];
	for (const reason of missingReasons) {
		const said = config.severities.get(reason.id);
		const base = said ?? reason.severity[profile];
		if (said === 'off' || base === 'off' || isSentBySurface(surface, reason.header) || !applies(surface, reason.header)) continue;
		if (named.has(reason.header)) continue;
		const layers = otherLayers(surface, main, reason.header, workspace);
		if (layers.sent) continue;
		missing.push({
			reason,
			severity: said ?? loudness(base, reason, subject, profile, main, layers),
			app: layers.app,
			unseen: layers.unseen,
			profile,
		});
	}
	return missing;
}

/** Whether the surface as a whole answers visitors, and all of it is known. */
function answers(surface: Surface): boolean {
	if (surface.kind === 'caddy-fragment' || surface.kind === 'helmet-options') return false;
	return surface.complete && surface.content !== 'redirect' && surface.content !== 'none';
}

/** An app that throws at its start, or whose helmet is never run, has one thing to be told, and it is not this. */
function startsBroken(surface: Surface): boolean {
	return surface.observations.some(
		observation =>
			observation.kind === 'helmet-not-called' ||
			observation.kind === 'helmet-not-mounted' ||
			observation.kind === 'standalone-not-called' ||
			(observation.kind === 'helmet-throws' && observation.branch === null),
	);
}

/**
 * The responses that stand for the surface: what it makes itself for all requests; where it makes only parts itself
 * (`/health`, `/static/*`, a refusal for the rest) and passes the others on, what it passes on.
 */
function mainResponses(surface: Surface): readonly EffectiveResponse[] {
	const answers = contentResponses(surface);
	const useful = answers.filter(({ status }) => status === null || status < 400);
	const all = 0 < useful.length ? useful : answers;
	const unscoped = all.filter(({ scope }) => scope === null);
	const own = unscoped.filter(({ upstream }) => upstream === null);
	if (0 < own.length) return own;
	return 0 < unscoped.length ? unscoped : all;
}

function profileOf(profile: Profile, main: readonly EffectiveResponse[]): Profile {
	if (profile !== 'ui') return profile;
	const scoped = main[0]?.scope?.profile ?? null;
	return scoped !== null && main.every(({ scope }) => scope?.profile === scoped) ? scoped : profile;
}

/**
 * Whether any answer with content has the header, or an operation gives it to some: values for a part of a site are the author's
 * choice, and where an app sets it too late for its routes, the order is the mistake and has a finding of its own.
 */
function isSentBySurface(surface: Surface, header: string): boolean {
	const responses = contentResponses(surface);
	if (responses.some(response => carries(response, header))) return true;
	const isApp = surface.kind.endsWith('-app');
	if (settingOperations(surface, header).some(({ scope }) => isApp || scope !== null)) return true;
	if (header === 'content-security-policy') return responses.some(response => carries(response, 'content-security-policy-report-only'));
	return header === 'x-frame-options' && responses.some(hasFrameAncestors);
}

/** HSTS means something only over HTTPS and for names others can reach; COOP only in a secure context (HTML, "obtain a COOP"). */
function applies(surface: Surface, header: string): boolean {
	if (header === 'cross-origin-opener-policy') return surface.transport !== 'http';
	if (header !== 'strict-transport-security') return true;
	const local = 0 < surface.hosts.length && surface.hosts.every(({ name }) => isLocalHost(name));
	if (local || surface.transport === 'http') return false;
	// Behind somebody else's TLS that somebody may send it; an app or a recorded response has no such excuse.
	return surface.transport !== 'unknown' || surface.kind !== 'caddy-site';
}

/** The headers (lower case) that are switched off, lost or misspelt, which has a finding of its own. */
function namedElsewhere(surface: Surface): ReadonlySet<string> {
	const named = new Set<string>();
	for (const observation of surface.observations) {
		switch (observation.kind) {
			case 'helmet-header-disabled':
			case 'helmet-throws':
			case 'helmet-option-ignored':
			case 'header-overridden':
				if (observation.header !== null) named.add(observation.header.toLowerCase());
				break;
			case 'unquoted-value':
				named.add(observation.field.toLowerCase());
				break;
			case 'name-with-colon':
				named.add(observation.operation.name.replace(/:$/, '').toLowerCase());
				break;
			default:
				break;
		}
	}
	for (const { action, direction, name } of surface.operations) {
		if (direction !== 'response') continue;
		const lower = name.toLowerCase();
		if (action === 'delete') named.add(lower);
		else if (!isKnownName(lower)) {
			const meant = nearest(lower, reasonHeaders, 2);
			if (meant !== null) named.add(meant);
		}
	}
	return named;
}

const reasonHeaders: readonly string[] = missingReasons.map(({ header }) => header);

interface OtherLayers {
	/** A layer of the workspace is known to send the header for every main answer, or a site in front reports its absence. */
	readonly sent: boolean;
	/** Some main answer is made by an app nobody here can see. */
	readonly unseen: boolean;
	/** The app of the workspace that makes a main answer and does not send the header. */
	readonly app: Place | null;
}

function otherLayers(surface: Surface, main: readonly EffectiveResponse[], header: string, workspace: WorkspaceModel): OtherLayers {
	// What is passed on may be hidden behind a test on the request, with only a refusal left for all others.
	let unseen = surface.content === 'proxied' && main.every(({ upstream }) => upstream === null);
	let app: Place | null = null;
	for (const { upstream } of main) {
		if (upstream === null) continue;
		const use = surface.upstreams.find(({ dial }) => dial === upstream);
		const behind = use === undefined ? null : workspace.appBehind(use);
		if (behind === null) unseen = true;
		else if (use?.removes.includes(header) === true || !isSentBySurface(behind, header)) app ??= behind.place;
	}
	const passedOn = main.every(({ upstream }) => upstream !== null);
	if (passedOn && !unseen && app === null) return { sent: true, unseen, app };
	// The guide sets headers in the proxy where there is one, so the site in front speaks for both.
	const front = workspace.sitesInFrontOf(surface).filter(site => site.complete && site.content !== 'redirect');
	return { sent: 0 < front.length, unseen, app };
}

/** Warning where the answer is known, info where somebody unseen may still send the header (DESIGN.md 1.4). */
function loudness(
	base: Severity,
	reason: MissingReason,
	subject: SurfaceSubject,
	profile: Profile,
	main: readonly EffectiveResponse[],
	layers: OtherLayers,
): Severity {
	const { surface } = subject;
	if (surface.kind === 'response') return base;
	const loud = base === 'error' && profile !== 'strict' ? 'warning' : base;
	if (surface.kind.endsWith('-app') && reason.id === 'permissions-policy-missing' && profile !== 'strict') return 'info';
	if (0 < surface.hosts.length && surface.hosts.every(({ name }) => isLocalHost(name))) return 'info';
	if (layers.app !== null) return loud;
	// A policy belongs to the pages of the app, so an unseen app is trusted with its own.
	if (layers.unseen) return setsSome(surface, main) && reason.id !== 'csp-missing' ? loud : 'info';
	return main.every(response => mayBeChanged(response, reason.header)) ? 'info' : loud;
}

/**
 * Whether the author of the surface has set any of the recommended headers by hand. HSTS does not count: it goes with the certificate, so
 * whoever sets it in the proxy may leave all that is about pages to the app.
 */
function setsSome(surface: Surface, main: readonly EffectiveResponse[]): boolean {
	return missingReasons.some(
		({ header }) =>
			header !== 'strict-transport-security' &&
			(main.some(response => sentLines(response, header).some(({ origin }) => origin === 'written')) ||
				settingOperations(surface, header).some(({ origin, scope }) => origin === 'written' && scope === null)),
	);
}
