import assert from 'node:assert/strict';
import { type CspPolicy, parseCsp } from '../../../server/src/headers/csp/parse';
import { blockedResources, hashOf } from '../../../server/src/headers/page/blocked';
import { readPage } from '../../../server/src/headers/page/readPage';
import { ANY_TEXT, ONE_TOKEN } from '../../../server/src/model/value';

/** What a policy blocks of a page at https://example.com/docs/, as `directive: resource -> source to add`. */
function blocked(policy: string, html: string): readonly string[] {
	const [first] = parseCsp(policy).policies;
	const none: CspPolicy = { start: 0, end: 0, directives: [], open: false };
	return blockedResources(first ?? none, readPage(html), '/docs/', { protocol: 'https:', hosts: ['example.com'] }).map(
		({ directive, resource, source }) => `${directive.name}: ${resource.kind === 'url' ? resource.url : resource.label} -> ${source}`,
	);
}

const hello = hashOf('hello()');

describe('blockedResources', () => {
	const cases: readonly (readonly [policy: string, html: string, ...expected: string[]])[] = [
		["default-src 'self'", '<script src="a.js"></script><img src="/b.png"><img src="https://example.com/c.png">'],
		["script-src 'self'", '<img src="https://a.example/x.png">'],
		[
			"default-src 'self'",
			'<script src="https://cdn.example/a.js?v=1"></script>',
			'default-src: https://cdn.example/a.js?v=1 -> https://cdn.example/a.js',
		],
		["default-src 'self'", '<img src="//img.example/x.png">', 'default-src: //img.example/x.png -> https://img.example'],
		["default-src 'none'", '<img src="x.png">', "default-src: x.png -> 'self'"],
		[
			'script-src https://cdn.example/lib/',
			'<script src="https://cdn.example/lib/a.js"></script><script src="https://cdn.example/b.js"></script>',
			'script-src: https://cdn.example/b.js -> https://cdn.example/b.js',
		],
		['img-src *.example', '<img src="https://a.example/x"><img src="https://example/x">', 'img-src: https://example/x -> https://example'],
		['img-src https:', '<img src="https://a.example/x"><img src="data:image/gif,x">', 'img-src: data:image/gif,x -> data:'],
		['img-src *', '<img src="https://a.example/x"><img src="data:image/gif,x">', 'img-src: data:image/gif,x -> data:'],
		['img-src http://a.example', '<img src="https://a.example/x">'],
		[
			'img-src a.example:8443',
			'<img src="https://a.example:8443/x"><img src="https://a.example/x">',
			'img-src: https://a.example/x -> https://a.example',
		],
		["script-src 'self'", '<script>hello()</script>', `script-src: <script> -> '${hello}'`],
		[`script-src '${hello}'`, '<script>hello()</script>'],
		["script-src 'unsafe-inline'", '<script>hello()</script><b onclick="hello()">'],
		[`script-src 'unsafe-inline' '${hello}'`, '<script>other()</script>', `script-src: <script> -> '${hashOf('other()')}'`],
		["script-src 'self'", '<b onclick="hello()">', 'script-src: onclick -> null'],
		[`script-src 'unsafe-hashes' '${hello}'`, '<b onclick="hello()">'],
		[`script-src '${hello}'`, '<b onclick="hello()">', 'script-src: onclick -> null'],
		["script-src 'self'; script-src-attr 'none'", '<b onclick="hello()">', 'script-src-attr: onclick -> null'],
		["style-src 'self'", '<p style="color: red">', 'style-src: style attribute -> null'],
		[
			`script-src 'nonce-${ONE_TOKEN}'`,
			'<script nonce="{{nonce}}">hello()</script><script nonce="n" src="https://a.example/a.js"></script>',
		],
		[
			`script-src 'nonce-${ONE_TOKEN}' 'strict-dynamic' https:`,
			'<script src="https://a.example/a.js"></script>',
			'script-src: https://a.example/a.js -> null',
		],
		[`script-src ${ONE_TOKEN}`, '<script>hello()</script><script src="https://a.example/a.js"></script>'],
		[`default-src 'self' ${ANY_TEXT}`, '<script>hello()</script>'],
		["form-action 'self'", '<form action="https://pay.example/"></form>', 'form-action: https://pay.example/ -> https://pay.example'],
		["default-src 'self'", '<form action="https://pay.example/"></form>'],
		["frame-src 'none'", '<iframe src="https://v.example/1"></iframe>', 'frame-src: https://v.example/1 -> https://v.example'],
		["default-src 'self'", '<script src="{{cdn}}/a.js"></script>'],
		["default-src 'self'", '<base href="https://b.example/"><img src="x.png">', 'default-src: x.png -> https://b.example'],
	];
	for (const [policy, html, ...expected] of cases) it(`${policy} on ${html}`, () => assert.deepEqual(blocked(policy, html), expected));

	it('hashes as browsers do', () => assert.equal(hashOf("console.log('hello');"), 'sha256-uYeF7eHzVgKpiBg5fikv2NTctmJnxCfX1UhhlrizvNE='));
});
