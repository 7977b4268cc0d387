import { createHash } from 'node:crypto';
import { answerName, type Explanation, unexplained } from '../model/explanation';
import { displayValue } from '../model/value';
import type { Place } from '../text/span';
import { escapedHtml as escaped } from './escapedHtml';
import { changesText, circumstanceText, headerOrigin, lossesByCircumstance, possibleStatuses } from './explanationWords';

/** How places are shown and reached. */
export interface PlaceLinks {
	/** Such as `Caddyfile:4`. */
	at(place: Place): string;
	/** The target of a link to the place, or null for none. */
	href(place: Place): string | null;
}

/**
 * What a site or app answers with, as a page for a tab of an editor: no scripts, no requests, one style sheet that its policy
 * allows by hash, the colours of the editor's theme, lists instead of tables, so that narrow tabs wrap. Links are reached by keyboard.
 */
export function explanationPage(
	label: string,
	explanations: readonly Explanation[],
	links: PlaceLinks,
	note: string | null = null,
): string {
	const hash = createHash('sha256').update(style).digest('base64');
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Response headers of ${escaped(label)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(label)}</h1>
${explanations.length === 0 ? '<p>Nothing in this file answers a request by itself.</p>\n' : ''}${explanations.map(each => requestSection(each, links)).join('')}${note === null ? '' : `<p>${escaped(note)}</p>\n`}</main>
</body>
</html>
`;
}

const style = `
:root{color-scheme:light dark}
body{font:13px/1.5 var(--vscode-font-family,system-ui,sans-serif);color:var(--vscode-foreground,CanvasText);background:var(--vscode-editor-background,Canvas);margin:0}
main{max-width:60rem;padding:.2rem 1.2rem 2rem}
h1{font-size:1.3rem;overflow-wrap:anywhere}
h2{font-size:1.05rem;margin:1.8rem 0 .3rem;overflow-wrap:anywhere}
p{margin:.3rem 0}
h3{font-size:1rem;margin:1rem 0 .2rem}
dl{margin:.6rem 0}
dt{margin-top:.5rem;overflow-wrap:anywhere}
dd{margin:0 0 0 1.2rem;overflow-wrap:anywhere}
ul,ol{margin:.3rem 0;padding-left:1.4rem}
li{overflow-wrap:anywhere}
code{font-family:var(--vscode-editor-font-family,ui-monospace,monospace);color:inherit;background:none;padding:0}
a{color:var(--vscode-textLink-foreground,LinkText)}
a:hover{color:var(--vscode-textLink-activeForeground,LinkText)}
a:focus-visible{outline:1px solid var(--vscode-focusBorder,Highlight);outline-offset:2px}
.quiet{color:var(--vscode-descriptionForeground,inherit)}
.maybe{color:var(--vscode-editorWarning-foreground,inherit);font-weight:600}
`;

function requestSection(explanation: Explanation, links: PlaceLinks): string {
	const { response, answers, headers, middleware } = explanation;
	const { method, url } = response.request;
	const link = (place: Place | null): string => {
		if (place === null || place.path === '') return '';
		const href = links.href(place);
		const shown = escaped(links.at(place));
		return href === null ? shown : `<a href="${escaped(href)}">${shown}</a>`;
	};
	const quiet = (place: Place | null): string => (link(place) === '' ? '' : ` <span class="quiet">${link(place)}</span>`);
	const told = answers.filter(({ when, place }) => 1 < answers.length && (when !== null || place !== null));
	const alternatives = told.map(
		answer => `<li>${escaped(answerName(answer))}${answer.when === null ? '' : `: ${escaped(answer.when)}`}${quiet(answer.place)}</li>\n`,
	);
	const fields = response.headers.map((header, index) => {
		const when = headers[index]?.when ?? null;
		const maybe = header.certainty === 'maybe' ? '<span class="maybe">maybe</span> ' : '';
		const from =
			header.operation === null
				? escaped(headerOrigin(header, links.at))
				: `${header.operation.origin === 'default' ? 'by default, ' : ''}${link(header.operation.place)}`;
		const overrode = header.overrode.map(
			({ name, action, value, place }) =>
				`<dd class="quiet">overrides ${action} <code>${escaped(value === null ? name : `${name}: ${displayValue(value)}`)}</code> ${link(place)}</dd>\n`,
		);
		const circumstance = when === null ? '' : `<dd>${escaped(when.text)}${when.because === null ? quiet(when.place) : ''}</dd>\n`;
		return `<dt>${maybe}<code><b>${escaped(header.name)}:</b> ${escaped(displayValue(header.value))}</code></dt>\n<dd class="quiet">${from}</dd>\n${overrode.join('')}${circumstance}`;
	});
	const losses = lossesByCircumstance(explanation).map(
		({ circumstance, names }) =>
			`<li>${escaped(circumstanceText(circumstance))}${quiet(circumstance.place)}<br><span class="quiet">${escaped(names.join(', '))}</span></li>\n`,
	);
	const passed = middleware.map(each => {
		const changes = changesText(each);
		return `<li><code>${escaped(each.label)}</code>${quiet(each.place)}${changes === '' ? '' : `<br><span class="quiet">${escaped(changes)}</span>`}</li>\n`;
	});
	const unknowns = unexplained(explanation).map(({ reason, place }) => `<li>${escaped(reason)}${quiet(place)}</li>\n`);
	const list = (tag: 'ul' | 'ol', heading: string, items: readonly string[]): string =>
		items.length === 0 ? '' : `${heading === '' ? '' : `<h3>${heading}</h3>\n`}<${tag}>\n${items.join('')}</${tag}>\n`;
	const scope =
		response.scope === null || response.scope.label === `${method} ${url}`
			? ''
			: ` <span class="quiet">${escaped(response.scope.label)}</span>`;
	return `<section>
<h2>${escaped(`${method} ${url}`)}${scope}</h2>
<p>${escaped(possibleStatuses(explanation))}</p>
${list('ul', '', alternatives)}${fields.length === 0 ? '<p>No header that is known.</p>\n' : `<dl>\n${fields.join('')}</dl>\n`}${list('ul', 'Elsewhere', losses)}${list('ol', 'Passes through', passed)}${list('ul', 'Not known', unknowns)}</section>
`;
}
