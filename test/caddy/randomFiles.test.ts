import assert from 'node:assert/strict';
import { createRandom, type Random, seedOf } from '../support/random';
import { skipUnlessCaddy, startCaddy } from '../support/realCaddy';
import { compare } from './agreement';
import { analyze, ask, type Upstream } from './predict';

/** Sites per run; which files are there is drawn once for twenty of them, and the prediction does not know. */
const total = Number(process.env['SITES'] ?? 60);
const sitesPerFile = 20;

const upstream: Upstream = {
	status: 200,
	headers: [
		['Content-Type', 'text/html'],
		['X-Up', 'php'],
		['X-A', 'from php'],
	],
};

describe('random sites of files, asked the real Caddy', function () {
	this.timeout(120_000);

	it(`keeps every promise on ${total} sites, whichever files are there`, async function () {
		skipUnlessCaddy(this);
		const differences: string[] = [];
		let lines = 0;
		let promised = 0;
		for (let at = 0; at * sitesPerFile < total; at++) {
			const random = createRandom(seedOf(1) * 1000 + 500 + at);
			const sites = Array.from({ length: sitesPerFile }, (_, index) => randomSite(random, index));
			const files = Object.fromEntries(available.filter(() => random.chance(45)).map(name => [name, '<p>{{now | date "2006"}}</p>']));
			const text = sites.join('\n');
			const analysis = analyze(text);
			const caddy = await startCaddy({ text, upstream, files });
			try {
				for (const [index, site] of sites.entries()) {
					for (let i = 0; i < 6; i++) {
						const method = random.pick(['GET', 'GET', 'GET', 'HEAD', 'POST']);
						const url = `http://f${index}.test${random.pick(paths)}`;
						const real = await caddy.request(url, { method });
						const predicted = ask(analysis, url, { method, upstream });
						const agreement = compare(predicted, real);
						lines += agreement.lines;
						promised += agreement.promised;
						const found = [
							...agreement.differences,
							...unforeseen(
								predicted.response.headers.map(({ name }) => name),
								real.headers ?? [],
							),
						];
						if (found.length === 0) continue;
						const sent = real.headers?.map(([name, value]) => `${name}: ${value}`).join('\n  ');
						differences.push(
							`${method} ${url}\n${found.join('\n')}\nreally ${real.status ?? real.error}\n  ${sent}\n${Object.keys(files).join(' ')}\n${site}`,
						);
					}
				}
			} finally {
				await caddy.stop();
			}
		}
		console.log(
			`      ${lines} header lines predicted, ${((100 * promised) / lines).toFixed(1)} % of them promised, ${differences.length} differences`,
		);
		assert.deepEqual(differences.slice(0, Number(process.env['SHOW'] ?? 3)), []);
	});
});

/** Headers of ours that were sent although no way things may turn out has them. */
function unforeseen(predicted: readonly string[], sent: readonly (readonly [string, string])[]): readonly string[] {
	const names = new Set(predicted.map(name => name.toLowerCase()));
	return sent
		.filter(([name]) => /^(?:X-|Via|Server|Location|Allow)/.test(name) && !names.has(name.toLowerCase()))
		.map(([name]) => `not foreseen: ${name}`);
}

const available = [
	'a.html',
	'a/index.html',
	'b.txt',
	'b/c.txt',
	'index.php',
	'a/index.php',
	'app.php',
	'404.html',
	'down.html',
	'c',
] as const;
const paths = [
	'/',
	'/a',
	'/a/',
	'/a.html',
	'/a.html/',
	'/b',
	'/b/',
	'/b.txt',
	'/b/c.txt',
	'/c',
	'/c/',
	'/index.php',
	'/index.php/x',
	'/app.php?x=1',
	'/none',
	'/a/none/',
] as const;

function randomSite(random: Random, index: number): string {
	const lines = [
		'root * /srv',
		'@there file',
		'@gone not file',
		'@index file {path}/index.html /c',
		'@rooted {',
		'\tfile b.txt',
		'\tpath /a* /b*',
		'}',
	];
	const count = 2 + random.below(3);
	for (let i = 0; i < count; i++) lines.push(header(random));
	if (random.chance(50)) lines.push(random.pick(tries));
	if (random.chance(20)) lines.push('templates');
	if (random.chance(20)) lines.push('encode');
	if (random.chance(30))
		lines.push(
			`handle /a* {\n\t\t${header(random)}\n\t\t${random.pick(['file_server', 'try_files {path}/index.html', 'php_fastcgi fpm:9000', 'error 410'])}\n\t}`,
		);
	if (random.chance(20)) lines.push(`handle_path /b/* {\n\t\t${header(random)}\n\t\tfile_server\n\t}`);
	if (random.chance(50)) lines.push(random.pick(scripts));
	lines.push(random.pick(servers));
	if (random.chance(50)) lines.push(random.pick(errors).replace('HEADER', header(random)));
	return `http://f${index}.test {\n\t${lines.join('\n\t')}\n}\n`;
}

function header(random: Random): string {
	const matcher = random.pick(['', '', '@there ', '@gone ', '@index ', '@rooted ', '/a* ', '/*.html ']);
	return `header ${matcher}${random.pick(['X-A one', '>X-A two', '+X-A three', '-X-A', '?X-A four', '-Server', 'X-B one', '>X-B two', 'Etag mine', 'Location /set'])}`;
}

const tries = [
	'try_files {path} /index.html',
	'try_files {path} {path}/ /index.php?{query}',
	'try_files {path}.html {path}',
	'try_files /down.html {path} =404',
	'try_files {path}/index.php {path} =410',
	'try_files {path} /*.php',
] as const;

const scripts = [
	'php_fastcgi fpm:9000',
	'php_fastcgi fpm:9000 {\n\t\tindex off\n\t}',
	'php_fastcgi fpm:9000 {\n\t\ttry_files {path} app.php\n\t}',
	'php_fastcgi fpm:9000 {\n\t\ttry_files {path} {path}/index.php =404\n\t}',
	'php_fastcgi /a/* fpm:9000',
] as const;

const servers = [
	'file_server',
	'file_server',
	'file_server browse',
	'file_server {\n\t\tdisable_canonical_uris\n\t}',
	'file_server {\n\t\tpass_thru\n\t}',
	'file_server {\n\t\tindex c\n\t}',
	'file_server {\n\t\tstatus 203\n\t}',
	'respond "no file"',
	'',
] as const;

const errors = [
	'handle_errors {\n\t\tHEADER\n\t\trewrite * /404.html\n\t\tfile_server\n\t}',
	'handle_errors 404 {\n\t\tHEADER\n\t\trespond "gone"\n\t}',
	'handle_errors {\n\t\tHEADER\n\t}',
] as const;
