import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createProject, type Project } from '../support/project';

/** A site with one error and nothing else that is loud. */
const oneError = 'example.com {\n\theader X-Content-Type-Options "sniff"\n\tredir https://example.org{uri}\n}\n';

describe('headerlint check', () => {
	let project: Project;
	afterEach(() => project.remove());

	/** The rules found, from the JSON report. */
	async function rulesFound(args: readonly string[]): Promise<readonly string[]> {
		const { stdout } = await project.run(['check', '--format', 'json', ...args]);
		const report: { files: { path: string; findings: { rule: string }[] }[] } = JSON.parse(stdout);
		return report.files.flatMap(({ path: file, findings }) => findings.map(({ rule }) => `${file} ${rule}`));
	}

	it('shows place, severity, rule, message, line with carets, fix and a summary', async () => {
		project = createProject({ 'sites/Caddyfile': oneError });
		const { status, stdout, stderr } = await project.run(['check', '--rule', 'hsts-missing=off']);
		assert.match(
			stdout,
			new RegExp(
				[
					'^sites/Caddyfile:2:33 error nosniff-invalid$',
					'^ {2}X-Content-Type-Options: .*$',
					'^ {2}2 \\| {5}header X-Content-Type-Options "sniff"$',
					'^ {4}\\| {36}\\^{5}$',
					'^ {2}fix: .* \\(--fix\\)$',
				].join('\n'),
				'm',
			),
		);
		assert.match(stdout, /^1 error.* in 1 file$/m);
		assert.equal(stderr, '');
		assert.equal(status, 1);
	});

	it('ends with 0 where nothing is found, and says so', async () => {
		project = createProject({ 'a.ts': 'export {};\n' });
		assert.deepEqual(await project.run(['check']), { status: 0, stdout: 'No findings in 0 files\n', stderr: '' });
	});

	it('ends with 1 from the severity of --fail-on onwards', async () => {
		project = createProject({ Caddyfile: oneError });
		const status = async (...args: string[]): Promise<number> => (await project.run(['check', ...args])).status;
		assert.equal(await status('--rule', 'nosniff-invalid=warning', '--fail-on', 'error'), 0);
		assert.equal(await status('--rule', 'nosniff-invalid=warning'), 1);
		assert.equal(await status('--rule', 'nosniff-invalid=info', '--fail-on', 'info'), 1);
		assert.equal(await status('--rule', 'nosniff-invalid=off'), 0);
	});

	for (const [why, args, message] of [
		['a path that is not there', ['check', 'nothing'], 'headerlint: cannot read nothing: there is no such file or folder\n'],
		[
			'a rule nobody knows',
			['check', '--rule', 'xfo-invalud=off'],
			'headerlint: --rule xfo-invalud=off: There is no rule "xfo-invalud": did you mean "xfo-invalid"?\n',
		],
		[
			'a severity nobody knows',
			['check', '--rule', 'xfo-invalid=loud'],
			'headerlint: --rule xfo-invalid=loud: write xfo-invalid= and one of off, info, warning, error\n',
		],
		[
			'a profile nobody knows',
			['check', '--profile', 'html'],
			'headerlint: "html" is no profile: --profile takes ui, api, public-asset, strict\n',
		],
		['a project file that is not there', ['check', '--config', 'x.json'], 'headerlint: --config x.json: there is no such file\n'],
		['a number that is none', ['check', '--max-findings', 'many'], 'headerlint: --max-findings takes a whole number, not "many"\n'],
		[
			'a command nobody knows',
			['chekc'],
			"headerlint: unknown command 'chekc'\n(Did you mean check?)\n(headerlint --help shows how to use it)\n",
		],
		[
			'an option nobody knows',
			['check', '--fxi'],
			"headerlint: unknown option '--fxi'\n(Did you mean --fix?)\n(headerlint --help shows how to use it)\n",
		],
		[
			'standard input without a name',
			['check', '--stdin'],
			'headerlint: --stdin needs --stdin-filename, which says whether it is a Caddyfile or code, and whose settings hold\n',
		],
		[
			'a report that cannot be written',
			['check', '--output', 'no/such/folder'],
			/^headerlint: cannot write no\/such\/folder: there is no such folder/,
		],
	] as const) {
		it(`ends with 2 and a message for ${why}`, async () => {
			project = createProject({ Caddyfile: oneError });
			const { status, stdout, stderr } = await project.run(args);
			assert.equal(status, 2);
			assert.equal(stdout, '');
			if (typeof message === 'string') assert.equal(stderr, message);
			else assert.match(stderr, message);
		});
	}

	it('shows a stack trace only with --debug', async () => {
		project = createProject({});
		assert.doesNotMatch((await project.run(['check', 'nothing'])).stderr, /\n {4}at /);
		assert.match((await project.run(['check', 'nothing', '--debug'])).stderr, /\n {4}at /);
	});

	it('lints standard input under the name it is given, and changes nothing', async () => {
		project = createProject({ '.headerlintrc.json': '{ "rules": { "nosniff-invalid": "info" } }' });
		const { stdout } = await project.run(['check', '--stdin', '--stdin-filename', 'sub/Caddyfile'], { input: oneError });
		assert.match(stdout, /^sub\/Caddyfile:2:33 info nosniff-invalid$/m);
		assert.match(
			(await project.run(['check', '--stdin', '--stdin-filename', 'Caddyfile', '--fix'], { input: oneError })).stderr,
			/--fix writes files/,
		);
	});

	it('writes the report to a file and nothing to stdout', async () => {
		project = createProject({ Caddyfile: oneError });
		const { stdout } = await project.run(['check', '--format', 'json', '--output', 'report.json']);
		assert.equal(stdout, '');
		assert.equal(JSON.parse(project.read('report.json')).schema, 'headerlint/1');
	});

	it('heeds project files, --profile, --config and --no-ignore', async () => {
		project = createProject({
			'.headerlintrc.json': '{ "ignore": ["legacy/**"], "rules": { "nosniff-invalid": "off" } }',
			'legacy/Caddyfile': oneError,
			'strict.headerlintrc.json': '{ "rules": { "nosniff-invalid": "error" } }',
		});
		const has = async (...args: string[]): Promise<boolean> => (await rulesFound(args)).includes('legacy/Caddyfile nosniff-invalid');
		assert.equal(await has(), false);
		assert.equal(await has('--no-ignore'), false);
		assert.equal(await has('--config', 'strict.headerlintrc.json'), true);
		assert.equal(await has('--no-ignore', '--rule', 'nosniff-invalid=error'), true);
	});

	it('reads a Caddyfile as the Caddy of its nearest project file does, and --caddy over all', async () => {
		const braces = 'example.com {\n\trespond "}" 200\n}\n';
		project = createProject({
			Caddyfile: braces,
			'.headerlintrc.json': '{ "caddy": { "version": "next" } }',
			'old/Caddyfile': braces,
			'old/.headerlintrc.json': '{ "caddy": { "version": "2.11" } }',
		});
		const broken = async (...args: string[]): Promise<readonly string[]> =>
			(await rulesFound(args)).filter(found => found.endsWith('caddyfile-syntax'));
		assert.deepEqual(await broken(), ['old/Caddyfile caddyfile-syntax']);
		assert.deepEqual(await broken('--caddy', 'next'), []);
		assert.deepEqual(await broken('--caddy', '2.11'), ['Caddyfile caddyfile-syntax', 'old/Caddyfile caddyfile-syntax']);
		const { status, stderr } = await project.run(['check', '--caddy', '3']);
		assert.deepEqual([status, stderr], [2, 'headerlint: "3" is no version: --caddy takes 2.11 or next\n']);
	});

	it('reports the mistakes of project files', async () => {
		project = createProject({ '.headerlintrc.json': '{ "profle": "api" }' });
		assert.deepEqual(await rulesFound([]), ['.headerlintrc.json config-invalid']);
	});

	it('names what it skipped', async () => {
		project = createProject({ Caddyfile: Buffer.from([0x65, 0, 0x65]) });
		const { status, stdout } = await project.run(['check']);
		assert.equal(stdout, 'Caddyfile: skipped, it is not a text file (UTF-8)\n\nNo findings in 0 files\n');
		assert.equal(status, 0);
	});

	it('shows at most --max-findings and counts them all', async () => {
		project = createProject({ Caddyfile: oneError.repeat(2).replace(/example\.com/g, () => `h${counter++}.example.com`) });
		const { stdout } = await project.run(['check', '--max-findings', '1']);
		assert.equal(stdout.match(/ error nosniff-invalid$/gm)?.length ?? 0, 1);
		assert.match(stdout, /^\d+ more findings are not shown; --max-findings 0 shows all\.$/m);
		assert.match(stdout, /^2 errors/m);
	});
	let counter = 0;

	it('shows paths relative to the current folder and looks for settings up to the repository', async () => {
		project = createProject({
			'.headerlintrc.json': '{ "rules": { "nosniff-invalid": "info" } }',
			'.git/HEAD': '',
			'sub/Caddyfile': oneError,
		});
		const { stdout } = await project.run(['check', `${project.folder}/sub`]);
		assert.match(stdout, /^sub\/Caddyfile:2:33 info nosniff-invalid$/m);
	});

	it('never lets a file move the cursor of the terminal', async () => {
		project = createProject({ Caddyfile: oneError.replace('sniff', 'sniff\u001b[2J') });
		assert.doesNotMatch((await project.run(['check'])).stdout, /\u001b/);
	});

	it('colours for terminals, with NO_COLOR and --no-color above FORCE_COLOR', async () => {
		project = createProject({ Caddyfile: oneError });
		const colored = async (args: readonly string[], env: Readonly<Record<string, string>>): Promise<boolean> =>
			(await project.run(['check', ...args], { env })).stdout.includes('\u001b[');
		assert.equal(await colored([], {}), false);
		assert.equal(await colored([], { FORCE_COLOR: '1' }), true);
		assert.equal(await colored([], { FORCE_COLOR: '1', NO_COLOR: '1' }), false);
		assert.equal(await colored(['--no-color'], { FORCE_COLOR: '1' }), false);
	});

	describe('--fix', () => {
		it('applies the safe fixes, says so, and finds nothing safe afterwards', async () => {
			project = createProject({ Caddyfile: oneError });
			const { stdout } = await project.run(['check', '--fix']);
			assert.match(stdout, /^fixed Caddyfile:2 nosniff-invalid: /m);
			assert.match(project.read('Caddyfile'), /header X-Content-Type-Options "nosniff"/);
			const again = project.read('Caddyfile');
			await project.run(['check', '--fix']);
			assert.equal(project.read('Caddyfile'), again);
		});

		it('does the same to CRLF files with a byte order mark, and keeps both', async () => {
			project = createProject({ Caddyfile: `\uFEFF${oneError.replaceAll('\n', '\r\n')}` });
			await project.run(['check', '--fix']);
			const fixed = project.read('Caddyfile');
			assert.ok(fixed.startsWith('\uFEFF') && fixed.includes('"nosniff"'), fixed);
			assert.equal(fixed.replaceAll('\r\n', '').includes('\n'), false);
		});

		it('leaves suggested fixes to --fix-suggested', async () => {
			project = createProject({ Caddyfile: 'example.com {\n\theader Referrer-Policy unsafe-url\n\trespond hello\n}\n' });
			await project.run(['check', '--fix']);
			assert.match(project.read('Caddyfile'), /unsafe-url/);
			await project.run(['check', '--fix-suggested']);
			assert.doesNotMatch(project.read('Caddyfile'), /unsafe-url/);
			const { stdout } = await project.run(['check', '--format', 'json']);
			assert.doesNotMatch(stdout, /"safe":/, 'nothing fixable is left');
		});

		it('only tells with --fix-dry-run', async () => {
			project = createProject({ Caddyfile: oneError });
			const { stdout } = await project.run(['check', '--fix-dry-run']);
			assert.match(stdout, /^would fix Caddyfile:2 nosniff-invalid: /m);
			assert.equal(project.read('Caddyfile'), oneError);
		});

		it('keeps the permissions and leaves no other file behind', async () => {
			project = createProject({ Caddyfile: oneError });
			chmodSync(path.join(project.folder, 'Caddyfile'), 0o640);
			await project.run(['check', '--fix']);
			assert.equal(statSync(path.join(project.folder, 'Caddyfile')).mode & 0o777, 0o640);
			assert.deepEqual(readdirSync(project.folder), ['Caddyfile']);
		});

		it('refuses a file that is not UTF-8, and ends with 2', async () => {
			project = createProject({ Caddyfile: Buffer.concat([Buffer.from('# caf\xe9\n', 'latin1'), Buffer.from(oneError)]) });
			const { status, stderr } = await project.run(['check', '--fix']);
			assert.equal(stderr, 'headerlint: not fixed: Caddyfile changed since it was read, or is not UTF-8\n');
			assert.equal(status, 2);
		});
	});
});

describe('dist/cli.js', () => {
	const bundle = path.resolve(__dirname, '../../dist/cli.js');
	let project: Project;
	before(() => assert.ok(existsSync(bundle), 'dist/cli.js is missing: npm run build'));
	afterEach(() => project.remove());

	it('is the same program: stdout the report, the exit status, nothing on stderr', async () => {
		project = createProject({ Caddyfile: oneError });
		const built = spawnSync(process.execPath, [bundle, 'check'], { cwd: project.folder, encoding: 'utf8' });
		const { status, stdout, stderr } = await project.run(['check']);
		assert.deepEqual({ status: built.status, stdout: built.stdout, stderr: built.stderr }, { status, stdout, stderr });
	});

	it('survives a reader that closes the pipe', () => {
		project = createProject({});
		writeFileSync(path.join(project.folder, 'Caddyfile'), oneError);
		const { stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${bundle}" rules | head -1`], { encoding: 'utf8' });
		assert.equal(stderr, '');
	});
});
