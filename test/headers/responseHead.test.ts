import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyzeResponse } from '../../server/src/headers/responseHead';
import type { AnalysisOptions } from '../../server/src/model/analysis';
import { createSource } from '../../server/src/text/source';

describe('a raw response head', () => {
	it('has a status line and fields, each with the place of its name and value', () => {
		const text = 'HTTP/1.1 200 OK\r\nX-Frame-Options:  DENY \r\nserver: Caddy\r\n\r\n';
		const { surface, response } = read(text);
		assert.equal(response.status, 200);
		assert.equal(response.outcome, 'content');
		assert.deepEqual(shown(text), [
			['X-Frame-Options', 'DENY', 'X-Frame-Options:  DENY '],
			['Server', 'Caddy', 'server: Caddy'],
		]);
		const [frame] = surface.operations;
		assert.deepEqual(frame?.value?.segments[0]?.place.span, { start: 35, end: 39 });
		assert.equal(frame?.value?.segments[0]?.exact, true);
		assert.equal(text.slice(35, 39), 'DENY');
	});

	it('may lack its status line, and may end without a blank line', () => {
		assert.deepEqual(shown('x-content-type-options: nosniff'), [['X-Content-Type-Options', 'nosniff', 'x-content-type-options: nosniff']]);
		assert.equal(read('x-content-type-options: nosniff').response.status, null);
	});

	it('joins a folded line by one space', () => {
		const text = "Content-Security-Policy: default-src 'self';\r\n  img-src *\r\nAge: 1\r\n";
		assert.deepEqual(shown(text)[0], [
			'Content-Security-Policy',
			"default-src 'self'; img-src *",
			"Content-Security-Policy: default-src 'self';\r\n  img-src *",
		]);
	});

	it('is the last one of several, as curl -sIL prints them', () => {
		const text = 'HTTP/1.1 308 Permanent Redirect\nLocation: https://a.example/\n\nHTTP/2 200\nserver: Caddy\n\n';
		assert.equal(read(text).response.status, 200);
		assert.deepEqual(shown(text), [['Server', 'Caddy', 'server: Caddy']]);
	});

	it('ends where its body begins, whatever the body says', () => {
		const text = 'HTTP/1.1 200 OK\nAge: 1\n\nbody\n\nHTTP/1.1 500 No\nAge: 2\n';
		assert.equal(read(text).response.status, 200);
		assert.deepEqual(shown(text), [['Age', '1', 'Age: 1']]);
	});

	it('is looked for behind the body of a redirect', () => {
		const text = 'HTTP/1.1 301 Moved\nLocation: /x\n\n<a href="/x">moved</a>\n\nHTTP/1.1 404 Not Found\nAge: 2\n';
		assert.equal(read(text).response.status, 404);
		assert.equal(read(text).response.outcome, 'error');
	});

	it('keeps a field sent twice twice, in wire order', () => {
		const { surface } = read('X-Frame-Options: DENY\nX-Frame-Options: SAMEORIGIN\n');
		assert.deepEqual(
			surface.operations.map(operation => [operation.action, operation.value?.text]),
			[
				['set', 'DENY'],
				['add', 'SAMEORIGIN'],
			],
		);
	});

	it('takes host and scheme from the URL it came from', () => {
		const { surface } = read('HTTP/1.1 200 OK\n', 'http://Example.com:8080/a');
		assert.equal(surface.transport, 'http');
		assert.deepEqual(
			surface.hosts.map(({ name, port, scheme }) => ({ name, port, scheme })),
			[{ name: 'example.com', port: 8080, scheme: 'http' }],
		);
		assert.equal(read('').surface.transport, 'unknown');
	});

	it('holds comments on lines that start with #', () => {
		const analysis = analyze('# headerlint-disable nosniff-missing -- intended\nAge: 1\n', null);
		assert.deepEqual(
			analysis.comments.map(comment => comment.text),
			['headerlint-disable nosniff-missing -- intended'],
		);
	});

	it('never throws, and places every value inside the text', () => {
		const lines = fc.array(
			fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('', 'HTTP/1.1 301 x', 'HTTP/2 200', 'A: b', ' folded', ':', '# c', 'A:\t\r')),
			{ maxLength: 12 },
		);
		fc.assert(
			fc.property(lines, fc.constantFrom('\n', '\r\n'), (parts, lineBreak) => {
				const text = parts.join(lineBreak);
				for (const operation of read(text).surface.operations) {
					for (const { start, end, place } of operation.value?.segments ?? [])
						assert.equal(operation.value?.text.slice(start, end), text.slice(place.span.start, place.span.end));
				}
			}),
			{ seed: Number(process.env['SEED'] ?? 1) },
		);
	});
});

function analyze(text: string, url: string | null) {
	return analyzeResponse(createSource('/w/head.http', text), options, url);
}

function read(text: string, url: string | null = null) {
	const [surface] = analyze(text, url).surfaces;
	const response = surface?.responses[0];
	assert.ok(surface !== undefined && response !== undefined);
	return { surface, response };
}

function shown(text: string): readonly (readonly [string, string | undefined, string])[] {
	return read(text).surface.operations.map(({ name, value, place }) => [name, value?.text, text.slice(place.span.start, place.span.end)]);
}

const options: AnalysisOptions = {
	files: { read: () => null, list: () => null },
	root: '/w',
	env: new Map(),
	caddyVersion: '2.11',
};
