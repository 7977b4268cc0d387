import { URI } from 'vscode-uri';

/** Languages that are linted as scripts, with the extension their unsaved documents are given. */
const scriptExtensions: ReadonlyMap<string, string> = new Map([
	['javascript', '.js'],
	['javascriptreact', '.jsx'],
	['typescript', '.ts'],
	['typescriptreact', '.tsx'],
]);

/** The absolute path with `/` of a `file:` URI, or null for any other. */
export function pathOfUri(uri: string): string | null {
	const parsed = URI.parse(uri);
	if (parsed.scheme !== 'file') return null;
	const path = parsed.fsPath.replace(/\\/g, '/');
	// The drive letter is lower case, as `vscode-uri` writes it; a server of its own share keeps its two slashes.
	return path;
}

/** The `file:` URI of an absolute path with `/`. */
export function uriOfPath(path: string): string {
	return URI.file(path).toString();
}

/**
 * The path an open document is linted under. A document that is no file (unsaved, in a repository that is not checked out) gets
 * one that no file has; its language decides what it is linted as.
 */
export function documentPath(uri: string, languageId: string): string {
	const path = pathOfUri(uri);
	if (path !== null) return path;
	const { scheme, authority, path: inside } = URI.parse(uri);
	const invented = `/${scheme}:${authority}/${inside.replace(/^\//, '')}`;
	const extension = scriptExtensions.get(languageId);
	return extension === undefined || /\.[cm]?[jt]sx?$/i.test(invented) ? invented : `${invented}${extension}`;
}
