/**
 * What the client and the server say to each other beyond the Language Server Protocol. Plain data, no imports: both sides
 * include it. Any editor may use these requests.
 */
export const requests = {
	/** Lints the whole workspace; answers with `CheckWorkspaceResult`. */
	checkWorkspace: 'headerlint/checkWorkspace',
	/** `PositionParams` to `ResponseHeadersResult` or null. */
	responseHeaders: 'headerlint/responseHeaders',
	/** `ReportParams` to the text of a report. */
	report: 'headerlint/report',
	/** `LiveParams` to a page about the answer of a URL, as HTML. The only request that uses the network. */
	checkLive: 'headerlint/checkLive',
} as const;

/** Tells the client that findings of closed files may have changed since the last check of the workspace. */
export const workspaceChanged = 'headerlint/workspaceChanged';

/** Server commands that the client's own commands or code actions call. */
export const openDocumentation = 'headerlint.openDocumentation';

/** The client's command behind the links of a page. */
export const openPlace = 'headerlint.openPlace';

export const fixAllKind = 'source.fixAll.headerlint';

export interface CheckWorkspaceResult {
	/** Every linted file, also those without findings, sorted by URI. `D` is the protocol's Diagnostic. */
	readonly files: readonly { readonly uri: string; readonly diagnostics: readonly unknown[] }[];
	readonly summary: { readonly files: number; readonly errors: number; readonly warnings: number; readonly infos: number };
}

export interface PositionParams {
	readonly textDocument: { readonly uri: string };
	readonly position: { readonly line: number; readonly character: number };
}

export interface ResponseHeadersResult {
	/** The site or app. */
	readonly label: string;
	/** For editors that show markdown. */
	readonly markdown: string;
	/** A page without scripts; its links call the command `openPlace` with a URI and a line, counted from 0. */
	readonly html: string;
}

export type ReportFormat = 'html' | 'markdown' | 'json' | 'sarif';

export interface ReportParams {
	readonly format: ReportFormat;
}

export interface LiveParams {
	/** `http:` or `https:`. */
	readonly url: string;
}
