import type { Call } from '../javascript/call';
import { knownText } from '../javascript/operators';
import { alternatives, type Value } from '../javascript/value';
import { folderOf, resolvePath } from '../text/paths';

/**
 * The path that code names, absolute; null where it is not known. A relative one is relative to where the app is started; its package's
 * folder is taken for that.
 */
export function pathOnDisk(value: Value, call: Call): string | null {
	const { path } = call.frame.module.source;
	const baseOf = (written: string): string | null =>
		written === 'process.cwd()' ? packageFolder(call) : /^(?:__dirname|import\.meta\.dirname)$/.test(written) ? folderOf(path) : null;
	for (const alternative of alternatives(value)) {
		const known = knownText(alternative);
		if (known !== null) return resolvePath(packageFolder(call), known);
		if (alternative.kind === 'text') {
			const [first, ...rest] = alternative.parts;
			const base = first?.kind === 'unknown' ? baseOf(first.reason) : null;
			const texts = rest.map(part => knownText(part));
			if (base !== null && texts.every(text => text !== null)) return resolvePath('/', `${base}${texts.join('')}`);
		}
		const reason = alternative.kind === 'unknown' ? alternative.reason : '';
		if (baseOf(reason) !== null) return baseOf(reason);
		const joined = /^(?:\w+\.|require\(['"](?:node:)?path['"]\)\.)?(?:join|resolve)\(([^,]+), ?(.+)\)$/.exec(reason);
		const parts = joined?.[2]?.split(',').map(part => /^\s*['"]([^'"]*)['"]\s*$/.exec(part)?.[1]);
		const base = baseOf(joined?.[1] ?? '');
		if (base !== null && parts?.every(part => part !== undefined) === true) return resolvePath(base, parts.join('/'));
	}
	return null;
}

function packageFolder(call: Call): string {
	const { run, module } = call.frame;
	for (let folder = folderOf(module.source.path); folder.startsWith(run.root) && folder !== '/'; folder = folderOf(folder)) {
		run.dependencies.add(`${folder}/package.json`);
		if (run.files.read(`${folder}/package.json`) !== null) return folder;
	}
	return run.root;
}
