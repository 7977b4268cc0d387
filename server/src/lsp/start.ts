import './consoleToStderr';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './serve';

/**
 * Starts the language server on the transport that the process arguments name: `--stdio`, `--node-ipc` or `--socket=PORT`. The
 * process ends when the client says so. Without a transport it says so on stderr and ends with status 2.
 */
export function startServer(): void {
	if (!process.argv.some(argument => /^--(?:stdio|node-ipc|socket(?:=\d+)?|pipe(?:=.+)?)$/.test(argument))) {
		process.stderr.write('headerlint: the language server needs --stdio, --node-ipc or --socket=PORT\n');
		process.exit(2);
	}
	const connection = createConnection(ProposedFeatures.all);
	const tell = (error: unknown): void => connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
	// A server that dies takes every finding with it, so what nobody caught is told and the session goes on.
	process.on('uncaughtException', tell);
	process.on('unhandledRejection', tell);
	serve(connection);
}
