import { createProjectSettings } from '../config/projectSettings';
import { applySuppressions } from '../config/suppressions';
import { analyzeResponse } from '../headers/responseHead';
import { createLinter } from '../linter';
import type { FileReader } from '../model/analysis';
import { checkedSurface, scoreLines } from '../report/checkedSurfaces';
import { type CheckResult, createCheckResult } from '../report/checkResult';
import { createSource } from '../text/source';
import { diskFiles, readText } from '../workspace/diskFiles';
import { workspaceRoot } from './check';
import { absolutePath, type ReportFlags, settingsOverride, shownPath, writeReport } from './reportFlags';
import { CommandFailure, type Terminal } from './terminal';

/** The flags of `headerlint response`. */
export interface ResponseFlags extends ReportFlags {
	readonly url?: string;
}

/** `headerlint response`: lints a raw response head from a file or standard input. */
export async function runResponse(typed: string, flags: ResponseFlags, terminal: Terminal): Promise<number> {
	if (flags.url !== undefined && !URL.canParse(flags.url))
		throw new CommandFailure(`--url ${flags.url} is not a URL: write it as https://example.com/`);
	const text = typed === '-' ? terminal.readInput() : readFile(typed, terminal);
	const path = typed === '-' ? absolutePath(terminal, 'response') : absolutePath(terminal, typed);
	const result = checkResponse(
		{ path, text, shown: typed === '-' ? '-' : shownPath(terminal, path), url: flags.url ?? null },
		flags,
		terminal,
	);
	if (result.surfaces.every(({ surface }) => surface.operations.length === 0 && surface.responses[0]?.status === null))
		throw new CommandFailure(
			'this is not a response head: give what "curl -sI URL" prints, a status line and lines such as "Server: Caddy"',
		);
	return writeReport(result, flags, terminal, scoreLines(result.surfaces));
}

/** A response head to judge: its text and how it is called in the report. */
export interface RecordedResponse {
	readonly path: string;
	readonly text: string;
	readonly shown: string;
	readonly url: string | null;
}

/** Judges a response head by the settings that hold in the current folder. */
export function checkResponse(recorded: RecordedResponse, flags: ReportFlags, terminal: Terminal): CheckResult {
	const started = performance.now();
	const files: FileReader = diskFiles();
	const root = workspaceRoot(terminal.cwd, []);
	const settings = createProjectSettings(files, root, settingsOverride(flags, terminal));
	const options = { files, root, env: new Map<string, string>(), caddyVersion: '2.11' as const };
	const linter = createLinter({
		...options,
		configFor: settings.configFor,
		onFailure: (rule, error) =>
			terminal.tell(`headerlint: internal failure in ${rule}: ${error instanceof Error ? error.message : String(error)}`),
	});
	const source = createSource(recorded.path, recorded.text);
	const analysis = analyzeResponse(source, options, recorded.url);
	const findings = applySuppressions(linter.judge(analysis), analysis.comments, source, settings.configFor(recorded.path));
	return createCheckResult([{ path: recorded.path, kind: 'response', source, findings, analysis }], {
		skipped: [],
		surfaces: () => analysis.surfaces.map(surface => checkedSurface(surface, linter.workspace)),
		durationMs: performance.now() - started,
		shownPath: path => (path === recorded.path ? recorded.shown : shownPath(terminal, path)),
		textOf: files.read,
	});
}

function readFile(typed: string, terminal: Terminal): string {
	const found = readText(absolutePath(terminal, typed));
	if (found.kind !== 'text') throw new CommandFailure(`cannot read ${typed}: ${found.reason}`);
	return found.text;
}
