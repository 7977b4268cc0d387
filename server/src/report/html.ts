import { createHash } from 'node:crypto';
import type { Finding } from '../finding';
import { type CheckedFile, type CheckResult, summarize } from './checkResult';
import { escapedHtml as escaped } from './escapedHtml';
import { excerpt } from './excerpt';
import { ruleUrl } from './ruleUrl';

/**
 * `--format html`: one page that needs nothing else: no scripts, no requests. Its own policy allows only its style sheet, by hash,
 * so that nothing a linted file holds could run even if it were not escaped.
 */
export function htmlReport(result: CheckResult): string {
	const hash = createHash('sha256').update(style).digest('base64');
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Headerlint: ${escaped(summarize(result))}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Headerlint</h1>
<p>${escaped(summarize(result))}.</p>
${surfaceTable(result)}${result.files.map(file => fileSection(file, result)).join('')}</main>
</body>
</html>
`;
}

const style = `
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;margin:0}
main{max-width:60rem;margin:0 auto;padding:1rem}
h2{font-size:1.1rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}
article{border-left:.25rem solid #888;margin:1rem 0;padding:0 0 0 .8rem}
article p{margin:.2rem 0}
.error{border-color:#d1242f}.warning{border-color:#bf8700}.info{border-color:#0969da}
.at{font-size:.85rem;opacity:.8}
pre{font:13px/1.4 ui-monospace,monospace;overflow-x:auto;padding:.4rem;background:#8882;margin:.4rem 0}
table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left}
`;

function surfaceTable({ surfaces, locate }: CheckResult): string {
	const graded = surfaces.filter(({ grade }) => grade !== null);
	if (graded.length === 0) return '';
	const rows = graded.map(
		({ surface, score, grade }) =>
			`<tr><td>${escaped(surface.label)}</td><td>${escaped(locate(surface.place).path)}</td><td>${score ?? ''}</td><td>${escaped(grade ?? '')}</td></tr>\n`,
	);
	return `<h2>Projected Observatory scores</h2>\n<table><tr><th>Site or app</th><th>File</th><th>Score</th><th>Grade</th></tr>\n${rows.join('')}</table>\n`;
}

function fileSection(file: CheckedFile, result: CheckResult): string {
	if (file.skipped !== null) return `<h2>${escaped(file.path)}</h2>\n<p>Skipped: ${escaped(file.skipped)}.</p>\n`;
	if (file.findings.length === 0) return '';
	return `<h2>${escaped(file.path)}</h2>\n${file.findings.map(finding => findingArticle(finding, file, result)).join('')}`;
}

function findingArticle(finding: Finding, { source }: CheckedFile, result: CheckResult): string {
	const { start } = result.locate(finding.place).range;
	const shown = source === null ? null : excerpt(source, finding.place.span);
	const code = shown === null ? '' : `<pre>${escaped(shown.text)}\n${escaped(shown.carets)}</pre>\n`;
	const related = finding.related.map(({ place, message }) => {
		const at = result.locate(place);
		return `<p class="at">${escaped(`${at.path}:${at.range.start.line + 1}: ${message}`)}</p>\n`;
	});
	const fix = finding.fixes[0];
	return `<article class="${finding.severity}">
<p class="at">Line ${start.line + 1}, column ${start.character + 1} · ${finding.severity} · <a href="${escaped(ruleUrl(finding.rule))}" rel="noreferrer">${escaped(finding.rule)}</a>${finding.headers.length === 0 ? '' : ` · ${escaped(finding.headers.join(', '))}`}</p>
<p>${escaped(finding.message)}</p>
${code}${related.join('')}${fix === undefined ? '' : `<p class="at">Fix: ${escaped(fix.title)}</p>\n`}</article>
`;
}
