import { Command, CommanderError, Option } from 'commander';
import { version } from '../../../package.json';
import { CommandFailure, exitStatus, type Terminal } from './terminal';

/**
 * Runs one command line (`args` without node and script) and answers with its exit status. Each command is a file of its own,
 * loaded when it is asked for. Never throws and never exits: messages go to `terminal.tell`.
 */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<number> {
	const debug = args.includes('--debug');
	const outcome: Outcome = { status: exitStatus.clean };
	try {
		await createProgram(terminal, outcome).parseAsync([...args], { from: 'user' });
		return outcome.status;
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.clean : exitStatus.failure;
		const failure = error instanceof Error ? error : new Error(String(error));
		if (debug) terminal.tell(failure.stack ?? failure.message);
		else
			terminal.tell(
				failure instanceof CommandFailure
					? `headerlint: ${failure.message}`
					: `headerlint: internal failure: ${failure.message} (--debug shows where; please report it)`,
			);
		return exitStatus.failure;
	}
}

interface Outcome {
	status: number;
}

function createProgram(terminal: Terminal, outcome: Outcome): Command {
	const program = new Command('headerlint')
		.description('Lints the security headers that your Caddyfile and your Express app really send.')
		.version(version)
		.option('--debug', 'show stack traces of failures')
		.exitOverride()
		.configureOutput({
			writeOut: text => terminal.write(text),
			writeErr: text => terminal.tell(text.replace(/^error: /, 'headerlint: ').trimEnd()),
			getOutHasColors: () => false,
			getErrHasColors: () => false,
		})
		.showHelpAfterError('(headerlint --help shows how to use it)');
	const done = async (status: Promise<number> | number): Promise<void> => {
		outcome.status = await status;
	};

	withReport(
		command(program, 'check', 'lint Caddyfiles, and JavaScript and TypeScript files that set headers').argument(
			'[path...]',
			'files and folders',
			['.'],
		),
	)
		.option('--fix', 'apply the safe fixes')
		.option('--fix-suggested', 'also apply the first suggested fix of each finding')
		.option('--fix-dry-run', 'say what would be fixed and change nothing')
		.option('--no-ignore', 'do not heed .gitignore, .ignore and the "ignore" globs of project files')
		.option('--stdin', 'lint standard input')
		.option('--stdin-filename <name>', 'the file standard input stands for')
		.action(async (paths, flags) => done((await import('./check')).runCheck(paths, flags, terminal)));

	command(program, 'headers', 'print the response headers that requests would get, each with the line that sets it')
		.argument('<file>', 'a Caddyfile or an app')
		.requiredOption('--request <request>', '"[METHOD ]URL"; may be repeated', collect)
		.option('--upstream-header <field>', '"Name: value" the proxied app sends; may be repeated', collect, [])
		.option('--upstream-status <status>', 'the status the proxied app answers with')
		.option('--upstream-early-hints', 'the proxied app sends 103 ahead, behind which Caddy forgets what was set at once')
		.option('--env <assignment>', 'NAME=VALUE for {$NAME} in Caddyfiles; may be repeated', collect, [])
		.option('--caddy <version>', '2.11 or next, over all project files')
		.addOption(formatOption(['text', 'json']))
		.option('--no-color', 'no colours')
		.action(async (file, flags) => done((await import('./headers')).runHeaders(file, flags, terminal)));

	withReport(
		command(program, 'response', 'lint a raw response head, for example: curl -sI https://example.com | headerlint response -').argument(
			'[file]',
			'a file, or - for standard input',
			'-',
		),
	)
		.option('--url <url>', 'where the response came from')
		.action(async (file, flags) => done((await import('./response')).runResponse(file, flags, terminal)));

	withReport(command(program, 'live', 'request a URL, lint and grade its answer').argument('<url>', 'http: or https:'))
		.option('--timeout <seconds>', 'how long to wait for each answer', '10')
		.option('--insecure', 'accept certificates that cannot be verified')
		.option('--compare <path>', 'show where the answer differs from what this workspace predicts')
		.action(async (url, flags) => done((await import('./live')).runLive(url, flags, terminal)));

	command(program, 'rules', 'list every rule')
		.addOption(formatOption(['text', 'json']))
		.option('--no-color', 'no colours')
		.action(async flags => done((await import('./rules')).runRules(flags, terminal)));

	command(program, 'explain', 'show the page of a rule')
		.argument('<rule>', 'a rule id')
		.action(async rule => done((await import('./explain')).runExplain(rule, terminal)));

	command(program, 'lsp', 'run the language server, for any editor')
		.option('--stdio', 'over standard input and output')
		.option('--node-ipc', 'over the channel of a Node parent process')
		.option('--socket <port>', 'over a TCP port on this machine')
		.allowUnknownOption()
		.action(async () => done((await import('./lsp')).runLanguageServer()));
	return program;
}

function command(program: Command, name: string, description: string): Command {
	return program.command(name).description(description).option('--debug', 'show stack traces of failures');
}

/** The options of every command that lints. */
function withReport(lint: Command): Command {
	return lint
		.addOption(formatOption(['text', 'json', 'sarif', 'github', 'markdown', 'html']))
		.option('--output <file>', 'write the report to a file')
		.option('--config <file>', 'use this project file for every file')
		.option('--profile <name>', 'ui, api, public-asset or strict, over all project files')
		.option('--caddy <version>', '2.11 or next, over all project files')
		.option('--rule <setting>', 'ID=off|info|warning|error, over all project files; may be repeated', collect, [])
		.addOption(
			new Option('--fail-on <severity>', 'end with status 1 from this severity on')
				.choices(['error', 'warning', 'info'])
				.default('warning'),
		)
		.option('--max-findings <n>', 'show at most so many findings in text, 0 for all', '500')
		.option('--no-color', 'no colours');
}

function formatOption(formats: readonly string[]): Option {
	return new Option('--format <format>', 'how to print').choices(formats).default('text');
}

/** Without a default in the second argument the option is required to be given. */
function collect(value: string, before: readonly string[] = []): readonly string[] {
	return [...before, value];
}
