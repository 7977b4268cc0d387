import type { Section, SectionSettings } from '../caddyfile/sections';
import { findGlobalProblems, findRouteProblems, findSiteProblems, type RouteInvokes, repeatedRoutes } from '../caddyfile/setup';
import { optionFacts } from '../caddyfile/setupAddresses';
import type { CaddyfileTree } from '../caddyfile/tree';
import type { SyntaxProblem } from '../model/analysis';

/** The mistakes within one section of the file that `tree` is of, the named routes of which invoke what `routes` says. */
export function problemsOf(
	section: Section,
	tree: CaddyfileTree,
	routes: RouteInvokes,
	{ options }: SectionSettings,
): readonly SyntaxProblem[] {
	const { block, trailing, problems } = section;
	const version = options.caddyVersion;
	const context = { complete: true, version, trailing, options: optionFacts(tree.globalOptions) };
	if (block.kind === 'site') return [...problems, ...findSiteProblems(block.site, { ...context, routes })];
	if (block.kind === 'globals') return [...problems, ...findGlobalProblems(block.body, context)];
	if (block.kind !== 'named-route') return problems;
	const repeated = version === 'next' ? repeatedRoutes(tree.namedRoutes).filter(({ place }) => place.path === section.path) : [];
	return [...problems, ...findRouteProblems(block.route, context), ...repeated];
}
