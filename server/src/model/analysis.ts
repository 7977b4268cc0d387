import type { FixIntent } from '../fixes/intent';
import type { TextEdit } from '../text/edit';
import type { SourceText } from '../text/source';
import type { Place, Span } from '../text/span';
import type { Explanation } from './explanation';
import type { EffectiveResponse, Surface } from './surface';

/** Everything known about one linted file. Both front ends and the response reader answer with one; making it never throws. */
export interface DocumentAnalysis {
	readonly source: SourceText;
	readonly kind: 'caddyfile' | 'javascript' | 'response' | 'project-file';
	readonly surfaces: readonly Surface[];
	readonly problems: readonly SyntaxProblem[];
	/** The text does not parse: the user is in the middle of something, and the last good findings are worth more than these. */
	readonly isHalfTyped?: boolean;
	/** Comments, for suppressions and acknowledgements (DESIGN.md 1.3). */
	readonly comments: readonly CommentText[];
	/** Every file whose text or absence the answer depends on, absolute paths with `/`: imports, package.json, lockfiles. */
	readonly dependencies: readonly string[];
	/**
	 * Expresses a fix in the language of the source. Null where it cannot be done without guessing; then no fix is offered.
	 * Edits may touch imported files. The operations, surfaces and observations of an intent must be of this analysis.
	 */
	write(intent: FixIntent): readonly TextEdit[] | null;
	/** What the request would get from this file; one answer per surface that could give it, best first. */
	respond(request: SimulatedRequest): RequestAnswer;
	/** The same answer with its reasons: the ways it may come out, and where each header is lost. */
	explain(request: SimulatedRequest): Explanation;
	/** The answers of a surface of this analysis that differ, one for each kind of request, with their reasons. */
	explainAll(surface: Surface, wanted?: WantedExplanations): readonly Explanation[];
}

/** Which explanations are asked for: an app may have hundreds of routes, and each is run many times. */
export interface WantedExplanations {
	/** The apps of the workspace, which stand behind the proxies of Caddyfiles. */
	readonly appBehind?: AppBehind;
	/** At most so many. */
	readonly limit?: number;
	/** Whether an answer is to come first. */
	isFirst?(response: EffectiveResponse): boolean;
}

/** A mistake in the text itself. Reported as a finding of the rule named. */
export interface SyntaxProblem {
	readonly rule: 'caddyfile-syntax' | 'caddyfile-v1' | 'javascript-syntax' | 'config-invalid';
	/** For Caddyfiles the words of `caddy adapt` without the file and line. */
	readonly message: string;
	readonly place: Place;
	readonly severity: 'error' | 'warning' | 'info';
}

/** A comment without its markers. */
export interface CommentText {
	readonly text: string;
	/** The comment with its markers. */
	readonly span: Span;
	/** Whether nothing but white space stands before it on its line. */
	readonly alone: boolean;
}

/** The answer of a proxied app, as it is given. */
export interface GivenUpstream {
	readonly status: number | null;
	readonly headers: readonly (readonly [name: string, value: string])[];
	/** Whether it sends an informational answer ahead, such as 103 (early hints); unless it says so, it does not. */
	readonly informs?: boolean;
}

export interface SimulatedRequest {
	readonly method: string;
	/** Absolute, or a path for apps. */
	readonly url: string;
	/** Request header fields, names lower case. */
	readonly headers: ReadonlyMap<string, string>;
	/** What a proxied app answers with; null where not given: then its headers are unknown. */
	readonly upstream: GivenUpstream | null;
	/** Asked where `upstream` is null; without it no app is known. */
	readonly appBehind?: AppBehind;
}

/**
 * What an app of the workspace answers to the request that a proxy sends to `dial`: as predicted, `url` a path with its query. Null
 * where no app is known to listen there.
 */
export type AppBehind = (
	dial: string,
	request: { readonly method: string; readonly url: string; readonly headers: ReadonlyMap<string, string> },
) => EffectiveResponse | null;

/** `surface` is null where nothing in the file answers this request (another host, say). */
export interface RequestAnswer {
	readonly surface: Surface | null;
	readonly response: EffectiveResponse;
}

/** Reads files for the front ends; the editor's shell lays open documents over the disk. Paths are absolute, with `/`. */
export interface FileReader {
	/** The text, or null where it is missing, unreadable, too large or binary. */
	read(path: string): string | null;
	/** Names in a folder (folders end in `/`), sorted; null where there is no such folder. */
	list(folder: string): readonly string[] | null;
}

export interface AnalysisOptions {
	readonly files: FileReader;
	/** The folder above which no file is looked up: the workspace root, absolute, with `/`. */
	readonly root: string;
	/** Environment for `{$NAME}`; a name that is not in it is unknown, not empty. */
	readonly env: ReadonlyMap<string, string>;
	/** Which Caddy the file is for; decides the few differences of spec/caddy.md section 0. */
	readonly caddyVersion: '2.11' | 'next';
}

export type { Place };
