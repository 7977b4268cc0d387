import type { PageContent } from '../headers/page/resources';
import type { FileReader } from '../model/analysis';
import type { Page } from '../model/page';
import type { StaticRoot, Surface } from '../model/surface';

/** Reads the HTML pages that surfaces serve from folders of the workspace, and keeps them until they are forgotten. */
export interface PageReader {
	/** The pages below the static roots of a surface, sorted by path; at most `mostPages` of each root. Never throws. */
	pagesOf(surface: Surface): readonly Page[];
	/** Reads a page that stands elsewhere: in code. Never throws. */
	readPage(html: string): PageContent;
	/** Forgets what was read: a page changed, came or went. */
	forget(): void;
}

/** More pages than this below one root are generated ones; the first show what the others hold. */
const mostPages = 100;
const deepest = 8;

/** Makes a reader for the files below `workspaceRoot` (absolute, with `/`); other folders belong to another machine. */
export function createPageReader(files: FileReader, workspaceRoot: string): PageReader {
	const known = new Map<string, readonly Page[]>();
	const inside = workspaceRoot.endsWith('/') ? workspaceRoot : `${workspaceRoot}/`;

	const pagesBelow = (root: StaticRoot): readonly Page[] => {
		const folder = root.folder.endsWith('/') ? root.folder : `${root.folder}/`;
		if (!folder.startsWith(inside)) return [];
		const key = `${folder}\0${root.mount}\0${root.place.path}\0${root.place.span.start}`;
		const before = known.get(key);
		if (before !== undefined) return before;
		const pages = htmlFiles(files, folder).flatMap(path => pageAt(path, folder, root));
		known.set(key, pages);
		return pages;
	};
	const pageAt = (path: string, folder: string, root: StaticRoot): readonly Page[] => {
		const html = files.read(path);
		if (html === null) return [];
		const below = path.slice(folder.length);
		const label = `${folder.slice(0, -1).split('/').at(-1) ?? ''}/${below}`;
		return [
			{ path, url: `${root.mount}/${below.replace(/(^|\/)index\.html?$/i, '$1')}`, label, root, content: loadReader().readPage(html) },
		];
	};
	return {
		pagesOf: surface => surface.staticRoots.flatMap(pagesBelow),
		readPage: html => loadReader().readPage(html),
		forget: () => known.clear(),
	};
}

let reader: typeof import('../headers/page/readPage') | null = null;

/** The HTML parser is a seventh of the server, and few workspaces serve pages of their own. */
function loadReader(): typeof import('../headers/page/readPage') {
	// The build maps exactly this require to a bundle of its own, dist/htmlpages.js; an import would load it at start.
	reader ??= require('../headers/page/readPage') as typeof import('../headers/page/readPage');
	return reader;
}

/** Whether a file is one of the kind that pages are made of: HTML is read, never linted by itself. */
export function isPage(path: string): boolean {
	return /\.html?$/i.test(path);
}

/** Breadth first and in order of names, so that the pages at the top are read even where there are many. */
function htmlFiles(files: FileReader, top: string): readonly string[] {
	const found: string[] = [];
	let folders: readonly string[] = [top];
	for (let depth = 0; depth < deepest && 0 < folders.length; depth++) {
		const next: string[] = [];
		for (const folder of folders) {
			for (const name of files.list(folder.slice(0, -1)) ?? []) {
				if (name.startsWith('.') || name === 'node_modules/') continue;
				if (name.endsWith('/')) next.push(folder + name);
				else if (isPage(name)) found.push(folder + name);
				if (mostPages <= found.length) return found;
			}
		}
		folders = next;
	}
	return found;
}
