import assert from 'node:assert/strict';
import type { FixIntent } from '../../server/src/fixes/intent';
import type { DocumentAnalysis } from '../../server/src/model/analysis';
import { type AdaptServer, startAdaptServer } from '../support/adaptServer';
import { skipUnlessCaddy } from '../support/realCaddy';
import { change, inSite, insert, insertInPlaceOf, operation, path, removeHeaders, removeOperation, repair, writeFix } from './writing';

let caddy: AdaptServer;
const fix = (text: string, intent: (analysis: DocumentAnalysis) => FixIntent): Promise<string | null> => writeFix(caddy, text, intent);

describe('Caddyfile writer', () => {
	before(async function () {
		skipUnlessCaddy(this);
		caddy = await startAdaptServer(__dirname, {});
	});
	after(() => caddy?.stop());

	describe('change-value', () => {
		it('touches only the characters that change', async () => {
			assert.equal(
				await fix(
					inSite('header Strict-Transport-Security "max-age=60; preload" # note'),
					change('Strict-Transport-Security', '60', '31536000'),
				),
				inSite('header Strict-Transport-Security "max-age=31536000; preload" # note'),
			);
		});

		it('quotes a bare word that gets a space', async () => {
			assert.equal(
				await fix(
					inSite('header Strict-Transport-Security max-age=60'),
					change('Strict-Transport-Security', 'max-age=60', 'max-age=60; includeSubDomains'),
				),
				inSite('header Strict-Transport-Security "max-age=60; includeSubDomains"'),
			);
		});

		it('escapes quotes, and keeps backticks', async () => {
			assert.equal(
				await fix(
					inSite('header Permissions-Policy "geolocation=(self)"'),
					change('Permissions-Policy', 'self', 'self "https://a.example"'),
				),
				inSite('header Permissions-Policy "geolocation=(self \\"https://a.example\\")"'),
			);
			assert.equal(
				await fix(
					inSite('header Permissions-Policy `geolocation=(self "https://a.example")`'),
					change('Permissions-Policy', 'self', '"https://b.example"'),
				),
				inSite('header Permissions-Policy `geolocation=("https://b.example" "https://a.example")`'),
			);
		});

		it('writes a value that holds escapes anew', async () => {
			assert.equal(
				await fix(
					inSite('header Permissions-Policy "geolocation=(\\"https://a.example\\")"'),
					change('Permissions-Policy', '"https://a.example"', 'self'),
				),
				inSite('header Permissions-Policy "geolocation=(self)"'),
			);
		});

		it('changes a line of a heredoc', async () => {
			const text = inSite('header Content-Security-Policy <<CSP', "\tdefault-src 'self';", '\tobject-src *', '\tCSP', 'respond ok');
			assert.equal(
				await fix(text, change('Content-Security-Policy', 'object-src *', "object-src 'none'")),
				text.replace('object-src *', "object-src 'none'"),
			);
		});

		it('gives a value to a field without one', async () => {
			assert.equal(
				await fix(inSite('header {', '\tX-Frame-Options', '}'), change('X-Frame-Options', '', 'DENY')),
				inSite('header {', '\tX-Frame-Options DENY', '}'),
			);
		});

		it('leaves the parts alone that only the environment knows', async () => {
			assert.equal(
				await fix(
					inSite('header Content-Security-Policy "default-src \'self\'; img-src {$CDN}; object-src *"'),
					change('Content-Security-Policy', '*', "'none'"),
				),
				inSite("header Content-Security-Policy \"default-src 'self'; img-src {$CDN}; object-src 'none'\""),
			);
		});

		it('changes the value in the snippet it comes from, and declines for an argument of an import', async () => {
			const snippet = '(s) {\n\theader X-Frame-Options ALLOW\n}\na.example {\n\timport s\n}\n';
			assert.equal(await fix(snippet, change('X-Frame-Options', 'ALLOW', 'DENY')), snippet.replace('ALLOW', 'DENY'));
			const argument = '(s) {\n\theader X-Frame-Options {args[0]}\n}\na.example {\n\timport s ALLOW\n}\n';
			assert.equal(await fix(argument, change('X-Frame-Options', 'ALLOW', 'DENY')), null);
		});
	});

	describe('insert-headers', () => {
		const both = insert(['X-Content-Type-Options', 'nosniff'], ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains']);

		it('makes a block behind the opening brace', async () => {
			assert.equal(
				await fix(inSite('file_server'), both),
				inSite(
					'header {',
					'\tX-Content-Type-Options nosniff',
					'\tStrict-Transport-Security "max-age=31536000; includeSubDomains"',
					'}',
					'file_server',
				),
			);
		});

		it('takes the same fields of an upstream away, or replaces them where other sites may share its proxy', async () => {
			const frame = insertInPlaceOf(['X-Frame-Options', 'DENY']);
			assert.equal(
				await fix(inSite('reverse_proxy a:1 b:1', 'handle /x {', '\tphp_fastcgi c:1 { # pages', '\t\troot /srv', '\t}', '}'), frame),
				inSite(
					...['header {', '\tX-Frame-Options DENY', '}'],
					...['reverse_proxy a:1 b:1 {', '\theader_down -X-Frame-Options', '}'],
					...['handle /x {', '\tphp_fastcgi c:1 { # pages', '\t\theader_down -X-Frame-Options', '\t\troot /srv', '\t}', '}'],
				),
			);
			const shared = `(app) {\n\treverse_proxy a:1\n}\n\n${inSite('import app')}`;
			const both = '\theader {\n\t\tX-Frame-Options DENY\n\t}\n\theader {\n\t\t>X-Frame-Options DENY\n\t}\n';
			assert.equal(await fix(shared, frame), shared.replace('\timport', `${both}\timport`));
			const besides = shared.replace('import app', 'header /frame X-Frame-Options SAMEORIGIN\n\timport app');
			assert.equal(await fix(besides, frame), besides.replace('\theader', '\theader {\n\t\tX-Frame-Options DENY\n\t}\n\theader'));
			const given = inSite('reverse_proxy a:1 {', '\theader_down -x-frame-options', '}');
			assert.equal(await fix(given, frame), given.replace('\treverse', '\theader {\n\t\tX-Frame-Options DENY\n\t}\n\treverse'));
		});

		it('uses the spaces and the line breaks of the file', async () => {
			assert.equal(
				await fix('example.com { # main\r\n  file_server\r\n}\r\n', insert(['X-Frame-Options', 'DENY'])),
				'example.com { # main\r\n  header {\r\n    X-Frame-Options DENY\r\n  }\r\n  file_server\r\n}\r\n',
			);
		});

		it('extends a block of security headers in its own indentation', async () => {
			const text = 'example.com {\n\theader {\n\t    X-Frame-Options "DENY" # no frames\n\n\t    # end\n\t}\n\tfile_server\n}\n';
			assert.equal(
				await fix(text, insert(['Referrer-Policy', 'no-referrer'])),
				text.replace('# no frames\n', '# no frames\n\t    Referrer-Policy no-referrer\n'),
			);
		});

		it('does not put headers into a block that is deferred', async () => {
			const text = inSite('header {', '\tX-Frame-Options DENY', '\t-Server', '}');
			assert.equal(
				await fix(text, insert(['Referrer-Policy', 'no-referrer'])),
				inSite('header {', '\tReferrer-Policy no-referrer', '}', 'header {', '\tX-Frame-Options DENY', '\t-Server', '}'),
			);
		});

		it('does not extend a block for some requests only', async () => {
			assert.equal(
				await fix(inSite('header /api/* {', '\tX-Frame-Options DENY', '}'), insert(['Referrer-Policy', 'no-referrer'])),
				inSite('header {', '\tReferrer-Policy no-referrer', '}', 'header /api/* {', '\tX-Frame-Options DENY', '}'),
			);
		});

		it('writes below the address of a site without braces', async () => {
			assert.equal(
				await fix('example.com\n\nfile_server\n', insert(['X-Frame-Options', 'DENY'])),
				'example.com\nheader {\n\tX-Frame-Options DENY\n}\n\nfile_server\n',
			);
			assert.equal(await fix('example.com', insert(['X-Frame-Options', 'DENY'])), 'example.com\nheader {\n\tX-Frame-Options DENY\n}');
		});

		it('makes room in a site on one line', async () => {
			assert.equal(
				await fix('example.com {\n}\n', insert(['X-Frame-Options', 'DENY'])),
				'example.com {\n\theader {\n\t\tX-Frame-Options DENY\n\t}\n}\n',
			);
			assert.equal(
				await fix('example.com { }\n', insert(['X-Frame-Options', 'DENY'])),
				'example.com {\n\theader {\n\t\tX-Frame-Options DENY\n\t}\n}\n',
			);
			assert.equal(
				await fix('example.com { respond ok\n}\n', insert(['X-Frame-Options', 'DENY'])),
				'example.com {\n\theader {\n\t\tX-Frame-Options DENY\n\t}\n\trespond ok\n}\n',
			);
		});

		it("extends the snippet that the site's headers come from", async () => {
			const text = '(security) {\n\theader {\n\t\tX-Frame-Options DENY\n\t}\n}\n\na.example {\n\timport security\n\tfile_server\n}\n';
			assert.equal(
				await fix(text, insert(['Referrer-Policy', 'no-referrer'])),
				text.replace('DENY\n', 'DENY\n\t\tReferrer-Policy no-referrer\n'),
			);
		});

		it('does not write below a comment whose backslash joins the next line', async () => {
			assert.equal(
				await fix(inSite('header {', '\tX-Frame-Options DENY # \\o/', '', '}'), insert(['Referrer-Policy', 'no-referrer'])),
				inSite('header {', '\tReferrer-Policy no-referrer', '}', 'header {', '\tX-Frame-Options DENY # \\o/', '', '}'),
			);
		});
	});

	describe('remove-headers', () => {
		it('deletes in a line of its own, and in handle_errors', async () => {
			assert.equal(
				await fix(
					inSite('header X-Frame-Options DENY', 'file_server', 'handle_errors {', '\trespond "sorry"', '}'),
					removeHeaders('Server'),
				),
				inSite(
					'header -Server',
					'header X-Frame-Options DENY',
					'file_server',
					'handle_errors {',
					'\theader -Server',
					'\trespond "sorry"',
					'}',
				),
			);
		});

		it('adds only what is not deleted yet', async () => {
			assert.equal(
				await fix(inSite('header -server', 'file_server', 'handle_errors {', '\trespond "sorry"', '}'), removeHeaders('Server')),
				inSite('header -server', 'file_server', 'handle_errors {', '\theader -Server', '\trespond "sorry"', '}'),
			);
		});
	});

	describe('remove-operation', () => {
		it('takes the whole line, and the comment on it', async () => {
			assert.equal(
				await fix(
					inSite('header {', '\tX-XSS-Protection "1; mode=block" # old', '\tX-Frame-Options DENY', '}'),
					removeOperation('X-XSS-Protection'),
				),
				inSite('header {', '\tX-Frame-Options DENY', '}'),
			);
		});

		it('takes a one-line directive, and a block that becomes empty', async () => {
			assert.equal(await fix(inSite('header Expect-CT "max-age=0"', 'respond ok'), removeOperation('Expect-CT')), inSite('respond ok'));
			assert.equal(
				await fix(inSite('header {', '\tExpect-CT "max-age=0"', '}', 'respond ok'), removeOperation('Expect-CT')),
				inSite('respond ok'),
			);
		});

		it('takes a value over several lines', async () => {
			assert.equal(
				await fix(inSite('header {', '\tPublic-Key-Pins "a;', '  b"', '\tX-Frame-Options DENY', '}'), removeOperation('Public-Key-Pins')),
				inSite('header {', '\tX-Frame-Options DENY', '}'),
			);
		});
	});

	describe('rename-header and change-action', () => {
		it('keeps prefix and colon', async () => {
			assert.equal(
				await fix(inSite('header {', '\t>X-Frame-Option: DENY', '}'), analysis => ({
					kind: 'rename-header',
					operation: operation(analysis, 'X-Frame-Option'),
					name: 'X-Frame-Options',
				})),
				inSite('header {', '\t>X-Frame-Options: DENY', '}'),
			);
		});

		it('writes the prefix of the action', async () => {
			assert.equal(
				await fix(inSite('header +X-Frame-Options DENY'), analysis => ({
					kind: 'change-action',
					operation: operation(analysis, 'X-Frame-Options'),
					action: 'set',
					timing: 'immediate',
				})),
				inSite('header X-Frame-Options DENY'),
			);
			assert.equal(
				await fix(inSite('header X-Frame-Options DENY'), analysis => ({
					kind: 'change-action',
					operation: operation(analysis, 'X-Frame-Options'),
					action: 'set',
					timing: 'deferred',
				})),
				inSite('header >X-Frame-Options DENY'),
			);
		});
	});

	describe('repairs', () => {
		it('gives deletions a directive of their own, with the comments above them', async () => {
			assert.equal(
				await fix(
					inSite('header {', '\tX-Frame-Options DENY', '', '\t# leaks', '\t-Server', '\t-X-Powered-By', '}', 'file_server'),
					repair('deferred-lost-on-errors'),
				),
				inSite('header {', '\tX-Frame-Options DENY', '}', 'header {', '\t# leaks', '\t-Server', '\t-X-Powered-By', '}', 'file_server'),
			);
		});

		it('repeats the matcher of the block', async () => {
			assert.equal(
				await fix(inSite('header /a/* {', '\t-Server', '\tX-Frame-Options DENY', '}', 'file_server'), repair('deferred-lost-on-errors')),
				inSite('header /a/* {', '\tX-Frame-Options DENY', '}', 'header /a/* -Server', 'file_server'),
			);
		});

		it('lets a deletion have the last word over a default of the block', async () => {
			assert.equal(
				await fix(
					inSite('header {', '\tX-Frame-Options DENY', '\t?Server y', '\t-Server', '}', 'file_server'),
					repair('deferred-lost-on-errors'),
				),
				inSite('header -Server', 'header {', '\tX-Frame-Options DENY', '\t?Server y', '}', 'file_server'),
			);
		});

		it('leaves a block with defer alone', async () => {
			assert.equal(
				await fix(
					inSite('header {', '\tdefer', '\t-Server', '\tX-Frame-Options DENY', '}', 'file_server'),
					repair('deferred-lost-on-errors'),
				),
				null,
			);
		});

		it('drops a colon and quotes a value', async () => {
			assert.equal(await fix(inSite('header X-Frame-Options: DENY'), repair('name-with-colon')), inSite('header X-Frame-Options DENY'));
			assert.equal(
				await fix(inSite("header Content-Security-Policy default-src 'self'; object-src 'none'"), repair('unquoted-value')),
				inSite("header Content-Security-Policy \"default-src 'self'; object-src 'none'\""),
			);
		});
	});

	describe('insert-comment', () => {
		it('goes above the line, with its indentation', async () => {
			const text = inSite('header {', '\tX-Frame-Options DENY', '}');
			assert.equal(
				await fix(text, analysis => ({
					kind: 'insert-comment',
					place: operation(analysis, 'X-Frame-Options').place,
					text: 'headerlint-disable-next-line x',
				})),
				text.replace('\t\tX-Frame', '\t\t# headerlint-disable-next-line x\n\t\tX-Frame'),
			);
		});

		it('declines inside of a value over several lines', async () => {
			const text = inSite('header Content-Security-Policy "', "\tdefault-src 'self'", '\t"');
			const at = text.indexOf('default-src');
			assert.equal(await fix(text, () => ({ kind: 'insert-comment', place: { path, span: { start: at, end: at } }, text: 'x' })), null);
		});
	});
});
