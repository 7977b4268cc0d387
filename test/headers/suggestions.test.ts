import assert from 'node:assert/strict';
import { cspDirectives } from '../../server/src/headers/facts/cspDirectives';
import { cspKeywords } from '../../server/src/headers/facts/cspKeywords';
import { headerPurposes } from '../../server/src/headers/facts/headerPurposes';
import { directiveSubjects, sourceMeanings, wordMeanings } from '../../server/src/headers/facts/valueWords';
import { lifetime, meaningOf } from '../../server/src/headers/meaning';
import { securityHeaderNames } from '../../server/src/headers/names';
import { recommendedValue } from '../../server/src/headers/recommended';
import { referrerPolicies } from '../../server/src/headers/referrerPolicy';
import { valueSuggestions } from '../../server/src/headers/suggestions';
import { renderedValue } from '../../server/src/model/value';

/** What is offered at `|`, the recommended words marked by `!`, and what of the value they take the place of. */
function offered(header: string, before: string): { readonly replaced: string; readonly words: readonly string[] } {
	const { start, items } = valueSuggestions(header, before, 'ui');
	return { replaced: before.slice(start), words: items.map(({ text, isRecommended }) => `${isRecommended ? '!' : ''}${text}`) };
}

function meanings(header: string, value: string): readonly string[] {
	return meaningOf(header, renderedValue(value)).map(({ part, text }) => `${part}: ${text}`);
}

describe('words for header values', () => {
	it('offer the recommended value first', () => {
		for (const header of [
			'content-security-policy',
			'strict-transport-security',
			'x-frame-options',
			'referrer-policy',
			'permissions-policy',
		])
			assert.equal(offered(header, '').words[0], `!${recommendedValue(header, 'ui')}`);
		assert.deepEqual(offered('x-frame-options', 'D'), { replaced: 'D', words: ['!DENY', 'SAMEORIGIN'] });
	});

	it('offer directives where one begins, those that are missing of the recommended policy first', () => {
		const { replaced, words } = offered('content-security-policy', "default-src 'self'; scr");
		assert.equal(replaced, 'scr');
		assert.equal(words[0], "!script-src 'self'");
		assert.ok(words.includes('script-src') && !words.includes('default-src'), 'what stands there already is not offered again');
	});

	it('offer the keywords of a directive, and only those', () => {
		assert.deepEqual(offered('content-security-policy', "default-src 'self'; frame-ancestors 's"), {
			replaced: "'s",
			words: ["'none'", "'self'"],
		});
		const images = offered('content-security-policy', "img-src 'self' ").words;
		assert.deepEqual(
			images,
			['https:', 'data:', 'blob:'],
			"'self' stands there, 'none' would stand beside it, the rest is of scripts and styles",
		);
		assert.ok(offered('content-security-policy', 'script-src ').words.includes("'strict-dynamic'"));
	});

	it('offer the parts of lists that are not there yet', () => {
		assert.deepEqual(offered('strict-transport-security', 'max-age=31536000; '), { replaced: '', words: ['includeSubDomains', 'preload'] });
		assert.equal(offered('permissions-policy', 'camera=(), micro').words.includes('camera=()'), false);
		assert.deepEqual(offered('permissions-policy', 'camera=').words, ['!()', '(self)', '*']);
		assert.deepEqual(offered('referrer-policy', 'no-referrer, stri').replaced, 'stri');
	});

	it('are known for every header, directive, keyword and policy of the facts', () => {
		for (const name of securityHeaderNames) assert.ok(headerPurposes.has(name.toLowerCase()), name);
		for (const name of cspDirectives.keys()) assert.ok(directiveSubjects.has(name), name);
		const unsaid = ['unsafe-allow-redirects', 'report-sha256', 'report-sha384', 'report-sha512'];
		for (const keyword of cspKeywords.keys()) assert.ok(sourceMeanings.has(keyword) || unsaid.includes(keyword), keyword);
		for (const policy of referrerPolicies.keys()) assert.ok(wordMeanings.get('referrer-policy')?.has(policy), policy);
	});

	it('say what a value means, part by part', () => {
		assert.deepEqual(
			meanings(
				'content-security-policy',
				"script-src 'self' cdn.example.com 'nonce-abc'; frame-ancestors 'none'; plugin-types x/y; no-such",
			),
			[
				'script-src: scripts: this origin; cdn.example.com; elements with this nonce',
				'frame-ancestors: who may show the page in a frame: nothing',
				'plugin-types: plugins are gone and browsers ignore it',
				'no-such: a name browsers do not know, so they ignore it',
			],
		);
		assert.deepEqual(meanings('strict-transport-security', 'max-age=63072000; includeSubDomains; preload'), [
			'max-age=63072000: 730 days',
			'includeSubDomains: all subdomains, too',
			'preload: may be built into browsers, which takes months to undo',
		]);
		assert.deepEqual(meanings('permissions-policy', 'camera=(), geolocation=(self "https://maps.example"), fullscreen=*'), [
			'camera: nobody',
			'geolocation: this origin, https://maps.example',
			'fullscreen: every site',
		]);
		assert.deepEqual(meanings('x-frame-options', 'DENY'), ['DENY: no page may frame it']);
		assert.deepEqual(meanings('cache-control', 'private, max-age=3600'), [
			'private: only the visitor’s own browser keeps it',
			'max-age=3600: fresh for 1 hour',
		]);
	});

	it('count seconds as people do', () => {
		assert.deepEqual([0, 1, 300, 3600, 86_400, 604_800, 31_536_000].map(lifetime), [
			'the browser forgets the policy',
			'1 second',
			'5 minutes',
			'1 hour',
			'1 day',
			'7 days',
			'365 days',
		]);
	});
});
