import type { HeaderField } from '../../fixes/intent';
import { deletes } from '../../headers/deletion';
import { canonicalName } from '../../headers/names';
import { recommendedHeader } from '../../headers/recommended';
import { contentResponses, sentLines } from '../../model/sentHeaders';
import type { Surface } from '../../model/surface';
import type { FixProposal, Profile, Rule, Severity, SurfaceSubject } from '../rule';
import { type MissingHeader, missingHeaders } from './shared/missing';

/** One finding per site or app that lists every recommended header it does not send (DESIGN.md 1.4). */
export const rule: Rule = {
	id: 'missing-headers',
	family: 'generic',
	summary: 'Recommended security headers are missing',
	severity: { ui: 'warning', api: 'warning', strict: 'error' },
	fix: 'suggested',
	checkSurface(subject, report) {
		const { surface } = subject;
		if (surface.kind === 'response') return;
		const missing = missingHeaders(subject);
		const worst = worstOf(missing);
		if (worst === null) return;
		const app = missing.find(found => found.app !== null)?.app ?? null;
		report({
			place: surface.place,
			message: messageOf(surface, missing, worst),
			headers: missing.map(({ reason }) => canonicalName(reason.header)),
			severity: worst.severity,
			reasons: missing.map(({ reason }) => reason.id),
			related: app === null ? [] : [{ place: app, message: 'The app behind it does not send them either.' }],
			fixes: fixesOf(subject, missing),
		});
	},
};

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

function worstOf(missing: readonly MissingHeader[]): MissingHeader | null {
	let worst: MissingHeader | null = null;
	for (const found of missing) if (worst === null || rank[found.severity] < rank[worst.severity]) worst = found;
	return worst;
}

function messageOf(surface: Surface, missing: readonly MissingHeader[], worst: MissingHeader): string {
	const names = missing.map(({ reason }) => canonicalName(reason.header));
	const who = surface.kind === 'caddy-site' ? 'This site' : 'This app';
	const unless = missing.some(({ unseen }) => unseen) ? ', unless the app behind it does' : '';
	const them = names.length === 1 ? 'the header' : 'the recommended values';
	return `${who} does not send ${listed(names)}${unless}: ${worst.reason.consequence}. Add ${them}.`;
}

function listed(names: readonly string[]): string {
	const last = names[names.length - 1] ?? '';
	return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function fixesOf({ surface, workspace }: SurfaceSubject, missing: readonly MissingHeader[]): readonly FixProposal[] {
	// What they send themselves nobody knows; Caddy would send both.
	const inPlaceOf = surface.upstreams.filter(use => workspace.appBehind(use) === null);
	// Pages of PHP beside files: what they do nobody knows here either.
	const passesOn = contentResponses(surface).some(
		({ scope, upstream }) => scope === null && upstream !== null && inPlaceOf.some(({ dial }) => dial === upstream),
	);
	const fields = missing
		.filter(({ reason }) => !isTakenAway(surface, reason.header))
		.flatMap(({ reason, profile, unseen }): readonly HeaderField[] => {
			const field = fittingHeader(surface, reason.header, profile);
			if (field === null) return [];
			return [(unseen || passesOn) && belongsToPages.has(reason.header) ? { ...field, unlessSent: true } : field];
		});
	const single = fields.map(
		(field): FixProposal => ({
			title: `Add ${field.name}: ${field.value}`,
			safe: false,
			intent: { kind: 'insert-headers', surface, headers: [field], inPlaceOf },
		}),
	);
	if (fields.length < 2) return single;
	const all: FixProposal = {
		title: `Add all ${fields.length} recommended headers`,
		safe: false,
		intent: { kind: 'insert-headers', surface, headers: fields, inPlaceOf },
	};
	return [all, ...single];
}

/**
 * What decides what pages may load, ask for, and be used by. What an app that nobody here can see says of it itself is left alone: it knows
 * its pages, and another policy in the place of its own may keep scripts from running, or the microphone from a meeting.
 */
const belongsToPages: ReadonlySet<string> = new Set([
	'content-security-policy',
	'x-frame-options',
	'permissions-policy',
	'cross-origin-opener-policy',
	'cross-origin-resource-policy',
]);

/** Whether a wildcard takes the field away: from where, and what it is meant for besides, only the author knows. */
function isTakenAway(surface: Surface, header: string): boolean {
	return surface.operations.some(
		({ action, direction, name }) => action === 'delete' && direction === 'response' && name.includes('*') && deletes(name, header),
	);
}

/** The recommended header; a policy for a site that allows its own frames allows them too, or the two would contradict. */
function fittingHeader(surface: Surface, header: string, profile: Profile): HeaderField | null {
	const field = recommendedHeader(header, profile);
	if (field === null || header !== 'content-security-policy') return field;
	const framesItself = contentResponses(surface).some(response =>
		sentLines(response, 'x-frame-options').some(({ value }) => value.text.trim().toLowerCase() === 'sameorigin'),
	);
	return framesItself ? { ...field, value: field.value.replace("frame-ancestors 'none'", "frame-ancestors 'self'") } : field;
}
