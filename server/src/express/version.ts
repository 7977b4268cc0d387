import { maxSatisfying, minVersion, validRange } from 'semver';
import { field, foldersUpwards, readJson, readNoted } from '../javascript/resolution';
import type { Run } from '../javascript/run';
import { newestHelmet } from './helmet/version';
import { lockedVersion } from './lockfile';

/** Which version of a package runs, and how that is known. */
export interface InstalledVersion {
	/** `8.3.0`. */
	readonly version: string;
	readonly from: 'node_modules' | 'lockfile' | 'package.json' | 'assumed';
	/** Whether the file may import it: it is there, a package.json names it, or there is none that could. */
	readonly isImportable: boolean;
}

type Reading = Pick<Run, 'files' | 'dependencies' | 'root'>;

/** The newest release of each major, for ranges: what `npm install` takes for `^7.0.0`. */
const newestOfMajors: Readonly<Record<string, readonly string[]>> = {
	helmet: ['3.23.3', '4.6.0', '5.1.1', '6.2.0', '7.2.0', newestHelmet],
	express: ['3.21.2', '4.22.1', '5.3.0'],
	'koa-helmet': ['3.3.0', '4.2.0', '5.2.0', '6.1.0', '7.0.2', '8.0.1', '9.0.0'],
	'@fastify/helmet': ['8.1.0', '9.1.0', '10.1.1', '11.1.1', '12.0.1', '13.2.0'],
};

/**
 * The version of a package as seen from a file: what lies in the nearest node_modules, else what a lockfile pins, else the newest
 * known one in the range of package.json, else the newest of all. `within`: the copy that this package uses, where it has its own.
 */
export function installedVersion(name: string, from: string, reading: Reading, within: string | null = null): InstalledVersion {
	const folders = foldersUpwards(from, reading.root);
	for (const folder of folders)
		for (const place of [...(within === null ? [] : [`${within}/node_modules/${name}`]), name]) {
			const version = field(readJson(`${folder}/node_modules/${place}/package.json`, reading), 'version');
			if (typeof version === 'string') return { version, from: 'node_modules', isImportable: true };
		}
	const declared = declarationOf(name, folders, reading);
	const isImportable = declared !== null || !folders.some(folder => readJson(`${folder}/package.json`, reading) !== null);
	for (const [index, folder] of folders.entries()) {
		const version = lockedVersion({ name, folders: folders.slice(0, index + 1), declared, within }, folder, reading);
		if (version !== null) return { version, from: 'lockfile', isImportable };
	}
	const known = newestOfMajors[name] ?? [];
	const range = declared === null ? null : validRange(rangeOf(name, declared.range, folders, reading));
	const version = range === null ? null : (maxSatisfying(known, range) ?? minVersion(range)?.version ?? null);
	if (version !== null) return { version, from: 'package.json', isImportable };
	return { version: known.at(-1) ?? '0.0.0', from: 'assumed', isImportable };
}

/** The nearest package.json that names a package, with the range it gives. */
function declarationOf(
	name: string,
	folders: readonly string[],
	reading: Reading,
): { readonly folder: string; readonly range: string } | null {
	for (const folder of folders) {
		const manifest = readJson(`${folder}/package.json`, reading);
		for (const group of ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']) {
			const range = field(field(manifest, group), name);
			if (typeof range === 'string') return { folder, range };
		}
	}
	return null;
}

/** A range as semver reads it: what the root overrides, without an alias (`npm:helmet@^4`), out of the catalogue it names. */
function rangeOf(name: string, written: string, folders: readonly string[], reading: Reading): string {
	const manifests = folders.map(folder => readJson(`${folder}/package.json`, reading));
	const overriding = manifests
		.flatMap(manifest => [field(manifest, 'overrides'), field(manifest, 'resolutions'), field(field(manifest, 'pnpm'), 'overrides')])
		.map(overrides => field(overrides, name))
		.find(range => typeof range === 'string' && !range.startsWith('$'));
	const range = typeof overriding === 'string' ? overriding : written;
	const catalog = /^catalog:(.*)$/.exec(range)?.[1];
	return catalog === undefined
		? range.replace(/^(?:npm|workspace):(?:(?:@[^/@]+\/)?[^@]+@)?/, '')
		: inCatalog(name, catalog, folders, reading);
}

/** The range in a catalogue of pnpm (pnpm-workspace.yaml) or bun (package.json); `default` has no name. */
function inCatalog(name: string, catalog: string, folders: readonly string[], reading: Reading): string {
	const isDefault = catalog === '' || catalog === 'default';
	for (const folder of folders) {
		const manifest = readJson(`${folder}/package.json`, reading);
		for (const holder of [manifest, field(manifest, 'workspaces')]) {
			const range = field(isDefault ? field(holder, 'catalog') : field(field(holder, 'catalogs'), catalog), name);
			if (typeof range === 'string') return range;
		}
		const text = readNoted(`${folder}/pnpm-workspace.yaml`, reading) ?? '';
		const head = isDefault ? '^catalog:' : `^ +['"]?${catalog.replace(/[^\w-]/g, '\\$&')}['"]?:`;
		const block = new RegExp(`${head}[ \\t]*\\r?\\n((?: +[^\\n]*(?:\\n|$))+)`, 'm').exec(text)?.[1] ?? '';
		const found = new RegExp(`^ +['"]?${name.replace(/[^\w-]/g, '\\$&')}['"]?: *['"]?([^'"\\n#]+?)['"]? *(?:#.*)?$`, 'm').exec(block)?.[1];
		if (found !== undefined) return found;
	}
	return '';
}

/** The newest helmet that a major of a package brings along (its package.json): @fastify/helmet and koa-helmet. */
export function helmetBehind(name: string, version: string): string {
	const major = Number.parseInt(version, 10);
	const steps: readonly (readonly [number, string])[] =
		name === '@fastify/helmet'
			? [
					[13, newestHelmet],
					[11, '7.2.0'],
					[10, '6.2.0'],
					[0, '5.1.1'],
				]
			: [
					[8, newestHelmet],
					[7, '6.2.0'],
					[6, '4.6.0'],
					[0, '3.23.3'],
				];
	return steps.find(([from]) => from <= major)?.[1] ?? newestHelmet;
}
