import { createColors } from 'picocolors';
import type { Colors } from 'picocolors/types';
import { createProjectSettings } from '../config/projectSettings';
import { createLinter } from '../linter';
import type { RequestAnswer, SimulatedRequest } from '../model/analysis';
import type { EffectiveHeader } from '../model/surface';
import { displayValue } from '../model/value';
import { printable } from '../report/printable';
import { createSource } from '../text/source';
import type { Place, Range } from '../text/span';
import { discoverFiles } from '../workspace/discover';
import { diskFiles, readText } from '../workspace/diskFiles';
import { workspaceRoot } from './check';
import { absolutePath, shownPath, useColors } from './reportFlags';
import { CommandFailure, exitStatus, type Terminal } from './terminal';

/** The flags of `headerlint headers`. */
export interface HeadersFlags {
	readonly request: readonly string[];
	readonly upstreamHeader: readonly string[];
	readonly upstreamStatus?: string;
	readonly env: readonly string[];
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
	const settings = createProjectSettings(files, root);
	const failures: unknown[] = [];
	const linter = createLinter({
		files,
		root,
		env: environment(flags.env),
		caddyVersion: '2.11',
		configFor: settings.configFor,
		onFailure: (_, error) => failures.push(error),
	});
	linter.update(createSource(path, found.text));
	const analysis = linter.analysisOf(path);
	if (upstream === null && analysis !== null && analysis.surfaces.some(({ upstreams }) => 0 < upstreams.length))
		for (const app of discoverFiles([root], { root, useIgnoreFiles: true, isIgnored: settings.isIgnored }).files)
			if (app.path !== path) linter.update(createSource(app.path, app.text));
	if (0 < failures.length) throw failures[0];
	if (analysis === null) throw new CommandFailure(`${typed} holds no code that sets headers`);
	const answers = requests.map(request => ({ request, answer: linter.respond(path, request) ?? analysis.respond(request) }));
	const locate = (place: Place): { readonly path: string; readonly range: Range } => {
		const source = place.path === path ? analysis.source : createSource(place.path, files.read(place.path) ?? '');
		return { path: shownPath(terminal, place.path), range: source.lines.rangeOf(place.span) };
	};
	if (flags.format === 'json') {
		const responses = answers.map(({ request, answer }) => responseJson(request, answer, locate));
		terminal.write(`${JSON.stringify({ schema: 'headerlint-headers/1', responses }, null, 2)}\n`);
	} else {
		const colors = createColors(useColors(flags, terminal));
		terminal.write(answers.map(({ request, answer }) => responseText(request, answer, locate, colors)).join('\n'));
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

function upstreamOf({ upstreamHeader, upstreamStatus }: HeadersFlags): SimulatedRequest['upstream'] {
	if (upstreamHeader.length === 0 && upstreamStatus === undefined) return null;
	if (upstreamStatus !== undefined && !/^[1-5]\d\d$/.test(upstreamStatus))
		throw new CommandFailure(`--upstream-status takes a status such as 200, not "${upstreamStatus}"`);
	const headers = upstreamHeader.map(field => {
		const colon = field.indexOf(':');
		if (colon < 1) throw new CommandFailure(`--upstream-header "${field}": write it as "Name: value"`);
		return [field.slice(0, colon).trim(), field.slice(colon + 1).trim()] as const;
	});
	return { status: upstreamStatus === undefined ? null : Number(upstreamStatus), headers };
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

function responseJson(request: SimulatedRequest, { surface, response }: RequestAnswer, locate: Locate): object {
	return {
		request: { method: request.method, url: request.url },
		surface: surface === null ? null : { label: surface.label, ...locate(surface.place) },
		status: response.status,
		headers: response.headers.map(header => ({
			name: header.name,
			value: displayValue(header.value),
			certainty: header.certainty,
			source: header.operation === null ? null : locate(header.operation.place),
		})),
		unknowns: response.unknowns.map(({ reason, place }) => ({ reason, ...locate(place) })),
	};
}

function responseText(request: SimulatedRequest, { surface, response }: RequestAnswer, locate: Locate, colors: Colors): string {
	const at = (place: Place): string => {
		const { path, range } = locate(place);
		return `${printable(path)}:${range.start.line + 1}`;
	};
	const who = surface === null ? 'nothing in this file answers it' : `${printable(surface.label)} (${at(surface.place)})`;
	const lines = [colors.bold(`${request.method} ${printable(request.url)}`), `  ${response.status ?? 'status unknown'}, ${who}`];
	for (const header of response.headers) {
		const value = `${header.name}: ${displayValue(header.value)}`;
		lines.push(
			`  ${header.certainty === 'maybe' ? colors.yellow('maybe ') : ''}${printable(value)}`,
			colors.dim(`      ${origin(header, at)}`),
		);
		for (const { name, action, value: lost, place } of header.overrode)
			lines.push(
				colors.dim(`      overrides ${action} ${printable(lost === null ? name : `${name}: ${displayValue(lost)}`)}, ${at(place)}`),
			);
	}
	if (response.headers.length === 0) lines.push('  no headers');
	for (const { reason, place } of response.unknowns) lines.push(colors.yellow(`  unknown: ${printable(reason)}, ${at(place)}`));
	return `${lines.join('\n')}\n`;
}

function origin({ operation, origin }: EffectiveHeader, at: (place: Place) => string): string {
	if (operation !== null) return operation.origin === 'default' ? `by default, ${at(operation.place)}` : at(operation.place);
	return origin === 'upstream' ? 'sent by the app behind it' : 'added by the server itself';
}
