import type { ValueEdit } from '../../fixes/intent';
import { addToken, appendDirective } from '../../headers/csp/edits';
import { decidingDirective } from '../../headers/csp/effective';
import { type CspDirective, cspOf } from '../../headers/csp/parse';
import type { PageResource } from '../../headers/page/resources';
import { placeInValue } from '../../model/value';
import type { Place } from '../../text/span';
import type { FixProposal, RelatedPlace, Rule } from '../rule';
import { type BlockedInPage, type JudgedPolicy, judgedPolicies } from './shared/servedPages';

/**
 * What the policy of a site or app would block of the HTML files it serves from the workspace (issue D, point 7), and of the pages that
 * its code sends. One finding per directive, with every place in the pages.
 */
export const rule: Rule = {
	id: 'csp-blocks-page',
	family: 'csp',
	summary: 'The policy blocks something that the pages it protects use',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'suggested',
	checkSurface: (subject, report) => {
		for (const judged of judgedPolicies(subject)) {
			for (const [place, blocked] of byPlace(judged)) {
				report({
					place,
					message: messageOf(blocked),
					headers: ['Content-Security-Policy'],
					related: blocked.slice(0, mostRelated).map(relatedPlace),
					fixes: fixesOf(judged, blocked),
				});
			}
		}
	},
};

/** As many places are listed, and fixes offered. */
const mostRelated = 20;
const mostFixes = 8;

/** Grouped by the directive that blocks, or by the header where nobody wrote that directive. */
function byPlace({ value, operation, blocked }: JudgedPolicy): readonly (readonly [Place, readonly BlockedInPage[]])[] {
	const groups = new Map<string, { readonly place: Place; readonly blocked: BlockedInPage[] }>();
	for (const each of blocked) {
		const { start, end } = each.directive;
		const written = operation.value === value && value.segments.some(segment => segment.start < end && start < segment.end);
		const place = (written ? placeInValue(value, start, end) : null) ?? operation.namePlace ?? operation.place;
		const key = `${place.path}\0${place.span.start}\0${place.span.end}`;
		const group = groups.get(key) ?? { place, blocked: [] };
		group.blocked.push(each);
		groups.set(key, group);
	}
	return [...groups.values()].map(group => [group.place, group.blocked] as const);
}

function messageOf(blocked: readonly BlockedInPage[]): string {
	const names = [...new Set(blocked.map(each => `${shown(each.resource)} in ${each.label}`))];
	const list = names.slice(0, 3).join(', ') + (3 < names.length ? ` and ${names.length - 3} more` : '');
	const directives = [...new Set(blocked.map(each => each.directive.name))].join(' and ');
	const inline = blocked.some(({ source, resource }) => resource.kind === 'inline' && source === null);
	const advice = inline
		? 'Move inline code to a file of your own, and allow the rest by its source or hash.'
		: 'Allow it by its source or hash, or take it out of the page.';
	return `Content-Security-Policy: ${directives} blocks ${list}, so pages break where they need it. ${advice}`;
}

function shown(resource: PageResource): string {
	if (resource.kind === 'inline') return `an inline ${resource.label}`;
	return resource.url.length <= 80 ? resource.url : `${resource.url.slice(0, 79)}…`;
}

function relatedPlace({ resource, place, directive }: BlockedInPage): RelatedPlace {
	return { place, message: `${shown(resource)} is blocked by ${directive.name}` };
}

function fixesOf(judged: JudgedPolicy, blocked: readonly BlockedInPage[]): readonly FixProposal[] {
	const { value, operation } = judged;
	if (operation.value !== value) return [];
	const sources = blocked.flatMap(({ directive, resource, source }) => (source === null ? [] : [{ directive, resource, source }]));
	const single = new Map<string, FixProposal>();
	for (const added of sources) {
		const name = targetName(added.directive, added.resource);
		const title = `Allow ${added.source} in ${name}`;
		if (single.size < mostFixes && !single.has(title))
			single.set(title, { title, safe: false, intent: { kind: 'change-value', operation, edits: editsFor(judged, [added]) } });
	}
	const all: FixProposal[] =
		1 < single.size
			? [
					{
						title: 'Allow all that the pages use',
						safe: false,
						intent: { kind: 'change-value', operation, edits: editsFor(judged, sources) },
					},
				]
			: [];
	const trial: FixProposal = {
		title: 'Only report first: send the policy as Content-Security-Policy-Report-Only',
		safe: false,
		intent: { kind: 'rename-header', operation, name: 'Content-Security-Policy-Report-Only' },
	};
	const allowing = [...all, ...single.values()];
	// Alone, "only report" would take protection away; it is a step on the way to a policy that fits.
	return 0 < allowing.length && operation.origin === 'written' ? [...allowing, trial] : allowing;
}

interface AddedSource {
	readonly directive: CspDirective;
	readonly resource: PageResource;
	readonly source: string;
}

/** One edit per list that grows; where a fallback decides, the kind of content gets a list of its own that begins with it. */
function editsFor({ value, policy }: JudgedPolicy, added: readonly AddedSource[]): readonly ValueEdit[] {
	const lists = new Map<string, { readonly directive: CspDirective; readonly sources: Set<string> }>();
	for (const { directive, resource, source } of added) {
		const name = targetName(directive, resource);
		const list = lists.get(name) ?? { directive, sources: new Set<string>() };
		list.sources.add(source);
		lists.set(name, list);
	}
	const csp = cspOf(value);
	const appended: string[] = [];
	const edits: ValueEdit[] = [];
	for (const [name, { directive, sources }] of lists) {
		const words = [...sources].join(' ');
		if (name === directive.name) {
			edits.push(addToken(directive, words));
			continue;
		}
		const inherited =
			decidingDirective(policy, name)
				?.values.map(token => token.text)
				.filter(word => word !== "'none'") ?? [];
		appended.push([name, ...inherited, words].join(' '));
	}
	return 0 < appended.length ? merged(edits, appendDirective(csp, appended.join('; '), policy)) : edits;
}

/** Two insertions at the end of the policy become one, the longer list before the new directives. */
function merged(edits: readonly ValueEdit[], last: ValueEdit): readonly ValueEdit[] {
	const same = edits.find(edit => edit.start === last.start && edit.end === last.end);
	if (same === undefined) return [...edits, last];
	return [...edits.filter(edit => edit !== same), { ...last, text: same.text + last.text }];
}

/** The directive to grow: the one that decides, or where that is default-src the one for this kind of content. */
function targetName(directive: CspDirective, resource: PageResource): string {
	if (directive.name !== 'default-src') return directive.name;
	return resource.directive.replace(/^(script-src|style-src)-(?:elem|attr)$/, '$1');
}
