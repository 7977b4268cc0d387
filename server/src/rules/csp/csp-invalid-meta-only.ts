import { parseCsp } from '../../headers/csp/parse';
import type { Page } from '../../model/page';
import type { StaticRoot } from '../../model/surface';
import type { RelatedPlace, Rule } from '../rule';

/**
 * `csp-invalid-meta-only` of spec/header-policy.md section 2. The finding lies on the line that serves the folder, since pages are
 * read along and not linted themselves.
 */
export const rule: Rule = {
	id: 'csp-invalid-meta-only',
	family: 'csp',
	summary: 'A policy in a page has directives that count in a header only',
	severity: { ui: 'warning', api: 'warning', strict: 'warning' },
	fix: 'none',
	checkSurface: ({ surface, workspace }, report) => {
		if (surface.staticRoots.length === 0) return;
		const byRoot = new Map<StaticRoot, RelatedPlace[]>();
		for (const page of workspace.pagesOf(surface)) {
			const found = ignoredDirectives(page);
			if (0 < found.length) byRoot.set(page.root, [...(byRoot.get(page.root) ?? []), ...found]);
		}
		for (const [root, related] of byRoot) {
			const first = related[0]?.message ?? '';
			const more = related.length === 1 ? '' : `, and ${related.length - 1} more`;
			report({
				place: root.place,
				message: `Content-Security-Policy: ${first}${more}, so it protects nothing. Send it as a header.`,
				headers: ['Content-Security-Policy'],
				related: related.slice(0, 20),
			});
		}
	},
};

/** HTML, "http-equiv: Content security policy state": these are dropped, and a report-only policy altogether. */
const headerOnly: ReadonlySet<string> = new Set(['frame-ancestors', 'report-uri', 'sandbox']);

function ignoredDirectives({ content, path, label }: Page): readonly RelatedPlace[] {
	return content.policies.flatMap(({ text, reportOnly, span }) => {
		if (reportOnly) return [{ place: { path, span }, message: `the report-only policy in a <meta> of ${label} is ignored` }];
		return parseCsp(text)
			.policies.flatMap(policy => policy.directives)
			.filter(directive => headerOnly.has(directive.name))
			.map(directive => ({ place: { path, span }, message: `${directive.name} in a <meta> of ${label} is ignored` }));
	});
}
