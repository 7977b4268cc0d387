import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createColors } from 'picocolors';
import type { Log } from 'sarif';
import type { Finding } from '../../server/src/finding';
import { type CheckResult, createCheckResult } from '../../server/src/report/checkResult';
import { githubReport } from '../../server/src/report/github';
import { htmlReport } from '../../server/src/report/html';
import { jsonReport } from '../../server/src/report/json';
import { markdownReport } from '../../server/src/report/markdown';
import { sarifReport } from '../../server/src/report/sarif';
import { textReport } from '../../server/src/report/text';
import { createSource } from '../../server/src/text/source';

const text = '# <script>alert(1)</script> é😀 | x\nexample.com {\n\theader X-Frame-Options "ALLOWALL"\n}\n';

/** A result of two files: one finding with a fix and a related place, one skipped file. */
function result(changes: Partial<Finding> = {}): CheckResult {
	const start = text.indexOf('ALLOWALL');
	const finding: Finding = {
		rule: 'xfo-invalid',
		severity: 'error',
		message: 'X-Frame-Options: `ALLOWALL` | <b>&"\' is 100% invalid,\nso nothing is protected',
		headers: ['X-Frame-Options'],
		reasons: [],
		place: { path: '/w/sites/a b.caddyfile', span: { start, end: start + 8 } },
		related: [{ place: { path: '/w/other.caddyfile', span: { start: 2, end: 4 } }, message: 'also here' }],
		fixes: [
			{ title: 'Set DENY', safe: true, edits: [{ path: '/w/sites/a b.caddyfile', span: { start, end: start + 8 }, newText: 'DENY' }] },
		],
		...changes,
	};
	const source = createSource('/w/sites/a b.caddyfile', text);
	return createCheckResult([{ path: source.path, kind: 'caddyfile', source, findings: [finding], analysis: null }], {
		skipped: [{ path: '/w/big.ts', kind: 'javascript', reason: 'it is too large' }],
		surfaces: () => [],
		durationMs: 12.6,
		shownPath: path => path.replace('/w/', ''),
		textOf: path => (path === '/w/other.caddyfile' ? 'a\nbcd' : null),
	});
}

describe('report formats', () => {
	it('json: the promised shape, LSP positions', () => {
		const range = { start: { line: 2, character: 25 }, end: { line: 2, character: 33 } };
		assert.deepEqual(JSON.parse(jsonReport(result())), {
			schema: 'headerlint/1',
			files: [
				{ path: 'big.ts', kind: 'javascript', findings: [], skipped: 'it is too large' },
				{
					path: 'sites/a b.caddyfile',
					kind: 'caddyfile',
					findings: [
						{
							rule: 'xfo-invalid',
							severity: 'error',
							message: 'X-Frame-Options: `ALLOWALL` | <b>&"\' is 100% invalid,\nso nothing is protected',
							headers: ['X-Frame-Options'],
							range,
							fixes: [{ title: 'Set DENY', safe: true, edits: [{ path: 'sites/a b.caddyfile', range, newText: 'DENY' }] }],
							related: [
								{
									path: 'other.caddyfile',
									range: { start: { line: 1, character: 0 }, end: { line: 1, character: 2 } },
									message: 'also here',
								},
							],
						},
					],
					skipped: null,
				},
			],
			surfaces: [],
			summary: { files: 2, errors: 1, warnings: 0, infos: 0, durationMs: 13 },
		});
	});

	it('json: reasons only where there are some', () => {
		const report = JSON.parse(jsonReport(result({ rule: 'missing-headers', reasons: ['csp-missing'] })));
		assert.deepEqual(report.files[1].findings[0].reasons, ['csp-missing']);
	});

	it('text: carets below what is meant, related places, the fix', () => {
		const report = textReport(result({ message: 'message' }), { colors: createColors(false), maxFindings: 0, notes: ['fixed something'] });
		assert.equal(
			report,
			`big.ts: skipped, it is too large

sites/a b.caddyfile:3:26 error xfo-invalid
  message
  Header: X-Frame-Options
  3 |     header X-Frame-Options "ALLOWALL"
    |                             ^^^^^^^^
  other.caddyfile:2:1 also here
  fix: Set DENY (--fix)

fixed something

1 error in 1 file
`,
		);
	});

	it('text: the same words about many places are written out once', () => {
		const source = createSource('/w/Caddyfile', 'a.com {\n}\nb.com {\n}\nc.com {\n}\nd.com {\n}\n');
		const found = result({ message: 'the same' }).files[1]?.findings[0] as Finding; // The first file is the skipped one.
		const at = (host: string, message: string): Finding => {
			const start = source.text.indexOf(host);
			return { ...found, message, fixes: [], related: [], place: { path: source.path, span: { start, end: start + host.length } } };
		};
		const shown = (findings: readonly Finding[]): string =>
			textReport(
				createCheckResult([{ path: source.path, kind: 'caddyfile', source, findings, analysis: null }], {
					skipped: [],
					surfaces: () => [],
					durationMs: 0,
					shownPath: () => 'Caddyfile',
					textOf: () => null,
				}),
				{ colors: createColors(false), maxFindings: 0, notes: [] },
			);
		const four = shown([at('a.com', 'the same'), at('b.com', 'another'), at('c.com', 'the same'), at('d.com', 'the same')]);
		assert.match(
			four,
			/^Caddyfile:1:1 error xfo-invalid\n {2}the same\n(?:.*\n)*? {2}and the same 2 times more, in lines 5, 7\n\nCaddyfile:3:1 /,
		);
		assert.match(four, /\n4 errors in 1 file\n$/);
		assert.doesNotMatch(shown([at('a.com', 'the same'), at('b.com', 'the same')]), /times more/);
	});

	it('text: a long line is cut around what is meant', () => {
		const long = `${'a'.repeat(500)}MEANT${'b'.repeat(500)}`;
		const source = createSource('/w/Caddyfile', long);
		const findings = [{ ...result().files[1]?.findings[0], place: { path: source.path, span: { start: 500, end: 505 } } } as Finding]; // The first file is the skipped one.
		const cut = textReport(
			createCheckResult([{ path: source.path, kind: 'caddyfile', source, findings, analysis: null }], {
				skipped: [],
				surfaces: () => [],
				durationMs: 0,
				shownPath: path => path,
				textOf: () => null,
			}),
			{ colors: createColors(false), maxFindings: 0, notes: [] },
		);
		const [shown = '', carets = ''] = cut.split('\n').filter(line => line.includes('|') && !line.includes('Options'));
		assert.ok(shown.length < 160 && shown.includes('MEANT'));
		assert.equal(shown.indexOf('MEANT'), carets.indexOf('^'));
		assert.ok(carets.endsWith(' ^^^^^'));
	});

	it('github: workflow commands, escaped', () => {
		assert.equal(
			githubReport(result()),
			'::notice file=big.ts,title=headerlint::skipped: it is too large\n' +
				'::error file=sites/a b.caddyfile,line=3,endLine=3,col=26,endColumn=33,title=headerlint%3A xfo-invalid::X-Frame-Options: `ALLOWALL` | <b>&"\' is 100%25 invalid,%0Aso nothing is protected\n',
		);
	});

	it('markdown: nothing of a message is markup', () => {
		const row = markdownReport(result())
			.split('\n')
			.find(line => line.startsWith('| 3 '));
		assert.equal(
			row,
			'| 3 | error | X-Frame-Options: \\`ALLOWALL\\` \\| \\<b\\>&"\' is 100% invalid, so nothing is protected | X-Frame-Options | [xfo-invalid](https://github.com/headerlint/headerlint/blob/main/docs/rules/xfo-invalid.md) |',
		);
	});

	it('html: no scripts, everything escaped, and a policy that allows only its own style', () => {
		const page = htmlReport(result({ place: { path: '/w/sites/a b.caddyfile', span: { start: 2, end: 28 } } }));
		assert.ok(!page.includes('<script') && !page.includes('<b>'), 'markup of the linted file is text');
		assert.ok(page.includes('&lt;script&gt;alert(1)&lt;/script&gt; é😀'));
		const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? '';
		const hash = createHash('sha256').update(style).digest('base64');
		assert.ok(page.includes(`content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`));
		assert.doesNotMatch(page, /\son\w+=|style="|src=/);
	});

	it('sarif: as code scanning wants it', () => {
		const log: Log = JSON.parse(sarifReport(result(), '1.2.3'));
		const [run] = log.runs;
		assert.equal(log.version, '2.1.0');
		assert.equal(run?.columnKind, 'utf16CodeUnits');
		assert.deepEqual(
			run?.tool.driver.rules?.map(({ id, helpUri }) => [id, helpUri]),
			[['xfo-invalid', 'https://github.com/headerlint/headerlint/blob/main/docs/rules/xfo-invalid.md']],
		);
		const [finding] = run?.results ?? [];
		const region = { startLine: 3, startColumn: 26, endLine: 3, endColumn: 34 };
		assert.deepEqual(finding?.locations, [
			{ physicalLocation: { artifactLocation: { uri: 'sites/a%20b.caddyfile', uriBaseId: 'ROOT' }, region } },
		]);
		assert.equal(finding?.level, 'error');
		assert.deepEqual(finding?.fixes?.[0]?.artifactChanges[0]?.replacements, [{ deletedRegion: region, insertedContent: { text: 'DENY' } }]);
	});

	it('sarif: the fingerprint of a finding survives lines that move', () => {
		const fingerprint = (log: string): unknown => JSON.parse(log).runs[0].results[0].partialFingerprints;
		const moved = `# one more line\n${text}`;
		const before = result();
		const source = createSource('/w/sites/a b.caddyfile', moved);
		const start = moved.indexOf('ALLOWALL');
		const findings = (before.files[1]?.findings ?? []).map(finding => ({
			...finding,
			place: { path: source.path, span: { start, end: start + 8 } },
			fixes: [],
		}));
		const after = createCheckResult([{ path: source.path, kind: 'caddyfile', source, findings, analysis: null }], {
			skipped: [],
			surfaces: () => [],
			durationMs: 0,
			shownPath: path => path.replace('/w/', ''),
			textOf: () => null,
		});
		assert.deepEqual(fingerprint(sarifReport(after, '1')), fingerprint(sarifReport(before, '1')));
	});
});
