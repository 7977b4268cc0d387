import type { CodeContext } from '../fixes/codeContext';
import { writeCodeFix } from '../fixes/codeWriter';
import { placeOf } from '../javascript/call';
import { followModule, prepareRun } from '../javascript/evaluate';
import type { ModuleRecord } from '../javascript/module';
import { parseScript } from '../javascript/parse';
import type {
	AnalysisOptions,
	CommentText,
	DocumentAnalysis,
	RequestAnswer,
	SimulatedRequest,
	WantedExplanations,
} from '../model/analysis';
import { type Explanation, explain } from '../model/explanation';
import type { EffectiveResponse, Surface } from '../model/surface';
import type { SourceText } from '../text/source';
import { codeContext } from './codeSpans';
import { collectSurfaces } from './collect';
import { effectiveResponse } from './effectiveResponse';
import { noteEscape } from './escapes';
import { explainAnswer } from './explainAnswer';
import { createHost } from './host';
import { type AppRequest, anyRequest } from './requestState';
import type { Session } from './session';
import { followNextConfig, isNextConfig } from './siblings/next';
import { answer } from './simulate';
import type { Chain } from './steps';
import type { BuiltSurface } from './surface';
import { helmetBehind, type InstalledVersion, installedVersion } from './version';

/**
 * Finds the apps and header code of a JavaScript or TypeScript file and works out what they answer with. Never throws; where the
 * text cannot be parsed at all the answer holds no surfaces.
 */
export function analyzeJavaScript(source: SourceText, options: AnalysisOptions): DocumentAnalysis {
	const found = follow(source, options);
	const built = found === null ? [] : collectSurfaces(found.session, found.module, options);
	let context: CodeContext | null = null;
	return {
		source,
		kind: 'javascript',
		surfaces: built.map(each => each.surface),
		problems: [],
		isHalfTyped: found === null || 0 < found.module.tree.mistakes,
		comments: commentsOf(source),
		dependencies: found === null ? [] : [...found.session.run.dependencies].filter(path => path !== source.path),
		write: intent => {
			if (found === null) return null;
			context ??= codeContext(found.session, found.module, built);
			return writeCodeFix(intent, context);
		},
		respond: request => {
			const asked = askedOf(request, built, options);
			return asked === null ? nobody(request) : respond(request, asked);
		},
		explain: request => {
			const asked = askedOf(request, built, options);
			return asked === null ? explain(nobody(request), []) : explainAnswer(asked.chain, asked.request, respond(request, asked));
		},
		explainAll: (surface, wanted) => {
			const found = built.find(each => each.surface === surface);
			return found === undefined || found.chain === null ? [] : explainRequests(found.chain, surface, wanted);
		},
	};
}

function follow(source: SourceText, options: AnalysisOptions): { readonly session: Session; readonly module: ModuleRecord } | null {
	const versions = new Map<string, InstalledVersion>();
	const unused: Session['unused'] = [];
	const host = createHost(
		() => session,
		() => module,
	);
	const prepared = prepareRun(source, {
		host,
		files: options.files,
		root: options.root,
		onUnused: (value, node, module) => {
			if (value.kind === 'native') unused.push({ value, place: placeOf(module, node) });
		},
		onEscape: noteEscape,
	});
	if (prepared === null) return null;
	const { run, module } = prepared;
	const version: Session['version'] = (name, from) => {
		const key = `${name}\n${from.source.path}`;
		const known = versions.get(key) ?? installedVersion(name, from.source.path, run);
		versions.set(key, known);
		return known;
	};
	const session: Session = {
		run,
		apps: [],
		helmetCalls: [],
		mounted: new Set(),
		helmetReads: new Set(),
		traces: new Map(),
		recorders: [],
		unused,
		version,
		helmetVersion: (from, library) => {
			if (library === 'helmet' || library === 'hono') return version('helmet', from).version;
			const own = installedVersion('helmet', from.source.path, run, library);
			return own.from === 'assumed' ? helmetBehind(library, version(library, from).version) : own.version;
		},
	};
	followModule(run, module, isWorthFollowing);
	if (isNextConfig(source.path)) followNextConfig(session, module);
	return { session, module };
}

/** Whether a function that nobody calls may hold header code: those of thousands of lines of business logic need not be followed. */
function isWorthFollowing(body: string): boolean {
	return /helmet|[eE]xpress|secureHeaders|[sS]etHeader|\.(?:use|set|header|append|writeHead|listen)\s*\(|cors\(/.test(body);
}

/** A request as the app of the file that answers it sees it. */
interface Asked {
	readonly surface: Surface;
	readonly chain: Chain;
	readonly request: AppRequest;
}

function askedOf(request: SimulatedRequest, built: readonly BuiltSurface[], options: AnalysisOptions): Asked | null {
	const found = built.find(each => each.surface.kind !== 'helmet-options') ?? built.find(each => each.chain !== null);
	if (found === undefined || found.chain === null) return null;
	const seen: AppRequest = {
		...anyRequest(request.method.toUpperCase(), pathOf(request.url)),
		query: /\?[^#]*/.exec(request.url)?.[0] ?? '',
		headers: request.headers,
		host: hostOf(request),
		files: options.files,
	};
	return { surface: found.surface, chain: found.chain, request: seen };
}

function respond({ url }: SimulatedRequest, { surface, chain, request }: Asked): RequestAnswer {
	return { surface, response: effectiveResponse(answer(chain, request), { method: request.method, url }, null, null) };
}

/** The answer where the file has no app. */
function nobody(request: SimulatedRequest): RequestAnswer {
	return {
		surface: null,
		response: { request, scope: null, outcome: 'unknown', status: null, headers: [], unknowns: [], upstream: null, branch: null },
	};
}

/** The requests of an app that differ. Errors and refusals are among the answers of the request they happen to. */
function explainRequests(
	chain: Chain,
	surface: Surface,
	{ limit = Number.POSITIVE_INFINITY, isFirst }: WantedExplanations = {},
): readonly Explanation[] {
	const kinds = new Map<string, EffectiveResponse>();
	for (const response of surface.responses) {
		const { method, url } = response.request;
		const kind = `${method} ${url}`;
		if (!kinds.has(kind) && !/\(\d{3}\)$/.test(response.scope?.label ?? '')) kinds.set(kind, response);
	}
	const all = [...kinds.values()];
	const first = isFirst === undefined ? [] : all.filter(isFirst);
	return [...first, ...all.filter(response => !first.includes(response))].slice(0, limit).map(response => {
		const { method, url } = response.request;
		return explainAnswer(chain, anyRequest(method, url), { surface, response });
	});
}

function pathOf(url: string): string {
	const path = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? /^[^?#]*/.exec(url)?.[0] ?? '/';
	return path === '' ? '/' : path;
}

/** The host name a request is for, without port: of its absolute URL, else of its Host field; null where neither tells. */
function hostOf({ url, headers }: SimulatedRequest): string | null {
	const written = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? headers.get('host');
	return written === undefined ? null : written.replace(/:\d*$/, '');
}

function commentsOf(source: SourceText): readonly CommentText[] {
	const tree = parseScript(source.path, source.text);
	if (tree === null) return [];
	return tree.comments.map(comment => {
		const [start, end] = comment.range;
		const lineStart = source.text.lastIndexOf('\n', start - 1) + 1;
		return { text: comment.value, span: { start, end }, alone: source.text.slice(lineStart, start).trim() === '' };
	});
}
