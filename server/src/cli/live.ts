import { statSync } from 'node:fs';
import { createColors } from 'picocolors';
import { version } from '../../../package.json';
import { createProjectSettings } from '../config/projectSettings';
import { createLinter, type Linter } from '../linter';
import { compareHeaders } from '../live/compare';
import { type Hop, mostRedirects, requestLive } from '../live/request';
import type { EffectiveResponse, Surface } from '../model/surface';
import { displayValue } from '../model/value';
import { scoreLines } from '../report/checkedSurfaces';
import { printable } from '../report/printable';
import { createSource } from '../text/source';
import { discoverFiles } from '../workspace/discover';
import { diskFiles } from '../workspace/diskFiles';
import { workspaceRoot } from './check';
import { absolutePath, type ReportFlags, settingsOverride, shownPath, useColors, writeReport } from './reportFlags';
import { checkResponse } from './response';
import { CommandFailure, type Terminal } from './terminal';

/** The flags of `headerlint live`. */
export interface LiveFlags extends ReportFlags {
	readonly timeout: string;
	readonly insecure?: true;
	readonly compare?: string;
}

/**
 * `headerlint live URL`: the one command that uses the network. Asks for the URL, shows its redirects, lints the last answer and,
 * with `--compare`, shows where it differs from what a workspace predicts.
 */
export async function runLive(typed: string, flags: LiveFlags, terminal: Terminal): Promise<number> {
	const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
	if (!/^https?:/i.test(url) || !URL.canParse(url))
		throw new CommandFailure(`"${typed}" is not a URL that can be requested: write it as https://example.com/`);
	const seconds = Number(flags.timeout);
	if (!(0 < seconds && seconds <= 600)) throw new CommandFailure(`--timeout takes seconds, at most 600, not "${flags.timeout}"`);
	const hops = await ask(new URL(url).href, {
		timeoutMs: seconds * 1000,
		insecure: flags.insecure === true,
		userAgent: `headerlint/${version}`,
	});
	const last = hops[hops.length - 1];
	if (last === undefined || last.location !== null) throw new CommandFailure(`${url} redirects more than ${mostRedirects} times`);
	const text = flags.format === 'text' && flags.output === undefined;
	const colors = createColors(useColors(flags, terminal));
	if (text) for (const hop of hops) terminal.write(`${colors.bold(String(hop.status))} ${printable(hop.url)}\n`);
	if (text && flags.insecure === true) terminal.write(colors.yellow('Certificates were not verified.\n'));
	const result = checkResponse({ path: `${terminal.cwd}/response`, text: last.head, shown: last.url, url: last.url }, flags, terminal);
	if (text) terminal.write('\n');
	const status = await writeReport(result, flags, terminal, scoreLines(result.surfaces));
	if (flags.compare !== undefined)
		for (const line of comparison(flags.compare, last, flags, terminal)) text ? terminal.write(`${line}\n`) : terminal.tell(line);
	return status;
}

async function ask(url: string, options: Parameters<typeof requestLive>[1]): Promise<readonly Hop[]> {
	try {
		return await requestLive(url, options);
	} catch (error) {
		throw new CommandFailure(error instanceof Error ? error.message : String(error));
	}
}

/** What the sites and apps below `typed` predict for the hop's URL, compared with what it sent. */
function comparison(typed: string, hop: Hop, flags: ReportFlags, terminal: Terminal): readonly string[] {
	const path = absolutePath(terminal, typed);
	if (statSync(path, { throwIfNoEntry: false }) === undefined)
		throw new CommandFailure(`cannot read ${typed}: there is no such file or folder`);
	const root = workspaceRoot(terminal.cwd, [path]);
	const files = diskFiles();
	const settings = createProjectSettings(files, root, settingsOverride(flags, terminal));
	const linter = createLinter({
		files,
		root,
		env: new Map(),
		configFor: settings.configFor,
		onFailure: () => undefined,
	});
	for (const found of discoverFiles([path], { root, useIgnoreFiles: true, isIgnored: settings.isIgnored }).files)
		linter.update(createSource(found.path, found.text));
	const prediction = predicted(linter, hop.url);
	if (prediction === null) return [`Nothing below ${typed} answers ${hop.url}, so there is nothing to compare.`];
	const { surface, response } = prediction;
	const where = (at: { readonly path: string; readonly span: { readonly start: number } }): string => {
		const { line } = createSource(at.path, files.read(at.path) ?? '').lines.positionAt(at.span.start);
		return `${shownPath(terminal, at.path)}:${line + 1}`;
	};
	const received = hop.head
		.split('\n')
		.slice(1)
		.filter(line => line.includes(':'))
		.map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const);
	const lines = [`Compared with ${printable(surface.label)} (${where(surface.place)}):`];
	if (response.status !== null && response.status !== hop.status) lines.push(`  status ${hop.status}, predicted ${response.status}`);
	for (const difference of compareHeaders(received, response)) {
		lines.push(`  ${printable(difference.name)}`);
		for (const value of difference.received) lines.push(`    received   ${printable(value)}`);
		if (difference.received.length === 0) lines.push('    received   nothing');
		for (const header of difference.predicted)
			lines.push(
				`    predicted  ${printable(displayValue(header.value))}${header.operation === null ? '' : `  ${where(header.operation.place)}`}`,
			);
		if (difference.predicted.length === 0)
			lines.push('    predicted  nothing: another layer adds it, or the server runs another configuration');
	}
	if (lines.length === 1) lines.push('  no difference');
	return lines;
}

/** The answer of the first Caddy site that serves the URL's host; an app knows no host, so it answers only where it is alone. */
function predicted(linter: Linter, url: string): { readonly surface: Surface; readonly response: EffectiveResponse } | null {
	const analyses = linter.members.flatMap(member => linter.analysisOf(member) ?? []);
	const answer = (wanted: 'caddyfile' | 'javascript') =>
		analyses
			.filter(({ kind }) => kind === wanted)
			.flatMap(analysis => {
				const answer = linter.explain(analysis.source.path, { method: 'GET', url, headers: new Map(), upstream: null });
				return answer?.surface == null ? [] : [{ surface: answer.surface, response: answer.response }];
			});
	const [site] = answer('caddyfile');
	if (site !== undefined) return site;
	const apps = answer('javascript');
	return apps.length === 1 ? (apps[0] ?? null) : null;
}
