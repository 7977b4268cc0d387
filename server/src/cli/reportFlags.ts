import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createColors } from 'picocolors';
import { version } from '../../../package.json';
import { type CaddyVersion, caddyVersionNamed, caddyVersions } from '../config/caddySettings';
import { isProjectFile, readProjectFile } from '../config/projectFile';
import type { SettingsOverride } from '../config/projectSettings';
import { profileNamed, profiles, severities, severityNamed, unknownRule } from '../config/ruleSettings';
import { atLeast } from '../lint';
import type { CheckResult } from '../report/checkResult';
import { ruleById } from '../rules/registry';
import type { Severity } from '../rules/rule';
import { createSource } from '../text/source';
import { readText } from '../workspace/diskFiles';
import { CommandFailure, exitStatus, type Terminal } from './terminal';

/** The flags of `withReport` in program.ts, as commander hands them over. */
export interface ReportFlags {
	readonly format: 'text' | 'json' | 'sarif' | 'github' | 'markdown' | 'html';
	readonly output?: string;
	readonly config?: string;
	readonly profile?: string;
	readonly rule: readonly string[];
	readonly caddy?: string;
	readonly failOn: Severity;
	readonly maxFindings: string;
	/** False after `--no-color`. */
	readonly color: boolean;
}

/** What `--config`, `--profile` and `--rule` say. Throws a `CommandFailure` where they say nothing anybody could mean. */
export function settingsOverride(flags: ReportFlags, terminal: Terminal): SettingsOverride {
	const profile = flags.profile === undefined ? null : profileNamed(flags.profile);
	if (flags.profile !== undefined && profile === null)
		throw new CommandFailure(`"${flags.profile}" is no profile: --profile takes ${profiles.join(', ')}`);
	const said = new Map<string, Severity | 'off'>();
	for (const setting of flags.rule) {
		const [id = '', name = ''] = setting.split('=', 2);
		if (ruleById(id) === null) throw new CommandFailure(`--rule ${setting}: ${unknownRule(id)}`);
		const severity = severityNamed(name);
		if (severity === null) throw new CommandFailure(`--rule ${setting}: write ${id}= and one of ${severities.join(', ')}`);
		said.set(id, severity);
	}
	return {
		projectFile: flags.config === undefined ? null : readableConfig(flags.config, terminal),
		profile,
		severities: said,
		caddyVersion: caddyVersionOf(flags.caddy),
	};
}

/** What `--caddy` says; null where it is not given. Throws a `CommandFailure` for a version nobody knows. */
export function caddyVersionOf(name: string | undefined): CaddyVersion | null {
	if (name === undefined) return null;
	const version = caddyVersionNamed(name);
	if (version === null) throw new CommandFailure(`"${name}" is no version: --caddy takes ${caddyVersions.join(' or ')}`);
	return version;
}

/** Writes the report to `--output` or stdout, and answers with the exit status it means. */
export async function writeReport(
	result: CheckResult,
	flags: ReportFlags,
	terminal: Terminal,
	notes: readonly string[] = [],
): Promise<number> {
	const maxFindings = Number(flags.maxFindings);
	if (!Number.isInteger(maxFindings) || maxFindings < 0)
		throw new CommandFailure(`--max-findings takes a whole number, not "${flags.maxFindings}"`);
	const report = await formatted(result, flags, terminal, maxFindings, notes);
	if (flags.output === undefined) terminal.write(report);
	else {
		try {
			writeFileSync(path.resolve(terminal.cwd, flags.output), report);
		} catch (error) {
			throw new CommandFailure(`cannot write ${flags.output}: ${whyNotWritten(error)}`);
		}
	}
	const failing = result.files.some(({ findings }) => findings.some(({ severity }) => atLeast(severity, flags.failOn)));
	return failing ? exitStatus.findings : exitStatus.clean;
}

/** Whether to colour what goes to stdout: NO_COLOR and --no-color win over FORCE_COLOR, which wins over what stdout is. */
export function useColors(flags: { readonly color: boolean }, terminal: Terminal): boolean {
	const { NO_COLOR, FORCE_COLOR, TERM } = terminal.env;
	if (!flags.color || (NO_COLOR !== undefined && NO_COLOR !== '')) return false;
	if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
	return terminal.interactive && TERM !== 'dumb';
}

/** An absolute path with `/` from one as typed. */
export function absolutePath(terminal: Terminal, typed: string): string {
	return path.resolve(terminal.cwd, typed).replace(/\\/g, '/');
}

/** A path as shown: relative to the current folder, with `/`. */
export function shownPath(terminal: Terminal, absolute: string): string {
	return path.relative(terminal.cwd, absolute).replace(/\\/g, '/') || '.';
}

async function formatted(
	result: CheckResult,
	flags: ReportFlags,
	terminal: Terminal,
	maxFindings: number,
	notes: readonly string[],
): Promise<string> {
	switch (flags.format) {
		case 'json':
			return (await import('../report/json')).jsonReport(result);
		case 'sarif':
			return (await import('../report/sarif')).sarifReport(result, version);
		case 'github':
			return (await import('../report/github')).githubReport(result);
		case 'markdown':
			return (await import('../report/markdown')).markdownReport(result);
		case 'html':
			return (await import('../report/html')).htmlReport(result);
		case 'text':
			return (await import('../report/text')).textReport(result, {
				colors: createColors(flags.output === undefined && useColors(flags, terminal)),
				maxFindings,
				notes,
			});
	}
}

function readableConfig(typed: string, terminal: Terminal): string {
	const file = absolutePath(terminal, typed);
	const found = readText(file);
	if (found.kind !== 'text') throw new CommandFailure(`--config ${typed}: ${found.reason}`);
	// A project file of the usual name is linted and shows its mistakes; one of another name is seen by nobody else.
	const problem = isProjectFile(file) ? undefined : readProjectFile(createSource(file, found.text)).problems[0];
	if (problem !== undefined) throw new CommandFailure(`--config ${typed}: ${problem.message}`);
	return file;
}

/** In words, for what happens when somebody types a path; Node's own message otherwise. */
function whyNotWritten(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const code = 'code' in error ? error.code : null;
	if (code === 'ENOENT') return 'there is no such folder';
	if (code === 'EISDIR') return 'that is a folder';
	return code === 'EACCES' ? 'permission denied' : error.message;
}
