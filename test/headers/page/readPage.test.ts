import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cssResources } from '../../../server/src/headers/page/css';
import { readPage } from '../../../server/src/headers/page/readPage';

/** What a page holds, one line each: `directive: url` or `directive: inline label text`. */
function shown(html: string): readonly string[] {
	return readPage(html).resources.map(resource =>
		resource.kind === 'url' ? `${resource.directive}: ${resource.url}` : `${resource.directive}: inline ${resource.label} ${resource.text}`,
	);
}

describe('readPage', () => {
	const cases: readonly (readonly [html: string, ...expected: string[]])[] = [
		['<script src="a.js"></script>', 'script-src-elem: a.js'],
		['<script>go()</script>', 'script-src-elem: inline <script> go()'],
		['<script type="module">go()</script>', 'script-src-elem: inline <script> go()'],
		['<script type="application/json">{}</script><script type="text/template"><b></b></script>'],
		['<style>b { background: url(x.png) }</style>', 'style-src-elem: inline <style> b { background: url(x.png) }', 'img-src: x.png'],
		['<link rel="stylesheet" href="/s.css"><link rel="icon" href="/i.png">', 'style-src-elem: /s.css', 'img-src: /i.png'],
		['<link rel="preload" as="font" href="/f.woff2"><link rel="manifest" href="/m.json">', 'font-src: /f.woff2', 'manifest-src: /m.json'],
		['<link rel="canonical" href="https://a.example/"><link rel="next" href="/2">'],
		[
			'<img src="a.png" srcset="b.png 1x, https://a.example/c,d.png 2x">',
			'img-src: a.png',
			'img-src: b.png',
			'img-src: https://a.example/c,d.png',
		],
		['<video poster="p.jpg"><source src="v.mp4"><track src="t.vtt"></video>', 'img-src: p.jpg', 'media-src: v.mp4', 'media-src: t.vtt'],
		['<picture><source srcset="a.webp"><img src="a.png"></picture>', 'img-src: a.webp', 'img-src: a.png'],
		[
			'<iframe src="/f"></iframe><object data="o.swf"></object><embed src="e.pdf">',
			'frame-src: /f',
			'object-src: o.swf',
			'object-src: e.pdf',
		],
		['<form action="/go"><button formaction="/other">', 'form-action: /go', 'form-action: /other'],
		[
			'<a href="javascript:void 0" onclick="go()" style="color: red">',
			'script-src-elem: inline javascript: null',
			'script-src-attr: inline onclick go()',
			'style-src-attr: inline style attribute color: red',
		],
		['<template><script src="later.js"></script></template>'],
	];
	for (const [html, ...expected] of cases) it(html, () => assert.deepEqual(shown(html), expected));

	it('points at the attribute or the tag', () => {
		const html = '<p>\n<script src="a.js" nonce="n"></script><script>go()</script>';
		assert.deepEqual(
			readPage(html).resources.map(({ span }) => html.slice(span.start, span.end)),
			['src="a.js"', '<script>'],
		);
	});

	it('reads policies and the base address of the page', () => {
		const html = `<base href="/app/"><meta http-equiv="Content-Security-Policy" content="default-src 'self'">`;
		const page = readPage(html);
		assert.deepEqual(
			page.policies.map(({ text, reportOnly }) => ({ text, reportOnly })),
			[{ text: "default-src 'self'", reportOnly: false }],
		);
		assert.equal(page.base, '/app/');
	});

	it('never throws', () => {
		const html = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 200 }),
			fc
				.array(fc.constantFrom('<', '>', '<script', '<style>', '</', 'src=', '"', "'", '<!--', '<table>', '<template>', '<svg>', ' on'), {
					maxLength: 40,
				})
				.map(parts => parts.join('')),
		);
		fc.assert(
			fc.property(html, text => void readPage(text)),
			{ seed: Number(process.env['SEED'] ?? 20261122), numRuns: 300 },
		);
	});
});

describe('cssResources', () => {
	const cases: readonly (readonly [css: string, ...expected: string[]])[] = [
		['@import "a.css"; @import url(b.css) print;', 'style-src-elem: a.css', 'style-src-elem: b.css'],
		['@font-face { src: url("f.woff2") format("woff2") } b { background: url(i.png) }', 'font-src: f.woff2', 'img-src: i.png'],
		['/* url(no.png) */ b { filter: url(#blur); content: "url(no.png)" }'],
	];
	for (const [css, ...expected] of cases)
		it(css, () =>
			assert.deepEqual(
				cssResources(css).map(({ directive, url }) => `${directive}: ${url}`),
				expected,
			),
		);
});
