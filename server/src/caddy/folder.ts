/**
 * The absolute folder a `root` means, with `/` and without a trailing one; `base` is the absolute folder relative paths start at.
 * Null where it holds placeholders or unset environment variables. Caddy starts at its working directory, which is taken to be
 * the Caddyfile's folder.
 */
export function resolveFolder(base: string, root: string): string | null {
	if (root.includes('{')) return null;
	const parts: string[] = [];
	const path = root.startsWith('/') ? root : `${base}/${root}`;
	for (const part of path.split('/')) {
		if (part === '' || part === '.') continue;
		if (part === '..') parts.pop();
		else parts.push(part);
	}
	const drive = /^[A-Za-z]:$/.test(parts[0] ?? '');
	return `${drive ? '' : '/'}${parts.join('/')}`;
}

/** The folder of a file's absolute path. */
export function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
