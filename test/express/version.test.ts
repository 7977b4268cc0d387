import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { installedVersion } from '../../server/src/express/version';
import { linterHost } from '../support/lintText';

/** The version seen from a file, by the files of a workspace (names relative to its root), with how it is known. */
function seen(files: Readonly<Record<string, string>>, { name = 'helmet', from = 'app.ts', within = null as string | null } = {}): string {
	const texts = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/workspace/${path}`, text]));
	const reading = { files: linterHost(texts, {}).files, root: '/workspace', dependencies: new Set<string>() };
	const found = installedVersion(name, `/workspace/${from}`, reading, within);
	return `${found.version} (${found.from}${found.isImportable ? '' : ', not importable'})`;
}

const depends = (range: string, more: object = {}): string =>
	JSON.stringify({ name: '@shop/api', dependencies: { helmet: range }, ...more });
const npm = (packages: object): string => JSON.stringify({ lockfileVersion: 3, packages });

describe('which version of a package runs', () => {
	it('the nearest copy on disk, before everything else', () => {
		const lock = npm({ 'node_modules/helmet': { version: '7.0.0' } });
		assert.equal(seen({ 'node_modules/helmet/package.json': '{"version":"6.1.5"}', 'package-lock.json': lock }), '6.1.5 (node_modules)');
	});
	it('npm 7 and later: the nearest copy to the workspace', () => {
		const lock = npm({
			'node_modules/helmet': { version: '8.1.0' },
			'packages/old/node_modules/helmet': { version: '4.6.0' },
			'node_modules/koa-helmet/node_modules/helmet': { version: '6.2.0' },
		});
		const files = { 'package.json': depends('^8.0.0'), 'packages/old/package.json': depends('^4.0.0'), 'package-lock.json': lock };
		assert.equal(seen(files), '8.1.0 (lockfile)');
		assert.equal(seen(files, { from: 'packages/old/src/app.ts' }), '4.6.0 (lockfile)');
		assert.equal(seen(files, { within: 'koa-helmet' }), '6.2.0 (lockfile)');
	});
	it('npm 6 and earlier, also behind an alias', () => {
		const lock = JSON.stringify({
			lockfileVersion: 1,
			dependencies: { helmet: { version: 'npm:helmet@4.6.0' }, express: { version: '4.17.1' } },
		});
		assert.equal(seen({ 'package.json': depends('npm:helmet@4'), 'package-lock.json': lock }), '4.6.0 (lockfile)');
		assert.equal(seen({ 'package-lock.json': lock }, { name: 'express' }), '4.17.1 (lockfile)');
	});
	it('pnpm 9: what the importer has, not the first of the packages', () => {
		const lock = `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      helmet:
        specifier: ^7.1.0
        version: 7.2.0

  packages/api:
    dependencies:
      '@fastify/helmet':
        specifier: ^13.0.1
        version: 13.0.2
      helmet:
        specifier: 'catalog:'
        version: 8.1.0(express@5.1.0)

  packages/old:
    dependencies:
      helmet:
        specifier: npm:helmet@4
        version: helmet@4.6.0

packages:

  helmet@4.6.0:
    resolution: {integrity: sha512-x}

  helmet@7.2.0:
    resolution: {integrity: sha512-y}
`;
		const files = { 'package.json': depends('^7.1.0'), 'packages/api/package.json': depends('catalog:'), 'pnpm-lock.yaml': lock };
		assert.equal(seen(files), '7.2.0 (lockfile)');
		assert.equal(seen(files, { from: 'packages/api/src/app.ts' }), '8.1.0 (lockfile)');
		const old = { ...files, 'packages/old/package.json': depends('npm:helmet@4') };
		assert.equal(seen(old, { from: 'packages/old/app.ts' }), '4.6.0 (lockfile)');
	});
	it('pnpm 5 to 8, with and without a workspace', () => {
		const five = `lockfileVersion: 5.4

specifiers:
  express: ^4.0.0
  helmet: 5.0.0 || 5.1.1

dependencies:
  express: 4.18.2
  helmet: 5.1.1

packages:

  /helmet/5.1.1:
    resolution: {integrity: sha512-x}
`;
		assert.equal(seen({ 'package.json': depends('5.0.0 || 5.1.1'), 'pnpm-lock.yaml': five }), '5.1.1 (lockfile)');
		const six = `lockfileVersion: '6.0'

dependencies:
  helmet:
    specifier: ^6.0.0
    version: 6.2.0

packages:

  /helmet@6.2.0:
    resolution: {integrity: sha512-x}
`;
		assert.equal(seen({ 'package.json': depends('^6.0.0'), 'pnpm-lock.yaml': six }), '6.2.0 (lockfile)');
		const workspace = `lockfileVersion: 5.4

importers:

  packages/api:
    specifiers:
      helmet: ^4.0.0
    dependencies:
      helmet: 4.6.0

  packages/web:
    specifiers:
      helmet: ^5.0.0
    dependencies:
      helmet: 5.1.1
`;
		const files = { 'packages/web/package.json': depends('^5.0.0'), 'pnpm-lock.yaml': workspace };
		assert.equal(seen(files, { from: 'packages/web/app.ts' }), '5.1.1 (lockfile)');
	});
	it('yarn 1 and later: the entry for the range of package.json', () => {
		const one = 'helmet@^3.21.2:\n  version "3.23.3"\n  resolved "x"\n\nhelmet@^7.0.0, helmet@^7.1.0:\n  version "7.2.0"\n';
		assert.equal(seen({ 'package.json': depends('^7.1.0'), 'yarn.lock': one }), '7.2.0 (lockfile)');
		const four = '"helmet@npm:^3.21.2":\n  version: 3.23.3\n  resolution: "helmet@npm:3.23.3"\n\n"helmet@npm:^8.0.0":\n  version: 8.2.0\n';
		assert.equal(seen({ 'package.json': depends('^8.0.0'), 'yarn.lock': four }), '8.2.0 (lockfile)');
		const aliased = 'helmet@npm:helmet@4:\n  version "4.6.0"\n';
		assert.equal(seen({ 'package.json': depends('npm:helmet@4'), 'yarn.lock': aliased }), '4.6.0 (lockfile)');
	});
	it('bun: the workspace’s own copy before the shared one', () => {
		const lock =
			'{\n  "lockfileVersion": 1,\n  "packages": {\n    "helmet": ["helmet@8.1.0", "", {}, "x"],\n    "@shop/api/helmet": ["helmet@7.2.0", "", {}, "y"],\n  }\n}\n';
		const files = { 'packages/api/package.json': depends('^7.0.0'), 'bun.lock': lock };
		assert.equal(seen(files, { from: 'packages/api/app.ts' }), '7.2.0 (lockfile)');
		assert.equal(seen({ 'package.json': JSON.stringify({ dependencies: { helmet: '^8.0.0' } }), 'bun.lock': lock }), '8.1.0 (lockfile)');
	});
	it('without a lockfile the newest of the range: aliases, catalogues and overrides are followed', () => {
		assert.equal(seen({ 'package.json': depends('npm:helmet@^4.0.0') }), '4.6.0 (package.json)');
		assert.equal(seen({ 'package.json': depends('^8.0.0', { overrides: { helmet: '6.1.0' } }) }), '6.1.0 (package.json)');
		const catalogs = 'packages:\n  - packages/*\ncatalog:\n  express: ^5.0.0\n  helmet: ^7.0.0\ncatalogs:\n  old:\n    helmet: "^5.0.0"\n';
		assert.equal(seen({ 'package.json': depends('catalog:'), 'pnpm-workspace.yaml': catalogs }), '7.2.0 (package.json)');
		assert.equal(seen({ 'package.json': depends('catalog:old'), 'pnpm-workspace.yaml': catalogs }), '5.1.1 (package.json)');
		assert.equal(seen({ 'package.json': depends('catalog:', { workspaces: { catalog: { helmet: '^6.0.0' } } }) }), '6.2.0 (package.json)');
	});
	it('what nobody declares is not to be imported, even where another package brings it', () => {
		const lock = npm({ 'node_modules/helmet': { version: '7.0.0' } });
		assert.equal(seen({ 'package.json': '{}', 'package-lock.json': lock }), '7.0.0 (lockfile, not importable)');
		assert.equal(seen({ 'package.json': '{}' }), '8.3.0 (assumed, not importable)');
		assert.equal(seen({}), '8.3.0 (assumed)');
	});
	it('ranges that are none are passed over', () => {
		assert.equal(seen({ 'package.json': depends('workspace:*') }), '8.3.0 (package.json)');
		assert.equal(seen({ 'package.json': depends('github:helmetjs/helmet') }), '8.3.0 (assumed)');
	});
});
