import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { neighbourScopes, ownScope, tokenize } from './tokenize';

/** The innermost scope of the first piece of `text` that is exactly `piece`. */
async function scopeOf(piece: string, text: string, root = ownScope): Promise<string | undefined> {
	const tokens = await tokenize(root, text);
	return tokens.find(([found]) => found === piece)?.at(-1);
}

const site = `example.com {
	# Strict-Transport-Security is set below
	header {
		Strict-Transport-Security "max-age=31536000; includeSubDomains; preload"
		Content-Security-Policy "default-src 'self'; script-src 'nonce-abc' https://cdn.example.com"
		Permissions-Policy "camera=(), geolocation=()"
		-Server
		?X-Frame-Options DENY
	}
}`;

describe('the injected colours', () => {
	for (const root of [ownScope, ...neighbourScopes]) {
		it(`name headers and their keywords in ${root}`, async () => {
			const expected: Readonly<Record<string, string>> = {
				'Strict-Transport-Security': 'support.type.property-name.header.headerlint',
				'Content-Security-Policy': 'support.type.property-name.header.headerlint',
				'Permissions-Policy': 'support.type.property-name.header.headerlint',
				Server: 'support.type.property-name.header.headerlint',
				'X-Frame-Options': 'support.type.property-name.header.headerlint',
				'max-age': 'keyword.other.hsts.headerlint',
				includeSubDomains: 'keyword.other.hsts.headerlint',
				preload: 'keyword.other.hsts.headerlint',
				'default-src': 'keyword.other.csp-directive.headerlint',
				'script-src': 'keyword.other.csp-directive.headerlint',
				"'self'": 'constant.language.csp.headerlint',
				"'nonce-abc'": 'constant.other.csp.headerlint',
				camera: 'keyword.other.permissions-policy.headerlint',
			};
			const tokens = await tokenize(root, site);
			const found = Object.fromEntries(
				Object.keys(expected).map(piece => [
					piece,
					tokens.find(([text, ...scopes]) => text === piece && !scopes.some(scope => scope.startsWith('comment')))?.at(-1),
				]),
			);
			assert.deepEqual(found, expected);
		});

		it(`leave comments alone in ${root}`, async () => {
			const tokens = await tokenize(root, '# Strict-Transport-Security "max-age=1"');
			assert.deepEqual(
				tokens.flatMap(([, ...scopes]) => scopes.filter(scope => scope.endsWith('headerlint'))),
				[],
			);
		});
	}

	it('do not take part of a longer name for a header', async () => {
		const tokens = await tokenize(ownScope, 'example.com {\n\theader X-Server-Name a\n}');
		assert.ok(!tokens.some(([, ...scopes]) => scopes.some(scope => scope.includes('property-name'))));
	});
});

describe('the Caddyfile grammar', () => {
	it('knows the parts of a site', async () => {
		const text =
			'{$HOST:localhost}, www.example.com {\n\t@static path /a/*\n\thandle @static {\n\t\trespond `hi` 200\n\t}\n\timport common "a b"\n\troot * {http.vars.root}\n}';
		assert.equal(await scopeOf('www.example.com', text), 'entity.name.type.site.caddyfile');
		assert.equal(await scopeOf('@static', text), 'variable.other.matcher.caddyfile');
		assert.equal(await scopeOf('handle', text), 'keyword.control.directive.caddyfile');
		assert.equal(await scopeOf('200', text), 'constant.numeric.caddyfile');
		assert.equal(await scopeOf('import', text), 'keyword.control.import.caddyfile');
		assert.equal(await scopeOf('root', text), 'support.function.directive.caddyfile');
		assert.equal(await scopeOf('{http.vars.root}', text), 'variable.language.placeholder.caddyfile');
	});

	it('knows a heredoc and goes on behind it', async () => {
		const text = 'example.com {\n\trespond <<HTML\n\t\t<p># no comment</p>\n\t\tHTML 200\n\tfile_server\n}';
		const tokens = await tokenize(ownScope, text);
		assert.deepEqual(
			tokens.find(([piece]) => piece === '<p># no comment</p>'),
			['<p># no comment</p>', 'string.unquoted.heredoc.caddyfile'],
		);
		assert.equal(await scopeOf('file_server', text), 'support.function.directive.caddyfile');
	});

	it('starts a comment only at the beginning of a word', async () => {
		assert.deepEqual(
			(await tokenize(ownScope, 'redir /a#b # why')).map(([piece, ...scopes]) => [piece, scopes.at(-1) ?? '']),
			[
				['redir', 'keyword.control.directive.caddyfile'],
				['/a#b', ''],
				['#', 'punctuation.definition.comment.caddyfile'],
				['why', 'comment.line.number-sign.caddyfile'],
			],
		);
	});
});

describe('the extension manifest', () => {
	const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

	it('has a scope name of its own, so that no other Caddy extension is overwritten', () => {
		const own = manifest.contributes.grammars.find((grammar: { language?: string }) => grammar.language === 'caddyfile');
		assert.equal(own.scopeName, ownScope);
		assert.ok(!neighbourScopes.includes(own.scopeName));
	});

	it('injects into its own grammar and both neighbours', () => {
		const injected = manifest.contributes.grammars.find((grammar: { injectTo?: string[] }) => grammar.injectTo !== undefined);
		assert.deepEqual([...injected.injectTo].sort(), [...neighbourScopes, ownScope].sort());
	});
});
