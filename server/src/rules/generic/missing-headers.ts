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
		.flatMap(({ reason, profile, unseen }) => {
			const isForeign = unseen || passesOn;
			const field = fittingHeader(surface, reason.header, profile, isForeign);
			return field === null ? [] : [{ field, byHand: isForeign && belongsToPages.has(reason.header) }];
		});
	const insert = (title: string, headers: readonly HeaderField[], byHand: boolean): FixProposal => ({
		title,
		safe: false,
		...(byHand ? { byHand } : {}),
		intent: { kind: 'insert-headers', surface, headers, inPlaceOf },
	});
	const single = fields.map(({ field, byHand }) => insert(`Add ${field.name}: ${field.value}`, [field], byHand));
	if (fields.length < 2) return single;
	const every = fields.map(({ field }) => field);
	const all = insert(
		`Add all ${every.length} recommended headers`,
		every,
		fields.some(({ byHand }) => byHand),
	);
	if (all.byHand !== true) return [all, ...single];
	const fitting = fields.flatMap(({ field, byHand }) => (byHand ? [] : [field]));
	if (fitting.length < 2) return [...single, all];
	return [insert(`Add ${fitting.length} recommended headers that fit any app`, fitting, false), ...single, all];
}

/**
 * What decides what pages may load, ask for, and be used by. For an app that nobody here can see it is chosen by hand: in place of the app's
 * own, or of none, it may keep scripts from running, or the microphone from a meeting.
 */
const belongsToPages: ReadonlySet<string> = new Set([
	'content-security-policy',
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

/**
 * The recommended header; a policy for a site that allows its own frames allows them too, or the two would contradict. An app that nobody here
 * can see may frame itself.
 */
function fittingHeader(surface: Surface, header: string, profile: Profile, unseen: boolean): HeaderField | null {
	const field = recommendedHeader(header, profile);
	if (field !== null && header === 'x-frame-options' && unseen) return { ...field, value: 'SAMEORIGIN' };
	if (field === null || header !== 'content-security-policy') return field;
	const framesItself = contentResponses(surface).some(response =>
		sentLines(response, 'x-frame-options').some(({ value }) => value.text.trim().toLowerCase() === 'sameorigin'),
	);
	return framesItself ? { ...field, value: field.value.replace("frame-ancestors 'none'", "frame-ancestors 'self'") } : field;
}
