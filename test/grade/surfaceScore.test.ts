import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectedScore } from '../../server/src/grade/observatory';
import { workspaceLinter } from '../support/fixEverything';

const guide = path.resolve(__dirname, '../../examples/guide');

describe('the projected score of a site or app', () => {
	it("of the guide's own examples is what the Observatory gave for their headers", () => {
		assert.deepEqual(scores('Caddyfile', readFileSync(path.join(guide, 'Caddyfile'), 'utf8')), ['alivemcp.com 110 A+']);
		assert.deepEqual(scores('app.ts', readFileSync(path.join(guide, 'app.ts'), 'utf8')), ['app in app.ts 130 A+']);
	});

	it('of a site without headers is 30, and over plain HTTP 10', () => {
		assert.deepEqual(scores('Caddyfile', 'example.com {\n\tfile_server\n}\n'), ['example.com 30 D']);
		assert.deepEqual(scores('Caddyfile', 'http://example.com {\n\tfile_server\n}\n'), ['http://example.com 10 F']);
	});

	it('is not given to redirects, snippets, local names and files of which a part is missing', () => {
		for (const text of [
			'www.example.com {\n\tredir https://example.com{uri}\n}\n',
			'header X-Frame-Options DENY\n',
			'localhost {\n\tfile_server\n}\n',
			'example.com {\n\timport missing.caddy\n\tfile_server\n}\n',
		])
			assert.deepEqual(scores('Caddyfile', text), [], text);
	});

	it('says what it takes for granted', () => {
		assert.deepEqual(assumptions('example.com {\n\theader X-Frame-Options {$FRAME}\n\treverse_proxy app.example.net:3000\n}\n'), [
			'The app behind the site adds no security header.',
			'Parts of values that are not known are taken to be harmless.',
			'Headers that are sent in some cases only are taken to be sent.',
			"Caddy's automatic HTTPS redirects http:// to the same host.",
			'Subresource integrity counts as 0, since the pages are not looked at.',
			'Cookies count as 0, since the app may set others.',
		]);
	});

	it('takes unknown parts for harmless: a policy nobody knows is no missing one', () => {
		assert.deepEqual(scores('Caddyfile', 'example.com {\n\theader Content-Security-Policy {$CSP}\n\tfile_server\n}\n'), [
			'example.com 55 C',
		]);
	});
});

function scores(name: string, text: string): readonly string[] {
	const { workspace } = workspaceLinter(name, text);
	return workspace.surfaces.flatMap(surface => {
		const projected = projectedScore(surface, workspace);
		return projected === null ? [] : [`${surface.label} ${projected.score} ${projected.grade}`];
	});
}

function assumptions(text: string): readonly string[] {
	const { workspace } = workspaceLinter('Caddyfile', text);
	return workspace.surfaces.flatMap(surface => projectedScore(surface, workspace)?.assumptions ?? []);
}
