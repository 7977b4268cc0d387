import { createColors } from 'picocolors';
import { createProjectSettings, noOverride } from '../config/projectSettings';
import { createLinter } from '../linter';
import type { SimulatedRequest } from '../model/analysis';
import type { Circumstance, Explanation } from '../model/explanation';
import type { UpstreamUse } from '../model/surface';
import { displayValue } from '../model/value';
import { localPort } from '../model/workspace';
import { explanationText } from '../report/explanationText';
import { createSource } from '../text/source';
import type { Place, Range } from '../text/span';
import { discoverFiles } from '../workspace/discover';
import { diskFiles, readText } from '../workspace/diskFiles';
import { workspaceRoot } from './check';
import { absolutePath, caddyVersionOf, shownPath, useColors } from './reportFlags';
import { CommandFailure, exitStatus, type Terminal } from './terminal';

/** The flags of `headerlint headers`. */
export interface HeadersFlags {
	readonly request: readonly string[];
	readonly upstreamHeader: readonly string[];
	readonly upstreamStatus?: string;
	readonly upstreamEarlyHints?: boolean;
	readonly env: readonly string[];
	readonly caddy?: string;
	readonly format: 'text' | 'json';
	readonly color: boolean;
}

/** `headerlint headers FILE --request ...`: prints what each request would get. Throws a `CommandFailure` on bad usage. */
export function runHeaders(typed: string, flags: HeadersFlags, terminal: Terminal): number {
	const path = absolutePath(terminal, typed);
	const found = readText(path);
	if (found.kind !== 'text') throw new CommandFailure(`cannot read ${typed}: ${found.reason}`);
	const upstream = upstreamOf(flags);
	const requests = flags.request.map(request => readRequest(request, upstream));
	const root = workspaceRoot(terminal.cwd, [path]);
	const files = diskFiles();
	const settings = createProjectSettings(files, root, { ...noOverride, caddyVersion: caddyVersionOf(flags.caddy) });
	const failures: unknown[] = [];
	const linter = createLinter({
		files,
		root,
		env: environment(flags.env),
		configFor: settings.configFor,
		onFailure: (_, error) => failures.push(error),
	});
	linter.update(createSource(path, found.text));
	const analysis = linter.analysisOf(path);
	// Reading the workspace takes its time: what is proxied to another machine, or to a container's name, is no app of it.
	const { upstreams: configured } = settings.configFor(path);
	const mayBeHere = ({ dial }: UpstreamUse): boolean => localPort(dial) !== null || configured.has(dial);
	if (upstream === null && analysis !== null && analysis.surfaces.some(({ upstreams }) => upstreams.some(mayBeHere)))
		for (const app of discoverFiles([root], { root, useIgnoreFiles: true, isIgnored: settings.isIgnored }).files)
			if (app.path !== path) linter.update(createSource(app.path, app.text));
	if (0 < failures.length) throw failures[0];
	if (analysis === null) throw new CommandFailure(`${typed} holds no code that sets headers`);
	const answers = requests.map(request => ({ request, explanation: linter.explain(path, request) ?? analysis.explain(request) }));
	const locate = (place: Place): { readonly path: string; readonly range: Range } => {
		const source = place.path === path ? analysis.source : createSource(place.path, files.read(place.path) ?? '');
		return { path: shownPath(terminal, place.path), range: source.lines.rangeOf(place.span) };
	};
	if (flags.format === 'json') {
		const responses = answers.map(({ request, explanation }) => responseJson(request, explanation, locate));
		terminal.write(`${JSON.stringify({ schema: 'headerlint-headers/1', responses }, null, 2)}\n`);
	} else {
		const colors = createColors(useColors(flags, terminal));
		const at = (place: Place): string => {
			const { path, range } = locate(place);
			return `${path}:${range.start.line + 1}`;
		};
		terminal.write(answers.map(({ request, explanation }) => explanationText(request, explanation, at, colors)).join('\n'));
	}
	return exitStatus.clean;
}

type Locate = (place: Place) => { readonly path: string; readonly range: Range };

/** `[METHOD ]URL`: an absolute URL, or a path for apps. */
function readRequest(text: string, upstream: SimulatedRequest['upstream']): SimulatedRequest {
	const [, method = 'GET', url = ''] = /^(?:([A-Za-z]+)\s+)?(\S+)$/.exec(text.trim()) ?? [];
	if (!url.startsWith('/') && !/^https?:\/\//i.test(url))
		throw new CommandFailure(`--request "${text}": write it as "GET https://example.com/path", or "/path" for an app`);
	if (!url.startsWith('/') && !URL.canParse(url)) throw new CommandFailure(`--request "${text}": this is not a URL`);
	return { method: method.toUpperCase(), url, headers: new Map(), upstream };
}

function upstreamOf({ upstreamHeader, upstreamStatus, upstreamEarlyHints }: HeadersFlags): SimulatedRequest['upstream'] {
	const informs = upstreamEarlyHints === true;
	if (upstreamHeader.length === 0 && upstreamStatus === undefined && !informs) return null;
	if (upstreamStatus !== undefined && !/^[1-5]\d\d$/.test(upstreamStatus))
		throw new CommandFailure(`--upstream-status takes a status such as 200, not "${upstreamStatus}"`);
	const headers = upstreamHeader.map(field => {
		const colon = field.indexOf(':');
		if (colon < 1) throw new CommandFailure(`--upstream-header "${field}": write it as "Name: value"`);
		return [field.slice(0, colon).trim(), field.slice(colon + 1).trim()] as const;
	});
	return { status: upstreamStatus === undefined ? null : Number(upstreamStatus), headers, informs };
}

function environment(assignments: readonly string[]): ReadonlyMap<string, string> {
	return new Map(
		assignments.map(assignment => {
			const equals = assignment.indexOf('=');
			if (equals < 1) throw new CommandFailure(`--env "${assignment}": write it as NAME=VALUE`);
			return [assignment.slice(0, equals), assignment.slice(equals + 1)];
		}),
	);
}

function responseJson(request: SimulatedRequest, explanation: Explanation, locate: Locate): object {
	const { surface, response, answers, headers, middleware } = explanation;
	const source = (place: Place | null): ReturnType<Locate> | null => (place === null || place.path === '' ? null : locate(place));
	const circumstance = ({ text, because, place }: Circumstance): object => ({ text, because, source: source(place) });
	return {
		request: { method: request.method, url: request.url },
		surface: surface === null ? null : { label: surface.label, ...locate(surface.place) },
		status: response.status,
		answers: answers.map(({ status, outcome, upstream, when, place }) => ({ status, outcome, upstream, when, source: source(place) })),
		headers: response.headers.map((header, index) => {
			const { when, elsewhere } = headers[index] ?? { when: null, elsewhere: [] };
			return {
				name: header.name,
				value: displayValue(header.value),
				certainty: header.certainty,
				source: header.operation === null ? null : locate(header.operation.place),
				when: when === null ? null : circumstance(when),
				elsewhere: elsewhere.map(circumstance),
				overrode: header.overrode.map(({ action, name, value, place }) => ({
					action,
					name,
					value: value === null ? null : displayValue(value),
					source: locate(place),
				})),
			};
		}),
		unknowns: response.unknowns.map(({ reason, place }) => ({ reason, ...locate(place) })),
		middleware: middleware.map(({ label, place, changes }) => ({ label, source: locate(place), changes })),
	};
}
