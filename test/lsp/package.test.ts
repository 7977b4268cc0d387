import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';

interface Manifest {
	readonly main: string;
	readonly activationEvents: readonly string[];
	readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: boolean | string } };
	readonly contributes: {
		readonly languages: readonly { readonly id: string; readonly configuration?: string; readonly filenamePatterns?: readonly string[] }[];
		readonly commands: readonly { readonly command: string; readonly category: string }[];
		readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
		readonly jsonValidation: readonly { readonly url: string }[];
		readonly grammars: readonly { readonly path: string }[];
	};
}

const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** What the .vsix holds, beside one page for each rule. */
const shipped: readonly string[] = [
	'CHANGELOG.md',
	'LICENSE',
	'README.md',
	'dist/client.js',
	'dist/codeCache.js',
	'dist/htmlpages.code.js',
	'dist/htmlpages.js',
	'dist/jsparser.code.js',
	'dist/jsparser.js',
	'dist/server.code.js',
	'dist/server.js',
	'language-configuration.json',
	'package.json',
	'schema/headerlintrc.schema.json',
	'syntaxes/caddyfile.tmLanguage.json',
	'syntaxes/headers.injection.tmLanguage.json',
];

describe('the extension package', () => {
	it('holds these files, the pages of the rules, and nothing else', function () {
		this.timeout(240_000); // vsce matches every file of the folder, a bench's cache among them
		const listed = execFileSync('node', ['node_modules/@vscode/vsce/vsce', 'ls', '--no-dependencies'], { encoding: 'utf8' });
		const files = listed.split('\n').filter(line => line !== '');
		const pages = readdirSync('docs/rules').map(name => `docs/rules/${name}`);
		assert.deepEqual(files.sort(), [...shipped, ...pages].sort());
	});

	it('is small enough where it has been made', function () {
		if (!existsSync('headerlint.vsix')) this.skip();
		assert.ok(statSync('headerlint.vsix').size <= 2_500_000, `${statSync('headerlint.vsix').size} bytes`);
	});

	it('starts by itself for every language it looks at', () => {
		assert.deepEqual(
			[...manifest.activationEvents].sort(),
			['caddyfile', 'javascript', 'javascriptreact', 'typescript', 'typescriptreact'].map(language => `onLanguage:${language}`),
		);
		// VS Code adds an activation event of its own only for a language with a configuration (microsoft/vscode#198295).
		assert.ok(manifest.contributes.languages.find(({ id }) => id === 'caddyfile')?.configuration);
	});

	it('works in a workspace that is not trusted: it executes nothing', () => {
		assert.equal(manifest.capabilities.untrustedWorkspaces.supported, true);
	});

	it('names only files that are there', () => {
		const { grammars, jsonValidation } = manifest.contributes;
		for (const file of [...grammars.map(({ path }) => path), ...jsonValidation.map(({ url }) => url), './language-configuration.json'])
			assert.ok(existsSync(file), file);
	});

	it('contributes the promised commands and registers each', () => {
		const promised = [
			'checkWorkspaceHeaders',
			'showResponseHeaders',
			'checkLiveHeaders',
			'exportReport',
			'fixAll',
			'restartServer',
			'showOutput',
		];
		assert.deepEqual(manifest.contributes.commands.map(({ command }) => command).sort(), promised.map(name => `headerlint.${name}`).sort());
		const source = readFileSync('client/src/commands.ts', 'utf8');
		for (const { command, category } of manifest.contributes.commands) {
			assert.equal(category, 'Headerlint');
			assert.ok(source.includes(`'${command}'`), `${command} is registered`);
		}
	});

	it('keeps its settings to its own prefix', () => {
		for (const name of Object.keys(manifest.contributes.configuration.properties)) assert.match(name, /^headerlint\./);
	});
});
