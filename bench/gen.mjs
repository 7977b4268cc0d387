#!/usr/bin/env node
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
// Deterministic generator for a realistic JS/TS monorepo with helmet apps, Caddyfiles and decoys.
// The same arguments over the same corpus give byte-identical output. No dependencies.
//
//   node gen.mjs --out DIR --files N --corpus DIR[,DIR...] [options]     a workspace
//   node gen.mjs --caddyfile FILE --sites N [--seed S]                   one big Caddyfile
//
// Options (defaults)
//   --files 1000            TS/JS source files (helmet apps and mentions included; decoys not)
//   --corpus                folders of real code (e.g. a node_modules with packages that publish src/)
//   --seed 1
//   --median-lines 150      source sizes: log-normal, real files picked by nearest line count
//   --sigma 0.9
//   --helmet 0.005          share of files that are an Express app calling helmet()
//   --mentions 0.003        share of files that mention "helmet" but have no helmet() call (react-helmet, prose)
//   --caddy-every 200       one Caddyfile per this many source files; every 5th has 50 to 120 sites
//   --decoys 2              ignored files (node_modules, dist, coverage) per source file; some contain helmet()
//   --other 0.25            tracked non-source files (json, md, css, svg, png) per source file
//   --per-package 80        source files per workspace package
//   --per-dir 6             source files per folder (about 5 to 7 in large public monorepos)
//   --git                   git init + add + commit in the result
//   --manifest FILE         ground truth as JSON (OUT.manifest.json)
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values: a } = parseArgs({
	options: {
		out: { type: 'string' },
		files: { type: 'string', default: '1000' },
		corpus: { type: 'string' },
		seed: { type: 'string', default: '1' },
		'median-lines': { type: 'string', default: '150' },
		sigma: { type: 'string', default: '0.9' },
		helmet: { type: 'string', default: '0.005' },
		mentions: { type: 'string', default: '0.003' },
		'caddy-every': { type: 'string', default: '200' },
		decoys: { type: 'string', default: '2' },
		other: { type: 'string', default: '0.25' },
		'per-package': { type: 'string', default: '80' },
		'per-dir': { type: 'string', default: '6' },
		git: { type: 'boolean', default: false },
		manifest: { type: 'string' },
		caddyfile: { type: 'string' },
		sites: { type: 'string', default: '5000' },
		help: { type: 'boolean', short: 'h' },
	},
});
if (a.help || (!a.caddyfile && (!a.out || !a.corpus))) {
	console.log(
		fs
			.readFileSync(new URL(import.meta.url), 'utf8')
			.split('\n')
			.filter((_l, i, all) => i > 0 && i < all.findIndex(x => x.startsWith('import')))
			.map(l => l.replace(/^\/\/ ?/, ''))
			.join('\n'),
	);
	process.exit(a.help ? 0 : 2);
}

// ---- deterministic randomness (mulberry32) ----
let state = Number(a.seed) >>> 0;
const rnd = () => {
	state = (state + 0x6d2b79f5) | 0;
	let t = Math.imul(state ^ (state >>> 15), 1 | state);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const int = (lo, hi) => lo + Math.floor(rnd() * (hi - lo + 1));
const pick = list => list[Math.floor(rnd() * list.length)];
const normal = () => Math.sqrt(-2 * Math.log(1 - rnd())) * Math.cos(2 * Math.PI * rnd());

const WORDS = (
	'account admin alert api asset audit auth balance basket billing blob board booking cache calendar card cart ' +
	'catalog channel chart chat checkout client cluster comment config contact content core cron customer dashboard data delivery ' +
	'device digest discount document domain email event feed field file filter flag form gateway graph group health history ' +
	'image index inventory invoice item job label layout ledger library limit list locale location log login mail map market ' +
	'media member menu message metric model module monitor network note notice order page parser patch payment plan player policy ' +
	'portal post price printer product profile project promo proxy queue quota rate record region registry relay report request ' +
	'result review role route rule sample schema search secret section server service session setting shape shipping signal site ' +
	'snapshot socket source spec stats status stock storage store stream style subject survey sync table tag target task team ' +
	'template tenant theme thread ticket timer token topic trace track transfer tree trigger user util vault vendor version view ' +
	'volume wallet webhook widget window worker zone'
).split(' ');

// ---- Caddyfiles (valid for `caddy adapt` and `caddy validate`; no file or network side effects) ----
function caddySite(i, host) {
	const port = 3000 + (i % 5000);
	const hdr = [
		`Strict-Transport-Security "max-age=${pick(['31536000', '63072000', '300', '0', '15552000'])}${pick(['; includeSubDomains', '; includeSubDomains; preload', ''])}"`,
		`X-Content-Type-Options ${pick(['nosniff', '"nosniff"', 'sniff'])}`,
		`X-Frame-Options ${pick(['DENY', 'SAMEORIGIN', '"ALLOW-FROM https://a.example"'])}`,
		`Referrer-Policy ${pick(['no-referrer', 'strict-origin-when-cross-origin', 'unsafe-url'])}`,
		`Content-Security-Policy "default-src 'self'; script-src 'self'${pick(['', " 'unsafe-inline'", ' https://cdn.example.net', " 'nonce-abc'"])}; object-src 'none'; frame-ancestors ${pick(["'none'", "'self'"])}"`,
		`Permissions-Policy "geolocation=(), microphone=(), camera=()"`,
		`X-XSS-Protection "${pick(['0', '1; mode=block'])}"`,
		`Access-Control-Allow-Origin ${pick(['*', 'https://app.example.com'])}`,
		'-Server',
		'-X-Powered-By',
		'?Cache-Control "no-store"',
		'defer',
	].filter(() => rnd() < 0.55);
	const L = [`${host}${rnd() < 0.2 ? `, www.${host}` : ''} {`];
	if (rnd() < 0.3) L.push(`\t# ${pick(WORDS)} ${pick(WORDS)}, owned by team ${pick(WORDS)}`);
	if (rnd() < 0.5) L.push('\timport security_headers');
	if (rnd() < 0.6) L.push('\tencode zstd gzip');
	if (hdr.length && rnd() < 0.75) L.push('\theader {', ...hdr.map(h => `\t\t${h}`), '\t}');
	if (rnd() < 0.3)
		L.push('\t@static path *.css *.js *.woff2 /assets/*', '\theader @static Cache-Control "public, max-age=31536000, immutable"');
	switch (int(0, 3)) {
		case 0:
			L.push(`\treverse_proxy 127.0.0.1:${port}`);
			break;
		case 1:
			L.push(
				'\thandle /api/* {',
				`\t\treverse_proxy 127.0.0.1:${port} 127.0.0.1:${port + 1} {`,
				'\t\t\theader_up X-Real-IP {remote_host}',
				'\t\t\theader_down -Server',
				'\t\t\tlb_policy round_robin',
				'\t\t}',
				'\t}',
				'\thandle {',
				`\t\troot * /srv/${host}`,
				'\t\ttry_files {path} /index.html',
				'\t\tfile_server',
				'\t}',
			);
			break;
		case 2:
			L.push(`\troot * /srv/${host}/public`, '\tphp_fastcgi 127.0.0.1:9000', '\tfile_server');
			break;
		default:
			L.push(
				'\troute {',
				'\t\t@blocked path /.git/* /.env',
				'\t\trespond @blocked 404',
				`\t\theader /admin/* X-Robots-Tag "noindex"`,
				`\t\treverse_proxy /ws/* 127.0.0.1:${port}`,
				'\t\trespond "ok" 200',
				'\t}',
			);
	}
	if (rnd() < 0.2) L.push(`\tredir /old/* https://${host}/new permanent`);
	L.push('}', '');
	return L;
}
function caddyfile(sites, id) {
	const L = [
		'{',
		'\tadmin off',
		`\temail ops@${id}.example.com`,
		...(rnd() < 0.5 ? ['\tservers {', '\t\tprotocols h1 h2', '\t}'] : []),
		'}',
		'',
		'(security_headers) {',
		'\theader {',
		'\t\tStrict-Transport-Security "max-age=31536000; includeSubDomains"',
		'\t\tX-Content-Type-Options nosniff',
		'\t\tX-Frame-Options DENY',
		'\t\tReferrer-Policy strict-origin-when-cross-origin',
		'\t}',
		'}',
		'',
	];
	for (let i = 0; i < sites; i++)
		L.push(...caddySite(i, `${WORDS[i % WORDS.length]}${Math.floor(i / WORDS.length) || ''}.${id}.example.com`));
	return L.join('\n');
}

if (a.caddyfile) {
	const text = caddyfile(Number(a.sites), 'big');
	fs.mkdirSync(path.dirname(path.resolve(a.caddyfile)), { recursive: true });
	fs.writeFileSync(a.caddyfile, text);
	console.log(
		JSON.stringify({ file: a.caddyfile, sites: Number(a.sites), lines: text.split('\n').length, bytes: Buffer.byteLength(text) }),
	);
	process.exit(0);
}

// ---- corpus: unique real files, sorted by line count ----
const EXT = /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/;
// Code about headers comes from --helmet alone: node_modules here holds express, fastify and helmet themselves.
const headerCode = /helmet|astify\(|NestFactory|powered-by|-[Pp]olicy|-[Oo]ptions|Strict-Transport|Access-Control-Allow|['"`]express['"`]/;
function loadCorpus(dirs) {
	const seen = new Set(),
		list = [];
	const walk = dir => {
		for (const e of fs.readdirSync(dir, { withFileTypes: true }).sort((x, y) => (x.name < y.name ? -1 : 1))) {
			const p = path.join(dir, e.name);
			if (e.isDirectory()) {
				walk(p);
				continue;
			}
			if (!e.isFile() || !EXT.test(e.name) || /\.d\.[mc]?ts$|\.min\.|\.flow$|bundle|\.umd\./.test(e.name)) continue;
			const size = fs.statSync(p).size;
			if (size < 200 || size > 250_000) continue;
			const buf = fs.readFileSync(p);
			if (headerCode.test(buf.toString('latin1')) || buf.includes('sourceMappingURL=data:')) continue;
			const hash = createHash('sha1').update(buf).digest('base64');
			if (seen.has(hash)) continue;
			seen.add(hash);
			let lines = 1;
			for (let i = buf.indexOf(10); i !== -1; i = buf.indexOf(10, i + 1)) lines++;
			if (size / lines > 120) continue; // minified or generated one-liners
			list.push({ p, lines, ts: /\.[mc]?tsx?$/.test(e.name), ext: path.extname(e.name) });
		}
	};
	for (const d of dirs) walk(path.resolve(d));
	return list.sort((x, y) => x.lines - y.lines || (x.p < y.p ? -1 : 1));
}
const corpus = loadCorpus(a.corpus.split(','));
const tsFiles = corpus.filter(f => f.ts),
	jsFiles = corpus.filter(f => !f.ts);
if (tsFiles.length < 50 || jsFiles.length < 50) {
	console.error('corpus too small');
	process.exit(2);
}
const median = Number(a['median-lines']),
	sigma = Number(a.sigma);
function sample() {
	const list = rnd() < 0.75 ? tsFiles : jsFiles;
	const want = Math.min(4000, Math.max(8, median * Math.exp(sigma * normal())));
	let lo = 0,
		hi = list.length - 1;
	while (lo < hi) {
		const m = (lo + hi) >> 1;
		if (list[m].lines < want) lo = m + 1;
		else hi = m;
	}
	// any file within about 8 % of the wanted size, so that large trees do not repeat a few files
	let l = lo,
		h = lo;
	while (l > 0 && list[l - 1].lines > want * 0.92 && lo - l < 200) l--;
	while (h < list.length - 1 && list[h + 1].lines < want * 1.08 && h - lo < 200) h++;
	return list[int(l, h)];
}
const cache = new Map();
const read = f => {
	const known = cache.get(f.p);
	if (known) return known;
	const bytes = fs.readFileSync(f.p);
	cache.set(f.p, bytes);
	return bytes;
};

// ---- Express apps with helmet ----
const CSP = () =>
	`contentSecurityPolicy: {\n      useDefaults: ${pick(['true', 'false'])},\n      directives: {\n        defaultSrc: ["'self'"],\n        scriptSrc: ["'self'"${pick(['', ', "\'unsafe-inline\'"', ', "https://cdn.example.net"', ", (req, res) => `'nonce-${res.locals.nonce}'`"])}],\n        objectSrc: ["'none'"],\n        upgradeInsecureRequests: ${pick(['[]', 'null'])},\n      },\n    }`;
const OPT = [
	() => 'contentSecurityPolicy: false',
	CSP,
	() =>
		`hsts: { maxAge: ${pick(['31536000', '0', '86400', '60 * 60 * 24 * 365', 'ONE_YEAR'])}, includeSubDomains: ${pick(['true', 'false'])}, preload: true }`,
	() => 'strictTransportSecurity: false',
	() => `frameguard: { action: '${pick(['deny', 'sameorigin'])}' }`,
	() => 'xFrameOptions: false',
	() => `referrerPolicy: { policy: '${pick(['no-referrer', 'unsafe-url', 'same-origin'])}' }`,
	() => 'crossOriginEmbedderPolicy: true',
	() => `crossOriginResourcePolicy: { policy: 'cross-origin' }`,
	() => 'hidePoweredBy: false',
	() => 'noSniff: false',
	() => 'xDnsPrefetchControl: { allow: true }',
];
const options = n =>
	`{\n${Array.from({ length: n }, () => `    ${pick(OPT)()},`)
		.filter((x, i, l) => l.findIndex(y => y.split(':')[0] === x.split(':')[0]) === i)
		.join('\n')}\n  }`;
function helmetApp(ts) {
	const esm = ts || rnd() < 0.4,
		name = pick(['helmet', 'helmet', 'helmet', 'secureHeaders']);
	const L = esm
		? [
				`import express${ts ? ', { type Request, type Response, type NextFunction }' : ''} from 'express';`,
				`import ${name} from 'helmet';`,
				`import { createServer } from 'node:http';`,
			]
		: [
				`'use strict';`,
				`const express = require('express');`,
				`const ${name} = require('helmet');`,
				`const { createServer } = require('node:http');`,
			];
	L.push('', 'const ONE_YEAR = 31536000;', 'const app = express();', '');
	switch (int(0, 5)) {
		case 0:
			L.push(`app.use(${name}());`);
			break;
		case 1:
			L.push(`app.use(\n  ${name}(${options(int(1, 5))}),\n);`);
			break;
		case 2:
			L.push(
				`const securityOptions${ts ? `: Parameters<typeof ${name}>[0]` : ''} = ${options(int(2, 5))};`,
				`app.use(${name}(securityOptions));`,
			);
			break;
		case 3:
			L.push(
				`const base = ${options(2)};`,
				`if (process.env.NODE_ENV === 'production') {`,
				`  app.use(${name}({ ...base, hsts: { maxAge: ONE_YEAR } }));`,
				'} else {',
				`  app.use(${name}({ ...base, contentSecurityPolicy: false }));`,
				'}',
			);
			break;
		case 4:
			L.push(
				`app.use(${name}.hsts({ maxAge: ${pick(['0', '31536000'])} }));`,
				`app.use(${name}.frameguard({ action: 'deny' }));`,
				`app.use(${name}.noSniff());`,
			);
			break;
		default:
			L.push(
				`export${esm ? '' : 's.secure ='} ${esm ? 'function secure' : 'function secure'}(router${ts ? ': express.Router' : ''}) {`,
				`  router.use('/admin', ${name}(${options(3)}));`,
				'  return router;',
				'}',
			);
	}
	L.push(`app.use(express.json({ limit: '${int(1, 50)}mb' }));`, `app.disable('x-powered-by');`, '');
	for (let i = int(5, 30); i > 0; i--) {
		const w = pick(WORDS),
			v = pick(WORDS),
			T = ts ? ['req: Request', 'res: Response', 'next: NextFunction'] : ['req', 'res', 'next'];
		L.push(
			`app.${pick(['get', 'post', 'put', 'delete'])}('/${w}s/:id/${v}', async (${T.join(', ')}) => {`,
			'  try {',
			`    const id = Number.parseInt(req.params.id, 10);`,
			`    if (!Number.isFinite(id)) return res.status(400).json({ error: 'bad ${w} id' });`,
			`    const ${v} = await load('${w}', id);`,
			...(rnd() < 0.2 ? [`    res.setHeader('Cache-Control', 'private, max-age=${int(0, 600)}');`] : []),
			`    return res.json({ ${v}, at: Date.now() });`,
			'  } catch (err) {',
			'    next(err);',
			'  }',
			'});',
			'',
		);
	}
	L.push(
		`async function load(kind${ts ? ': string' : ''}, id${ts ? ': number' : ''}) {`,
		'  return { kind, id };',
		'}',
		'',
		`createServer(app).listen(Number(process.env.PORT ?? 3000));`,
		'',
	);
	return L.join('\n');
}
const mention = () =>
	pick([
		`import { Helmet, HelmetProvider } from 'react-helmet-async';\n\nexport function Head({ title }: { title: string }) {\n  return (\n    <HelmetProvider>\n      <Helmet>\n        <title>{title}</title>\n      </Helmet>\n    </HelmetProvider>\n  );\n}\n`,
		`// Headers are set by helmet in the gateway, not here.\nexport const gateway = 'https://gateway.example.com';\n`,
		`export const catalogue = ['bicycle helmet', 'ski helmet', 'gloves'];\n`,
	]);

// ---- write the tree ----
const out = path.resolve(a.out),
	N = Number(a.files),
	per = Number(a['per-package']);
fs.rmSync(out, { recursive: true, force: true });
const made = new Set();
const stats = { files: N, sourceBytes: 0, sourceLines: 0, decoys: 0, other: 0, corpus: corpus.length };
const truth = { helmet: [], mentions: [], caddyfiles: [] },
	lineCounts = [];
function write(rel, data) {
	const p = path.join(out, rel),
		d = path.dirname(p);
	if (!made.has(d)) {
		fs.mkdirSync(d, { recursive: true });
		made.add(d);
	}
	fs.writeFileSync(p, data);
}
const packages = Math.max(1, Math.ceil(N / per)),
	pkgDirs = [];
for (let i = 0; i < packages; i++)
	pkgDirs.push(`${pick(['apps', 'packages', 'packages', 'packages', 'services', 'libs'])}/${pick(WORDS)}-${pick(WORDS)}-${i}`);
const nHelmet = Math.max(1, Math.round(N * Number(a.helmet))),
	nMention = Math.round(N * Number(a.mentions));
// each package has a small tree of folders, nested up to three deep, that its files share
const nDirs = Math.max(1, Math.round(per / Number(a['per-dir'])));
const folders = pkgDirs.map(p => {
	const list = [`${p}/src`];
	while (list.length < nDirs) {
		const d = `${pick(list)}/${pick(WORDS)}`;
		if (d.split('/').length <= 6 && !list.includes(d)) list.push(d);
	}
	return list;
});
const special = new Map();
for (const [n, kind] of [
	[nHelmet, 'helmet'],
	[nMention, 'mention'],
])
	for (let i = 0; i < n; ) {
		const k = int(0, N - 1);
		if (!special.has(k)) {
			special.set(k, kind);
			i++;
		}
	}

for (let i = 0; i < N; i++) {
	const pkg = pkgDirs[Math.floor(i / per)],
		dir = pick(folders[Math.floor(i / per)]);
	let rel, data;
	const kind = special.get(i);
	if (kind === 'helmet') {
		const ts = rnd() < 0.7;
		rel = `${pkg}/src/${pick(['server', 'app', 'main', 'index'])}-${i}.${ts ? 'ts' : pick(['js', 'cjs', 'mjs'])}`;
		data = Buffer.from(helmetApp(ts || rel.endsWith('mjs') ? ts : false));
		if (rel.endsWith('.mjs'))
			data = Buffer.from(
				data
					.toString()
					.replace(/^'use strict';\n/, '')
					.replace(/const (\w+|\{ \w+ \}) = require\('([^']+)'\);/g, "import $1 from '$2';")
					.replace('exports.secure = function', 'export function'),
			);
		truth.helmet.push(rel);
	} else if (kind === 'mention') {
		rel = `${dir}/${pick(WORDS)}-${i}.tsx`;
		data = Buffer.concat([Buffer.from(mention()), Buffer.from('\n')]);
		truth.mentions.push(rel);
	} else {
		const f = sample(),
			w = [pick(WORDS), pick(WORDS)];
		rel = `${dir}/${pick([`${w[0]}-${w[1]}`, `${w[0]}${w[1][0].toUpperCase()}${w[1].slice(1)}`])}${rnd() < 0.12 ? '.test' : ''}-${i}${f.ext}`;
		data = read(f);
	}
	write(rel, data);
	let lines = 0;
	for (let j = data.indexOf(10); j !== -1; j = data.indexOf(10, j + 1)) lines++;
	stats.sourceBytes += data.length;
	stats.sourceLines += lines;
	lineCounts.push(lines);
}
// package metadata and other tracked files
pkgDirs.forEach((p, i) => {
	write(
		`${p}/package.json`,
		`${JSON.stringify(
			{
				name: `@acme/${path.basename(p)}`,
				version: `1.${i}.0`,
				private: true,
				dependencies: { express: '^5.0.0', ...(i % 9 ? {} : { helmet: '^8.0.0' }) },
			},
			null,
			2,
		)}\n`,
	);
	write(`${p}/tsconfig.json`, `${JSON.stringify({ extends: '../../tsconfig.base.json', include: ['src'] }, null, 2)}\n`);
});
stats.other += packages * 2;
for (let i = 0, n = Math.round(N * Number(a.other)); i < n; i++) {
	const p = pick(pkgDirs),
		w = `${pick(WORDS)}-${i}`;
	const prose = Array.from({ length: int(20, 400) }, () => pick(WORDS)).join(' ');
	switch (int(0, 5)) {
		case 0:
			write(`${p}/docs/${w}.md`, `# ${w}\n\n${prose}\n`);
			break;
		case 1:
			write(`${p}/src/styles/${w}.css`, `.${w} { color: #${int(0, 0xffffff).toString(16).padStart(6, '0')}; }\n`.repeat(int(5, 200)));
			break;
		case 2:
			write(
				`${p}/src/locales/${w}.json`,
				`${JSON.stringify(Object.fromEntries(prose.split(' ').map((k, j) => [`${k}${j}`, k])), null, 2)}\n`,
			);
			break;
		case 3:
			write(`${p}/src/__snapshots__/${w}.snap`, `exports[\`${w}\`] = \`\n${prose}\n\`;\n`.repeat(int(1, 20)));
			break;
		case 4:
			write(
				`${p}/public/${w}.svg`,
				`<svg xmlns="http://www.w3.org/2000/svg"><path d="${Array.from({ length: int(10, 300) }, () => `L${int(0, 99)} ${int(0, 99)}`).join(' ')}"/></svg>\n`,
			);
			break;
		default:
			write(`${p}/public/${w}.png`, Buffer.from(Array.from({ length: int(500, 8000) }, () => int(0, 255))));
	}
	stats.other++;
}
// Caddyfiles
for (let i = 0, n = Math.max(1, Math.floor(N / Number(a['caddy-every']))); i < n; i++) {
	const sites = i % 5 === 0 ? int(50, 120) : int(1, 12),
		p = pkgDirs[Math.floor((i / n) * packages)];
	const rel = pick([
		`${p}/Caddyfile`,
		`${p}/deploy/caddy/Caddyfile`,
		`${p}/deploy/Caddyfile.prod`,
		`${p}/deploy/${pick(WORDS)}-${i}.caddyfile`,
	]);
	if (truth.caddyfiles.some(c => c.file === rel)) {
		n--;
		continue;
	}
	write(rel, caddyfile(sites, `c${i}`));
	truth.caddyfiles.push({ file: rel, sites });
}
// decoys: ignored folders, with real code, and helmet() calls that must not be reported
for (let i = 0, n = Math.round(N * Number(a.decoys)); i < n; i++) {
	const f = sample(),
		r = rnd();
	const base =
		r < 0.75
			? `node_modules/${i % 3200 < 1600 ? '' : '@scope/'}${WORDS[Math.floor(i / 25) % WORDS.length]}-${Math.floor(i / 25)}/${pick(['lib', 'dist', 'src'])}`
			: r < 0.85
				? `${pick(pkgDirs)}/node_modules/${pick(['acme-ui', 'legacy-sdk', 'left-pad'])}/lib`
				: r < 0.97
					? `${pick(pkgDirs)}/dist`
					: `${pick(pkgDirs)}/coverage/lcov-report`;
	write(`${base}/${pick(WORDS)}-${i}${f.ext}`, i % 150 === 0 ? helmetApp(false) : read(f));
	stats.decoys++;
}
write('node_modules/helmet/index.cjs', helmetApp(false));
write('node_modules/helmet/package.json', '{"name":"helmet","version":"8.3.0","main":"index.cjs"}\n');
write('.gitignore', 'node_modules/\ndist/\ncoverage/\n*.log\n.next/\n');
write('tsconfig.base.json', '{"compilerOptions":{"target":"es2022","module":"nodenext","strict":true,"noEmit":true}}\n');
write(
	'package.json',
	`${JSON.stringify({ name: 'acme', private: true, workspaces: ['apps/*', 'packages/*', 'services/*', 'libs/*'] }, null, 2)}\n`,
);
if (a.git) {
	const g = (...x) =>
		execFileSync('git', ['-C', out, '-c', 'user.name=gen', '-c', 'user.email=gen@example.com', '-c', 'gc.auto=0', ...x], {
			stdio: 'ignore',
			env: { ...process.env, GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z', GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z' },
		});
	g('init', '-q', '-b', 'main');
	g('add', '-A');
	g('commit', '-q', '-m', 'generated');
}
lineCounts.sort((x, y) => x - y);
const q = f => lineCounts[Math.min(N - 1, Math.floor(N * f))];
Object.assign(stats, {
	packages,
	helmet: truth.helmet.length,
	mentions: truth.mentions.length,
	caddyfiles: truth.caddyfiles.length,
	lines: { p10: q(0.1), p50: q(0.5), p90: q(0.9), max: q(1) },
});
fs.writeFileSync(a.manifest ?? `${out}.manifest.json`, `${JSON.stringify({ stats, ...truth }, null, 1)}\n`);
console.log(JSON.stringify(stats));
