import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import { parseCsp } from '../../../server/src/headers/csp/parse';
import { blockedResources, hashOf } from '../../../server/src/headers/page/blocked';
import { readPage } from '../../../server/src/headers/page/readPage';

const browserPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Policies and pages that a real browser is asked about, beside `blockedResources`. */
const cases: readonly (readonly [policy: string, html: string])[] = [
	[
		"default-src 'self'",
		'<script src="a.js"></script><script src="https://cdn.example/a.js"></script><img src="https://img.example/x.png"><img src="/x.png">',
	],
	["default-src 'self'", '<link rel="stylesheet" href="https://fonts.example/css"><iframe src="https://v.example/1"></iframe>'],
	["script-src 'self'", '<script>hello = 1</script><img src="https://img.example/x.png"><p style="color: red">x</p>'],
	[`script-src '${hashOf('hello = 1')}'`, '<script>hello = 1</script><script>other = 1</script>'],
	[`script-src 'unsafe-inline' '${hashOf('hello = 1')}'`, '<script>other = 1</script>'],
	[
		"script-src 'unsafe-inline'; style-src 'unsafe-inline'",
		'<script>hello = 1</script><style>p { color: red }</style><p style="color: red" onclick="go()">x</p>',
	],
	["script-src 'self'; style-src 'self'", '<style>p { color: red }</style><p style="color: red">x</p><img src="x.png" onerror="go()">'],
	[
		"script-src 'nonce-abc'",
		'<script nonce="abc">hello = 1</script><script nonce="abc" src="https://cdn.example/a.js"></script><script src="a.js"></script>',
	],
	[
		"script-src 'nonce-abc' 'strict-dynamic' https:",
		'<script src="https://cdn.example/a.js"></script><script nonce="abc">hello = 1</script>',
	],
	[
		'img-src https://img.example/a/',
		'<img src="https://img.example/a/x.png"><img src="https://img.example/b/x.png"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
	],
	['img-src *', '<img src="https://img.example/x.png"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'],
	['img-src *.img.example', '<img src="https://a.img.example/x.png"><img src="https://img.example/x.png">'],
	['img-src http://img.example', '<img src="https://img.example/x.png">'],
	["default-src 'none'; img-src 'self'", '<base href="https://b.example/"><img src="x.png">'],
	["default-src 'self'; object-src 'none'; media-src 'none'", '<object data="o.bin"></object><video src="v.mp4" autoplay muted></video>'],
	["default-src 'none'; style-src 'unsafe-inline'", '<style>p { background: url(https://img.example/x.png) }</style><p>x</p>'],
];

describe('blockedResources says what Chromium does', function () {
	this.timeout(60_000);
	let browser: Browser;
	let server: http.Server;
	let current: readonly [policy: string, html: string] = ['', ''];

	before(async function () {
		if (!existsSync(browserPath)) {
			if (process.env['CI'] !== undefined) assert.fail(`${browserPath} is missing`);
			console.log(`      SKIPPED: ${browserPath} is missing`);
			this.skip();
		}
		browser = await chromium.launch({ executablePath: browserPath, headless: true, args: ['--no-sandbox', '--disable-gpu'] });
		server = http.createServer((request, response) => {
			const [policy, html] = current;
			if (request.url !== '/docs/') response.writeHead(200).end();
			else response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy }).end(`<!doctype html>${html}`);
		});
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	});

	after(async () => {
		await browser?.close();
		server?.close();
	});

	for (const example of cases)
		it(`${example[0]} on ${example[1]}`, async () => {
			current = example;
			// A server that listens on TCP has an address of this kind.
			const { port } = server.address() as AddressInfo;
			const page = await browser.newPage();
			const seen: string[] = [];
			await page.exposeFunction('seen', (violation: string) => seen.push(violation));
			await page.addInitScript(
				`addEventListener('securitypolicyviolation', event => seen(event.effectiveDirective + ' ' + event.blockedURI))`,
			);
			await page.route(/^https:/, route => route.fulfill({ status: 200, body: '' }));
			await page.goto(`http://127.0.0.1:${port}/docs/`);
			await page.waitForTimeout(150);
			await page.close();

			const self = { protocol: 'http:', hosts: [`127.0.0.1:${port}`] };
			const base = readPage(example[1]).base ?? `http://127.0.0.1:${port}/docs/`;
			const said = parseCsp(example[0]).policies.flatMap(policy =>
				blockedResources(policy, readPage(example[1]), '/docs/', self).map(({ resource }) => {
					if (resource.kind === 'inline') return `${resource.directive} inline`;
					const url = new URL(resource.url, base);
					// A violation names the origin of a frame only.
					const shown = url.protocol === 'data:' ? 'data' : resource.directive === 'frame-src' ? url.origin : url.href;
					return `${resource.directive} ${shown}`;
				}),
			);
			assert.deepEqual([...new Set(said)].sort(), [...new Set(seen)].sort());
		});
});
