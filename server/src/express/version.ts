import { maxSatisfying, minVersion, validRange } from 'semver';
import { field, foldersUpwards, readJson, readNoted } from '../javascript/resolution';
import type { Run } from '../javascript/run';
import { newestHelmet } from './helmet/version';

/** Which version of a package runs, and how that is known. */
export interface InstalledVersion {
	/** `8.3.0`. */
	readonly version: string;
	/** `absent`: there is a package.json, and nothing names the package. `assumed`: nothing is known of what is installed. */
	readonly from: 'node_modules' | 'lockfile' | 'package.json' | 'absent' | 'assumed';
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
 * The version of a package as seen from a file: what lies in the nearest node_modules, else what a lockfile of npm, pnpm, yarn or
 * bun pins, else the newest known one in the range of package.json, else the newest of all.
 */
export function installedVersion(name: string, from: string, reading: Reading): InstalledVersion {
	const folders = foldersUpwards(from, reading.root);
	for (const folder of folders) {
		const version = field(readJson(`${folder}/node_modules/${name}/package.json`, reading), 'version');
		if (typeof version === 'string') return { version, from: 'node_modules' };
	}
	for (const folder of folders) {
		const version = lockedVersion(name, folder, reading);
		if (version !== null) return { version, from: 'lockfile' };
	}
	const known = newestOfMajors[name] ?? [];
	let hasManifest = false;
	for (const folder of folders) {
		const manifest = readJson(`${folder}/package.json`, reading);
		hasManifest ||= manifest !== null;
		for (const group of ['dependencies', 'devDependencies', 'peerDependencies']) {
			const range = field(field(manifest, group), name);
			if (typeof range !== 'string' || validRange(range) === null) continue;
			const version = maxSatisfying(known, range) ?? minVersion(range)?.version;
			if (version !== undefined && version !== null) return { version, from: 'package.json' };
		}
	}
	return { version: known.at(-1) ?? '0.0.0', from: hasManifest ? 'absent' : 'assumed' };
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

function lockedVersion(name: string, folder: string, reading: Reading): string | null {
	const npm = readJson(`${folder}/package-lock.json`, reading) ?? readJson(`${folder}/npm-shrinkwrap.json`, reading);
	const packages = field(field(npm, 'packages'), `node_modules/${name}`) ?? field(field(npm, 'dependencies'), name);
	const version = field(packages, 'version');
	if (typeof version === 'string') return version;
	const escaped = name.replace(/[/.]/g, '\\$&');
	return (
		inText(`${folder}/pnpm-lock.yaml`, new RegExp(`^\\s+'?/?${escaped}[@/](\\d+\\.\\d+\\.\\d+)`, 'm'), reading) ??
		inText(`${folder}/yarn.lock`, new RegExp(`^"?${escaped}@[^\\n]*:\\n\\s+version:? "?(\\d+\\.\\d+\\.\\d+)`, 'm'), reading) ??
		inText(`${folder}/bun.lock`, new RegExp(`"${escaped}": \\["${escaped}@(\\d+\\.\\d+\\.\\d+)`), reading)
	);
}

function inText(path: string, pattern: RegExp, reading: Reading): string | null {
	const text = readNoted(path, reading);
	return text === null ? null : (pattern.exec(text)?.[1] ?? null);
}
