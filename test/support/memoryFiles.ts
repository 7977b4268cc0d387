import type { FileReader } from '../../server/src/model/analysis';

/** A file system of a few texts: absolute path -> text. */
export function memoryFiles(texts: Readonly<Record<string, string>>): FileReader {
	return {
		read: path => texts[path] ?? null,
		list: folder => {
			const prefix = folder.endsWith('/') ? folder : `${folder}/`;
			const names = new Set<string>();
			for (const path of Object.keys(texts)) {
				if (!path.startsWith(prefix)) continue;
				const rest = path.slice(prefix.length);
				const slash = rest.indexOf('/');
				names.add(slash === -1 ? rest : rest.slice(0, slash + 1));
			}
			return names.size === 0 ? null : [...names].sort();
		},
	};
}
