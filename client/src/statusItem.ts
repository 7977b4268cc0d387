import * as vscode from 'vscode';
import { documentSelector } from './gate';

export type ServerState = 'idle' | 'starting' | 'running' | 'stopped' | 'failed';

/** The entry in the language status menu of the documents that are linted. */
export interface StatusItem extends vscode.Disposable {
	show(state: ServerState): void;
}

/** Makes the entry; it says that the server starts when it is needed. */
export function createStatusItem(): StatusItem {
	const item = vscode.languages.createLanguageStatusItem('headerlint.server', documentSelector);
	item.name = 'Headerlint';
	const show = (state: ServerState): void => {
		const { text, detail, severity, busy } = states[state];
		item.text = text;
		item.detail = detail;
		item.severity = severity;
		item.busy = busy;
		item.command =
			state === 'stopped' || state === 'failed'
				? { command: 'headerlint.restartServer', title: 'Restart' }
				: { command: 'headerlint.showOutput', title: 'Show Output' };
	};
	show('idle');
	return { show, dispose: () => item.dispose() };
}

interface Shown {
	readonly text: string;
	readonly detail: string;
	readonly severity: vscode.LanguageStatusSeverity;
	readonly busy: boolean;
}

const { Information, Error: Failure } = vscode.LanguageStatusSeverity;

const states: Readonly<Record<ServerState, Shown>> = {
	idle: { text: 'Headerlint', detail: 'starts at the first file with response headers', severity: Information, busy: false },
	starting: { text: 'Headerlint', detail: 'is starting', severity: Information, busy: true },
	running: { text: 'Headerlint', detail: 'is checking response headers', severity: Information, busy: false },
	stopped: { text: 'Headerlint', detail: 'has stopped', severity: Failure, busy: false },
	failed: { text: 'Headerlint', detail: 'could not be started', severity: Failure, busy: false },
};
