import { isProjectFile } from '../config/projectFile';

/** What a file is linted as, by its name alone; null for files that are none of our business. */
export type FileKind = 'caddyfile' | 'javascript' | 'project-file';

/**
 * The kind of a file by its base name. A Caddyfile is what `caddy` itself takes for one: the lower-cased name starts with
 * `caddyfile` or ends with `.caddyfile`, and is not `.json` (Caddy 2.11.4, cmd/main.go); names that evidently hold something
 * else (documentation, editor backups, templates, source code about Caddyfiles) are left out. Declarations (`.d.ts`) and
 * minified bundles hold no configuration anybody wrote.
 */
export function fileKind(name: string): FileKind | null {
	if (scriptName.test(name)) return notWritten.test(name) ? null : 'javascript';
	if (isProjectFile(name)) return 'project-file';
	return isCaddyfileName(name) ? 'caddyfile' : null;
}

/** Whether a base name is a Caddyfile's, by the rule told at `fileKind`. */
export function isCaddyfileName(name: string): boolean {
	const lower = name.toLowerCase();
	if (!lower.startsWith('caddyfile') && !lower.endsWith('.caddyfile')) return false;
	return !otherThing.test(lower) && !scriptName.test(lower);
}

/** The largest text that is parsed, in bytes: beyond it a script is generated and a Caddyfile is not one. */
export const sizeLimit: Readonly<Record<FileKind, number>> = {
	caddyfile: 10 * 1024 * 1024,
	javascript: 1024 * 1024,
	'project-file': 1024 * 1024,
};

/** Folders that hold what others wrote or what a build made. They are not entered unless named. */
export const skippedFolders: ReadonlySet<string> = new Set([
	'.git',
	'.hg',
	'.svn',
	'node_modules',
	'bower_components',
	'jspm_packages',
	'dist',
	'coverage',
	'.next',
	'.nuxt',
	'.svelte-kit',
	'.turbo',
	'.yarn',
	'.cache',
	'.vscode-test',
]);

const scriptName = /\.[cm]?[jt]sx?$/i;
const notWritten = /\.d\.[cm]?ts$|\.min\.[cm]?js$/i;
const otherThing =
	/(?:~|\.(?:json|md|mdx|markdown|rst|adoc|html?|pdf|png|jpe?g|svg|webp|gif|swp|swo|bak|orig|rej|tmp|diff|patch|log|lock|j2|jinja2?|erb|hbs|mustache|tmpl|gotmpl|tpl|go|py|rb|rs|java|kt|php|cs|sh|bash|zsh|ps1|ya?ml|toml|ini|xml|css|scss|tmlanguage|vue|svelte|zip|gz|tgz))$/;
