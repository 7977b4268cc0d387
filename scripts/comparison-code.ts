// Writes the table of code in docs/comparison.md: `npx tsx scripts/comparison-code.ts`. It runs eslint-plugin-sonarjs, the nearest
// peer, with all its header rules over our code fixtures. The peer is no dependency of the project; install it first:
//   D=$(node -p 'os.tmpdir()')/headerlint-bench/peers; mkdir -p $D && npm i --prefix $D -E eslint@9.39.5 eslint-plugin-sonarjs@4.2.2 @typescript-eslint/parser@8.73.0 typescript@6.0.3
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ruleById } from '../server/src/rules/registry';
import { readFixture } from '../test/support/fixture';
import { fixtureOptions } from '../test/support/fixtureOptions';
import { lintText } from '../test/support/lintText';
import { section } from './comparisonSection';

/** As much of ESLint's interface as is used here; the package is not installed with the project. */
interface Eslint {
	readonly Linter: new () => {
		verify(text: string, config: unknown, file: string): readonly { readonly ruleId: string | null; readonly message: string }[];
	};
}

const root = path.resolve(__dirname, '..');
const peers = createRequire(path.join(tmpdir(), 'headerlint-bench/peers/package.json'));
/** Mistakes that leave X-Powered-By in, so that sonarjs/x-powered-by is an answer to them; elsewhere it is about something else. */
const poweredBy = new Set([
	'disclosure-x-powered-by',
	'helmet-child-app',
	'helmet-not-called',
	'helmet-not-mounted',
	'helmet-partial',
	'missing-headers',
]);

const headerRules = [
	'content-security-policy',
	'cookie-no-httponly',
	'cors',
	'frame-ancestors',
	'insecure-cookie',
	'no-mime-sniff',
	'no-mixed-content',
	'no-referrer-policy',
	'no-session-cookies-on-static-assets',
	'strict-transport-security',
	'x-powered-by',
];

const linter = new (peers('eslint') as Eslint).Linter(); // Its types are not installed either.
const config = {
	files: ['**/*.{js,jsx,ts,tsx,mjs,cjs,mts,cts}'],
	languageOptions: { parser: peers('@typescript-eslint/parser'), parserOptions: { ecmaFeatures: { jsx: true } } },
	plugins: { sonarjs: peers('eslint-plugin-sonarjs') },
	rules: Object.fromEntries(headerRules.map(rule => [`sonarjs/${rule}`, 'error'])),
};

interface Row {
	readonly rule: string;
	bad: number;
	ours: number;
	theirs: number;
	good: number;
	theirsOnGood: number;
	readonly theirRules: Set<string>;
}

const rows = new Map<string, Row>();
const folder = path.join(root, 'test/rules');
for (const rule of readdirSync(folder).sort()) {
	for (const file of readdirSync(path.join(folder, rule)).sort()) {
		if (!/\.[cm]?[jt]sx?$/.test(file) || file.includes('.fixed.') || !statSync(path.join(folder, rule, file)).isFile()) continue;
		const { text } = readFixture(readFileSync(path.join(folder, rule, file), 'utf8'));
		const found = lintText(file, text, {
			...fixtureOptions(path.join(folder, rule, file), text),
			config: ruleById(rule)?.severity.ui === 'off' ? { profile: 'strict' } : {},
		}).some(finding => finding.rule === rule);
		const said = linter
			.verify(text, [config], file)
			.flatMap(({ ruleId }) =>
				ruleId === null || (ruleId === 'sonarjs/x-powered-by' && !poweredBy.has(rule)) ? [] : [ruleId.replace('sonarjs/', '')],
			);
		const row = rows.get(rule) ?? { rule, bad: 0, ours: 0, theirs: 0, good: 0, theirsOnGood: 0, theirRules: new Set<string>() };
		if (file.startsWith('good')) {
			row.good++;
			if (0 < said.length) row.theirsOnGood++;
		} else {
			row.bad++;
			if (found) row.ours++;
			if (0 < said.length) row.theirs++;
		}
		for (const name of said) row.theirRules.add(name);
		rows.set(rule, row);
	}
}

const all = [...rows.values()].filter(({ bad }) => 0 < bad);
const sum = (pick: (row: Row) => number): number => all.reduce((total, row) => total + pick(row), 0);
const table = [
	'| mistake (our rule) | files with it | Headerlint | sonarjs flags the file | files without it | sonarjs flags those | sonarjs rules |',
	'|---|---|---|---|---|---|---|',
	...all.map(
		({ rule, bad, ours, theirs, good, theirsOnGood, theirRules }) =>
			`| ${rule} | ${bad} | ${ours} | ${theirs} | ${good} | ${theirsOnGood} | ${[...theirRules].sort().join(', ')} |`,
	),
	`| **all** | ${sum(row => row.bad)} | ${sum(row => row.ours)} | ${sum(row => row.theirs)} | ${sum(row => row.good)} | ${sum(row => row.theirsOnGood)} | |`,
].join('\n');
const intro = `${sum(row => row.bad)} files with a mistake and ${sum(row => row.good)} without, from \`test/rules\`. "Flags the file" counts any finding of sonarjs but x-powered-by where the mistake is about something else. The fixtures are ours, so the column of Headerlint is what they are made for; the other column tells what a neighbour sees of them.`;
const document = path.join(root, 'docs/comparison.md');
writeFileSync(document, section(readFileSync(document, 'utf8'), 'code', `${intro}\n\n${table}`));
