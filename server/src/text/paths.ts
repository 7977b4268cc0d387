/** Paths in Headerlint are absolute and written with `/`, on every system. */

/** `path` relative to `folder` (no trailing slash needed), or null where it does not lie below it. */
export function relativePath(folder: string, path: string): string | null {
	const prefix = folder.endsWith('/') ? folder : `${folder}/`;
	return path.startsWith(prefix) ? path.slice(prefix.length) : null;
}

/** Resolves `target` from `folder`: `.` and `..` are worked out, an absolute target stays what it is. */
export function resolvePath(folder: string, target: string): string {
	const written = target.replace(/\\/g, '/');
	const absolute = /^(?:\/|[A-Za-z]:\/)/.test(written) ? written : `${folder}/${written}`;
	const drive = /^[A-Za-z]:/.exec(absolute)?.[0] ?? '';
	const parts: string[] = [];
	for (const part of absolute.slice(drive.length).split('/')) {
		if (part === '..') parts.pop();
		else if (part !== '' && part !== '.') parts.push(part);
	}
	return `${drive}/${parts.join('/')}`;
}

/** The folder a path lies in, without trailing slash; `/` and a drive's root are their own folders. */
export function folderOf(path: string): string {
	const slash = path.lastIndexOf('/');
	if (slash <= 0) return '/';
	return slash === 2 && path[1] === ':' ? path.slice(0, 3) : path.slice(0, slash);
}

/** Every folder from `folder` up to and including `root`; only `folder` itself where it does not lie in `root`. */
export function foldersUpTo(folder: string, root: string): readonly string[] {
	const folders = [folder];
	if (folder !== root && relativePath(root, folder) === null) return folders;
	for (let current = folder; current !== root; ) {
		current = folderOf(current);
		folders.push(current);
	}
	return folders;
}
