import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { nearest } from '../headers/nearest';
import type { DocumentAnalysis, RequestAnswer, SimulatedRequest, SyntaxProblem } from '../model/analysis';
import { explain } from '../model/explanation';
import { resolvePath } from '../text/paths';
import type { SourceText } from '../text/source';
import type { Span } from '../text/span';
import { type CaddyVersion, readCaddyVersion } from './caddySettings';
import { globMatcher, type PathMatcher } from './globs';
import { readAcknowledgements } from './preloadEntries';
import { emptySettings, type RuleSettings, readSettings } from './ruleSettings';
import type { PreloadAcknowledgement } from './types';

/** The one name a project file has (DESIGN.md 1.3). */
export const projectFileName = '.headerlintrc.json';

/** A project file, read. What is wrong in it does not count and is told in `problems`; the rest holds. */
export interface ProjectFile {
	/** Absolute, with `/`. */
	readonly path: string;
	readonly settings: RuleSettings;
	/** In file order; a later one wins. */
	readonly overrides: readonly { readonly matches: PathMatcher; readonly settings: RuleSettings }[];
	/** Whether a file, by its absolute path, is not to be linted. */
	readonly ignores: PathMatcher;
	readonly acknowledgedPreload: readonly PreloadAcknowledgement[];
	/** `localhost:3000` -> absolute path of the app behind it. */
	readonly upstreams: ReadonlyMap<string, string>;
	/** Null where it does not say. */
	readonly caddyVersion: CaddyVersion | null;
	readonly problems: readonly SyntaxProblem[];
}

/** What the parts of the reader share: where they are in the file, and whom they tell of mistakes. */
export interface ProjectReader {
	readonly source: SourceText;
	/** Folder of the file, without trailing slash: globs and paths are relative to it. */
	readonly folder: string;
	problem(node: Node, severity: SyntaxProblem['severity'], message: string): void;
}

/** Whether a path names a project file: the usual name, or one that ends in it (`strict.headerlintrc.json`, for `--config`). */
export function isProjectFile(path: string): boolean {
	return path.endsWith(projectFileName);
}

/**
 * Reads a project file: JSON with comments and trailing commas. Never throws; every mistake is a problem of rule
 * `config-invalid` with the place of the key or value it is about.
 */
export function readProjectFile(source: SourceText): ProjectFile {
	const problems: SyntaxProblem[] = [];
	const report = (span: Span, severity: SyntaxProblem['severity'], message: string): void => {
		problems.push({ rule: 'config-invalid', severity, message, place: { path: source.path, span } });
	};
	const folder = source.path.slice(0, Math.max(0, source.path.lastIndexOf('/')));
	const reader: ProjectReader = {
		source,
		folder,
		problem: (node, severity, message) => report({ start: node.offset, end: node.offset + node.length }, severity, message),
	};
	const errors: ParseError[] = [];
	const tree = source.text.trim() === '' ? undefined : parseTree(source.text, errors, { allowTrailingComma: true });
	for (const { error, offset, length } of errors)
		report({ start: offset, end: offset + length }, 'error', `This is not JSON: ${inWords(printParseErrorCode(error))}.`);
	const file = {
		path: source.path,
		problems,
		ignores: () => false,
		overrides: [],
		acknowledgedPreload: [],
		upstreams: new Map(),
		caddyVersion: null,
	};
	if (tree === undefined) {
		if (errors.length === 0) report({ start: 0, end: source.text.length }, 'error', 'The project file is empty: write at least "{}".');
		return { ...file, settings: emptySettings };
	}
	if (tree.type !== 'object') {
		reader.problem(tree, 'error', 'A project file holds an object: { "profile": "ui", "rules": { } }.');
		return { ...file, settings: emptySettings };
	}
	checkKeys(tree, projectKeys, 'project file', reader);
	return {
		...file,
		settings: readSettings(tree, reader),
		overrides: readOverrides(findNodeAtLocation(tree, ['overrides']), reader),
		ignores: globMatcher(folder, readStrings(findNodeAtLocation(tree, ['ignore']), 'ignore', reader)),
		acknowledgedPreload: readAcknowledgements(findNodeAtLocation(tree, ['hsts']), reader),
		upstreams: readUpstreams(findNodeAtLocation(tree, ['upstreams']), reader),
		caddyVersion: readCaddyVersion(findNodeAtLocation(tree, ['caddy']), reader),
	};
}

/** A project file as a linted document: it answers no request, but its mistakes are findings. */
export function analyzeProjectFile(source: SourceText): DocumentAnalysis {
	const { problems } = readProjectFile(source);
	return {
		source,
		kind: 'project-file',
		surfaces: [],
		problems,
		comments: [],
		dependencies: [],
		write: () => null,
		respond,
		explain: request => explain(respond(request), []),
		explainAll: () => [],
	};
}

function respond({ method, url }: SimulatedRequest): RequestAnswer {
	return {
		surface: null,
		response: {
			request: { method, url },
			scope: null,
			outcome: 'unknown',
			status: null,
			headers: [],
			unknowns: [],
			upstream: null,
			branch: null,
		},
	};
}

/** Tells of keys of an object that have no meaning. `where` names the object for people: `override`. */
export function checkKeys(object: Node, known: readonly string[], where: string, reader: ProjectReader): void {
	const seen = new Set<string>();
	for (const { children: [key] = [] } of object.children ?? []) {
		if (key === undefined) continue;
		const name = String(key.value);
		if (seen.has(name)) reader.problem(key, 'warning', `"${name}" stands twice, so only the first one counts: remove one.`);
		seen.add(name);
		if (known.includes(name)) continue;
		const meant = nearest(name, known, 3);
		reader.problem(
			key,
			'warning',
			`"${name}" has no meaning in a ${where}${meant === null ? `: it may hold ${known.map(one => `"${one}"`).join(', ')}.` : `: did you mean "${meant}"?`}`,
		);
	}
}

/** The strings of a string or an array of strings; what is neither is reported and left out. */
export function readStrings(node: Node | undefined, name: string, reader: ProjectReader): readonly string[] {
	if (node === undefined) return [];
	const items = node.type === 'array' ? (node.children ?? []) : [node];
	return items.flatMap(item => {
		if (item.type === 'string' && item.value !== '') return [String(item.value)];
		reader.problem(item, 'error', `"${name}" holds globs as strings, for example "legacy/**".`);
		return [];
	});
}

const projectKeys = ['$schema', 'profile', 'rules', 'overrides', 'ignore', 'hsts', 'upstreams', 'caddy'];

function readOverrides(node: Node | undefined, reader: ProjectReader): ProjectFile['overrides'] {
	if (node === undefined) return [];
	if (node.type !== 'array') {
		reader.problem(node, 'error', '"overrides" is an array: [{ "files": ["api/**"], "profile": "api" }].');
		return [];
	}
	return (node.children ?? []).flatMap(item => {
		const files = item.type === 'object' ? findNodeAtLocation(item, ['files']) : undefined;
		if (item.type !== 'object' || files === undefined) {
			reader.problem(item, 'error', 'An override is an object that names its files: { "files": ["api/**"], "rules": { } }.');
			return [];
		}
		checkKeys(item, ['files', 'profile', 'rules'], 'override', reader);
		const globs = readStrings(files, 'files', reader);
		return globs.length === 0 ? [] : [{ matches: globMatcher(reader.folder, globs), settings: readSettings(item, reader) }];
	});
}

function readUpstreams(node: Node | undefined, reader: ProjectReader): ReadonlyMap<string, string> {
	const upstreams = new Map<string, string>();
	if (node === undefined) return upstreams;
	if (node.type !== 'object') {
		reader.problem(node, 'error', '"upstreams" is an object: { "localhost:3000": "src/server.ts" }.');
		return upstreams;
	}
	for (const { children: [key, value] = [] } of node.children ?? []) {
		if (key === undefined || value === undefined) continue;
		if (!/^(?:[a-z0-9+.-]+:\/\/)?(?:[^\s/:]+|\[[0-9a-f:]+\])?:\d{1,5}$|^unix\//i.test(String(key.value)))
			reader.problem(key, 'warning', `"${String(key.value)}" is not an address as a reverse_proxy names it, such as "localhost:3000".`);
		if (value.type !== 'string' || value.value === '')
			reader.problem(value, 'error', 'An upstream is the path of the file that makes the app, relative to this file: "src/server.ts".');
		else upstreams.set(String(key.value), resolvePath(reader.folder, String(value.value)));
	}
	return upstreams;
}

/** `CommaExpected` -> `comma expected`. */
function inWords(code: string): string {
	return code.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`).toLowerCase();
}
