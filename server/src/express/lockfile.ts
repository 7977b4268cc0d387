import { field, readJson, readNoted } from '../javascript/resolution';
import type { Run } from '../javascript/run';

type Reading = Pick<Run, 'files' | 'dependencies'>;

/** Which copy of a package is asked for. */
export interface LockedPackage {
	readonly name: string;
	/** The folders from that of the asking file up to that of the lockfile, nearest first. */
	readonly folders: readonly string[];
	/** The folder whose package.json names the package, with the range it gives; null where none does: then any copy may be it. */
	readonly declared: { readonly folder: string; readonly range: string } | null;
	/** The package whose own copy is meant, where it has one: koa-helmet has its own helmet; null for the file's. */
	readonly within: string | null;
}

/**
 * The version that the lockfile of a folder pins: of npm 1 to 11, pnpm (lockfile 5 to 9), yarn 1 and later, bun (text). Null where
 * there is none, or it does not tell. Never throws.
 */
export function lockedVersion(wanted: LockedPackage, folder: string, reading: Reading): string | null {
	const npm = readJson(`${folder}/package-lock.json`, reading) ?? readJson(`${folder}/npm-shrinkwrap.json`, reading);
	return (
		(npm === null ? null : inNpm(npm, wanted, folder)) ??
		inText(`${folder}/pnpm-lock.yaml`, text => inPnpm(text, wanted, folder), reading) ??
		inText(`${folder}/yarn.lock`, text => inYarn(text, wanted), reading) ??
		inText(`${folder}/bun.lock`, text => inBun(text, wanted, reading), reading)
	);
}

function inText(path: string, find: (text: string) => string | null, reading: Reading): string | null {
	const text = readNoted(path, reading);
	return text === null ? null : find(text);
}

/** `packages` of lockfile 2 and 3 is keyed by place, so that the nearest copy is the one Node finds; `dependencies` of 1 nests. */
function inNpm(lock: unknown, { name, folders, within }: LockedPackage, folder: string): string | null {
	const packages = field(lock, 'packages');
	const inside = within === null ? [] : [`node_modules/${within}/node_modules/${name}`];
	for (const each of folders) {
		const prefix = each === folder ? '' : `${each.slice(folder.length + 1)}/`;
		for (const place of [...inside, `node_modules/${name}`]) {
			const version = versionIn(field(field(packages, prefix + place), 'version'));
			if (version !== null) return version;
		}
	}
	const flat = field(lock, 'dependencies');
	const nested = within === null ? undefined : field(field(field(flat, within), 'dependencies'), name);
	return versionIn(field(nested ?? field(flat, name), 'version'));
}

/** The version in `8.3.0`, `npm:helmet@4.6.0` (an alias), `/helmet/5.1.1`, `helmet@8.3.0(peer@1.0.0)`; null where there is none. */
function versionIn(text: unknown): string | null {
	if (typeof text !== 'string') return null;
	return /^(?:[^\s()]*[@/:])?(\d+\.\d+\.\d+)/.exec(text)?.[1] ?? null;
}

/** The importer's own line, else the first of the packages. Lockfile 5 has `helmet: 5.1.1`, later ones `specifier` and `version`. */
function inPnpm(text: string, { name, declared }: LockedPackage, folder: string): string | null {
	const key = declared === null || declared.folder === folder ? '.' : declared.folder.slice(folder.length + 1);
	const importer = blockOf(text, new RegExp(`^ {2}['"]?${escaped(key)}['"]?:[ \\t]*$`, 'm'), 2);
	// Without a workspace the one importer is the file itself.
	const block = importer ?? (key === '.' && !/^importers:/m.test(text) ? text : null);
	const entry = `^ +['"]?${escaped(name)}['"]?:`;
	const found =
		block === null || declared === null
			? null
			: (new RegExp(`${entry}[ \\t]*\\r?\\n +specifier:[^\\n]*\\n +version: ['"]?([^\\s'"]+)`, 'm').exec(block)?.[1] ??
				new RegExp(`${entry} +['"]?([^\\s'"]*\\d+\\.\\d+\\.\\d+[^\\s'"]*)`, 'm').exec(
					block.replace(/^( *)specifiers:\r?\n(?:\1 +[^\n]*\n)*/m, ''),
				)?.[1]);
	return versionIn(found) ?? versionIn(new RegExp(`^ +['"]?/?(${escaped(name)}[@/]\\d+\\.\\d+\\.\\d+)`, 'm').exec(text)?.[1]);
}

/** The lines behind the one that matches, as far as they are indented deeper than `indent`. */
function blockOf(text: string, head: RegExp, indent: number): string | null {
	const found = head.exec(text);
	if (found === null) return null;
	const start = found.index + found[0].length;
	const end = new RegExp(`\\n {0,${indent}}[^\\s]`).exec(text.slice(start));
	return text.slice(start, end === null ? undefined : start + end.index + 1);
}

/** Each entry is headed by what it is the answer to: `helmet@^7.0.0, helmet@^7.1.0:`, since yarn 2 `"helmet@npm:^7.0.0":`. */
function inYarn(text: string, { name, declared }: LockedPackage): string | null {
	const heads = new RegExp(`^"?${escaped(name)}@([^\\n]*):\\r?\\n\\s+version:? "?(\\d+\\.\\d+\\.\\d+)`, 'gm');
	let first: string | null = null;
	for (const [, asked = '', version = ''] of text.matchAll(heads)) {
		first ??= version;
		if (declared === null) return version;
		const ranges = asked.split(/,\s*/).map(each =>
			each
				.replace(/"/g, '')
				.replace(new RegExp(`^${escaped(name)}@`), '')
				.replace(/^npm:/, ''),
		);
		if (ranges.includes(declared.range.replace(/^npm:/, ''))) return version;
	}
	return first;
}

/** A workspace's own copy is listed under the workspace's name: `"@shop/api/helmet": ["helmet@7.2.0", ...]`. */
function inBun(text: string, { name, declared, within }: LockedPackage, reading: Reading): string | null {
	const owner = declared === null ? undefined : field(readJson(`${declared.folder}/package.json`, reading), 'name');
	const keys = [within, owner].flatMap(each => (typeof each === 'string' ? [`${each}/${name}`] : []));
	for (const key of [...keys, name]) {
		const version = versionIn(new RegExp(`"${escaped(key)}": \\["([^"]+)"`).exec(text)?.[1]);
		if (version !== null) return version;
	}
	return null;
}

function escaped(text: string): string {
	return text.replace(/[$()*+./?[\\\]^{|}-]/g, '\\$&');
}
