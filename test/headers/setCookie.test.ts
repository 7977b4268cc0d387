import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCacheControl } from '../../server/src/headers/cacheControl';
import { parseClearSiteData } from '../../server/src/headers/clearSiteData';
import { cookieAttribute, isSessionCookie, parseCookie } from '../../server/src/headers/setCookie';
import { ANY_TEXT, ONE_TOKEN } from '../../server/src/model/value';

describe('Set-Cookie (RFC 6265bis)', () => {
	it('is a pair and attributes, each with its offsets', () => {
		const text = 'sid=a=b; Path=/; secure;HttpOnly ; SameSite = Lax';
		const cookie = parseCookie(text);
		assert.deepEqual([cookie.name, cookie.value], ['sid', 'a=b']);
		assert.deepEqual(
			cookie.attributes.map(({ name, value, span }) => [name, value, text.slice(span.start, span.end)]),
			[
				['path', '/', 'Path=/'],
				['secure', '', 'secure'],
				['httponly', '', 'HttpOnly'],
				['samesite', 'Lax', 'SameSite = Lax'],
			],
		);
	});

	it('heeds the last attribute of a name', () => {
		assert.equal(cookieAttribute(parseCookie('a=1; SameSite=Lax; samesite=None'), 'samesite')?.value, 'None');
		assert.equal(cookieAttribute(parseCookie('a=1'), 'secure'), null);
	});

	it('knows a cookie that is being deleted', () => {
		for (const text of ['a=; Max-Age=0', 'a=; max-age=-1', 'a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'])
			assert.ok(parseCookie(text).expired, text);
		for (const text of ['a=1', 'a=1; Max-Age=10']) assert.ok(!parseCookie(text).expired, text);
	});

	it('leaves it open whether unknown text adds attributes', () => {
		const open = [ANY_TEXT, `a=${ANY_TEXT}`, `a=1; ${ANY_TEXT}`];
		const closed = ['a=1', `a=${ONE_TOKEN}`, `a=${ANY_TEXT}; Secure`, `a=1; Path=${ONE_TOKEN}`];
		assert.deepEqual(
			[...open, ...closed].map(text => parseCookie(text).open),
			[true, true, true, false, false, false, false],
		);
	});

	it('recognises session cookies by their names', () => {
		const names = ['session', 'PHPSESSID', 'connect.sid', '__Host-auth', 'access_token', 'theme', 'consider', 'csrf-token', ONE_TOKEN];
		assert.deepEqual(
			names.filter(name => isSessionCookie(parseCookie(`${name}=1`))),
			['session', 'PHPSESSID', 'connect.sid', '__Host-auth', 'access_token'],
		);
	});
});

describe('Cache-Control (RFC 9111)', () => {
	it('is a list of directives, commas in quotes left alone', () => {
		assert.deepEqual(
			parseCacheControl('Public, max-age="60", no-cache="a, b",, s-maxage = 1').map(({ name, value }) => [name, value]),
			[
				['public', null],
				['max-age', '60'],
				['no-cache', 'a, b'],
				['s-maxage', '1'],
			],
		);
	});
});

describe('Clear-Site-Data', () => {
	it('is a list of quoted strings', () => {
		assert.deepEqual(
			parseClearSiteData('"cache", cookies, \'storage\',"*"').map(({ text, quoted }) => [text, quoted]),
			[
				['cache', true],
				['cookies', false],
				['storage', false],
				['*', true],
			],
		);
	});
});

describe('cookies and lists', () => {
	it('never throw, and what they name lies in the text', () => {
		const part = fc.constantFrom('a', '=', ';', ',', ' ', '"', 'Secure', 'Max-Age', '0', ANY_TEXT, ONE_TOKEN, '\u00e9');
		fc.assert(
			fc.property(fc.array(part, { maxLength: 16 }), parts => {
				const text = parts.join('');
				const cookie = parseCookie(text);
				assert.equal(text.slice(cookie.nameSpan.start, cookie.nameSpan.end), cookie.name);
				assert.equal(text.slice(cookie.valueSpan.start, cookie.valueSpan.end), cookie.value);
				for (const { span } of [...cookie.attributes, ...parseCacheControl(text), ...parseClearSiteData(text)])
					assert.ok(0 <= span.start && span.start < span.end && span.end <= text.length);
			}),
			{ seed: Number(process.env['SEED'] ?? 1) },
		);
	});
});
