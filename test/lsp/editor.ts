import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { uriOfPath } from '../../server/src/lsp/documentPath';
import { type Message, readMessages, serveInProcess, spawnServer } from './transport';

/** A diagnostic as it comes over the wire. */
export interface WireDiagnostic {
	readonly code?: string;
	readonly message: string;
	readonly severity: number;
	readonly source?: string;
	readonly range: WireRange;
	readonly codeDescription?: { readonly href: string };
	readonly relatedInformation?: readonly unknown[];
}

export interface WireRange {
	readonly start: { readonly line: number; readonly character: number };
	readonly end: { readonly line: number; readonly character: number };
}

export interface WireTextEdit {
	readonly range: WireRange;
	readonly newText: string;
}

export interface WireAction {
	readonly title: string;
	readonly kind: string;
	readonly isPreferred?: boolean;
	readonly diagnostics?: readonly WireDiagnostic[];
	readonly command?: { readonly command: string; readonly arguments?: readonly unknown[] };
	readonly edit?: {
		readonly documentChanges?: readonly {
			readonly textDocument: { readonly uri: string; readonly version: number | null };
			readonly edits: readonly WireTextEdit[];
		}[];
		readonly changes?: Readonly<Record<string, readonly WireTextEdit[]>>;
	};
}

export interface EditorOptions {
	/** In this process over two streams, or `dist/server.js` over stdio. */
	readonly server: 'in-process' | 'built';
	/** Whether the editor can pull diagnostics. */
	readonly pull: boolean;
	/** Files on disk below the workspace folder. */
	readonly files?: Readonly<Record<string, string>>;
	/** The section `headerlint` as the editor answers it; null for an editor without `workspace/configuration`. */
	readonly settings?: Readonly<Record<string, unknown>> | null;
	readonly initializationOptions?: unknown;
}

/** An editor without a screen: it keeps the texts, and everything the server said. */
export interface Editor {
	readonly folder: string;
	/** What `initialize` was answered with. */
	readonly capabilities: Readonly<Record<string, unknown>>;
	/** Everything the server sent by itself, in order: method and params. */
	readonly received: readonly (readonly [method: string, params: unknown])[];
	uri(name: string): string;
	/** Writes a file below the folder without telling the server. */
	write(name: string, text: string): void;
	open(name: string, text: string, languageId?: string): void;
	/** Replaces the text of an open document by one incremental edit. */
	change(name: string, text: string): void;
	close(name: string): void;
	text(name: string): string;
	/** The findings of the current version: pulled, or awaited. */
	diagnostics(name: string): Promise<readonly WireDiagnostic[]>;
	actions(name: string, range: WireRange, only?: readonly string[]): Promise<readonly WireAction[]>;
	/** Applies an action's edit to the open documents and tells the server. Fails on a version that is not the current one. */
	apply(action: WireAction): void;
	request<T>(method: string, params: unknown): Promise<T>;
	notify(method: string, params: unknown): void;
	/** Waits until the server sent such a message after this many earlier ones. */
	waitFor(method: string, after?: number): Promise<unknown>;
	setSettings(settings: Readonly<Record<string, unknown>>): void;
	stop(): Promise<void>;
}

/** Starts a server in a folder of its own and initializes it. */
export async function startEditor(options: EditorOptions): Promise<Editor> {
	const folder = mkdtempSync(path.join(tmpdir(), 'headerlint-lsp-'));
	const uri = (name: string): string => uriOfPath(path.join(folder, name));
	const write = (name: string, text: string): void => {
		mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
		writeFileSync(path.join(folder, name), text);
	};
	for (const [name, text] of Object.entries(options.files ?? {})) write(name, text);

	const transport = options.server === 'built' ? spawnServer() : serveInProcess();
	let settings: Readonly<Record<string, unknown>> | null = options.settings === undefined ? {} : options.settings;
	let nextId = 0;
	const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
	const received: (readonly [string, unknown])[] = [];
	const listeners = new Set<() => void>();
	const documents = new Map<string, { version: number; text: string; languageId: string }>();

	const send = (message: Message): void => {
		const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
		transport.input.write(`Content-Length: ${body.length}\r\n\r\n`);
		transport.input.write(body);
	};
	const answer = (method: string, params: unknown): unknown => {
		if (method !== 'workspace/configuration') return null;
		// The params of this request always hold items.
		const { items } = params as { items: readonly { section?: string }[] };
		return items.map(({ section }) => (section === 'headerlint' ? settings : null));
	};
	const problems = readMessages(transport.output, message => {
		if (message.method !== undefined) {
			received.push([message.method, message.params]);
			if (message.id !== undefined) send({ id: message.id, result: answer(message.method, message.params) });
		} else if (message.id !== undefined) {
			const pending = waiting.get(message.id);
			waiting.delete(message.id);
			if (message.error === undefined) pending?.resolve(message.result ?? null);
			else pending?.reject(new Error(message.error.message));
		}
		for (const listener of listeners) listener();
	});
	const request = <T>(method: string, params: unknown): Promise<T> => {
		nextId++;
		const id = nextId;
		return new Promise<T>((resolve, reject) => {
			const timer = setTimeout(() => reject(new Error(`no answer to ${method} within 15 s`)), 15_000);
			waiting.set(id, {
				resolve: value => {
					clearTimeout(timer);
					// The caller names the type of what it asked for.
					resolve(value as T);
				},
				reject: error => {
					clearTimeout(timer);
					reject(error);
				},
			});
			send({ id, method, params });
		});
	};
	const notify = (method: string, params: unknown): void => send({ method, params });
	const until = <T>(what: string, get: () => T | undefined): Promise<T> =>
		new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				listeners.delete(look);
				reject(new Error(`waited 15 s for ${what}; received: ${received.map(([method]) => method).join(', ')}`));
			}, 15_000);
			const look = (): void => {
				const value = get();
				if (value === undefined) return;
				clearTimeout(timer);
				listeners.delete(look);
				resolve(value);
			};
			listeners.add(look);
			look();
		});
	const documentOf = (name: string) => {
		const document = documents.get(uri(name));
		if (document === undefined) throw new Error(`${name} is not open`);
		return document;
	};
	const changeTo = (target: string, text: string): void => {
		const document = documents.get(target);
		if (document === undefined) throw new Error(`${target} is not open`);
		const range = { start: { line: 0, character: 0 }, end: positionAt(document.text, document.text.length) };
		document.version++;
		document.text = text;
		notify('textDocument/didChange', {
			textDocument: { uri: target, version: document.version },
			contentChanges: [{ range, text }],
		});
	};

	const initialized = await request<{ capabilities: Readonly<Record<string, unknown>> }>('initialize', {
		processId: options.server === 'built' ? process.pid : null,
		rootUri: uriOfPath(folder),
		workspaceFolders: [{ uri: uriOfPath(folder), name: 'test' }],
		initializationOptions: options.initializationOptions,
		capabilities: {
			workspace: {
				workspaceEdit: { documentChanges: true },
				configuration: settings !== null,
				didChangeConfiguration: { dynamicRegistration: true },
				didChangeWatchedFiles: { dynamicRegistration: true },
				...(options.pull ? { diagnostics: { refreshSupport: true } } : {}),
			},
			textDocument: {
				publishDiagnostics: { relatedInformation: true, versionSupport: true },
				codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
				...(options.pull ? { diagnostic: { dynamicRegistration: true } } : {}),
			},
		},
	});
	notify('initialized', {});

	return {
		folder,
		capabilities: initialized.capabilities,
		received,
		uri,
		write,
		request,
		notify,
		open: (name, text, languageId = /\.[jt]s$/.test(name) ? 'typescript' : 'caddyfile') => {
			documents.set(uri(name), { version: 1, text, languageId });
			notify('textDocument/didOpen', { textDocument: { uri: uri(name), languageId, version: 1, text } });
		},
		change: (name, text) => changeTo(uri(name), text),
		close: name => {
			documents.delete(uri(name));
			notify('textDocument/didClose', { textDocument: { uri: uri(name) } });
		},
		text: name => documentOf(name).text,
		diagnostics: async name => {
			if (options.pull) {
				const report = await request<{ items: readonly WireDiagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: uri(name) } });
				return report.items;
			}
			const { version } = documentOf(name);
			return until(`diagnostics of version ${version} of ${name}`, () => {
				for (const [method, params] of [...received].reverse()) {
					if (method !== 'textDocument/publishDiagnostics') continue;
					// These are the params of that notification.
					const published = params as { uri: string; version?: number; diagnostics: readonly WireDiagnostic[] };
					if (published.uri === uri(name)) return published.version === version ? published.diagnostics : undefined;
				}
				return undefined;
			});
		},
		actions: async (name, range, only) =>
			request('textDocument/codeAction', {
				textDocument: { uri: uri(name) },
				range,
				context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
			}),
		apply: action => {
			for (const { textDocument, edits } of action.edit?.documentChanges ?? []) {
				const document = documents.get(textDocument.uri);
				if (document === undefined) throw new Error(`${textDocument.uri} is not open`);
				if (document.version !== textDocument.version)
					throw new Error(`the edit is for version ${textDocument.version}, the document has ${document.version}`);
				changeTo(textDocument.uri, applyWireEdits(document.text, edits));
			}
		},
		waitFor: (method, after = 0) =>
			until(method, () => {
				const found = received.slice(after).find(([name]) => name === method);
				return found === undefined ? undefined : (found[1] ?? null);
			}),
		setSettings: next => {
			settings = next;
			notify('workspace/didChangeConfiguration', { settings: { headerlint: next } });
		},
		stop: async () => {
			await request('shutdown', null);
			// In this process it would end the tests.
			if (options.server === 'built') notify('exit', null);
			await transport.end();
			rmSync(folder, { recursive: true, force: true });
			if (0 < problems.length) throw new Error(problems.join('\n'));
		},
	};
}

/** The position of an offset as LSP counts. */
export function positionAt(text: string, offset: number): WireRange['start'] {
	const before = text.slice(0, offset).split('\n');
	return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** The range of the first occurrence of `piece`. */
export function rangeOf(text: string, piece: string): WireRange {
	const start = text.indexOf(piece);
	if (start < 0) throw new Error(`${piece} does not occur`);
	return { start: positionAt(text, start), end: positionAt(text, start + piece.length) };
}

function applyWireEdits(text: string, edits: readonly WireTextEdit[]): string {
	const starts = [0];
	for (let i = 0; i < text.length; i++) if (text[i] === '\n') starts.push(i + 1);
	const offset = ({ line, character }: WireRange['start']): number => (starts[line] ?? text.length) + character;
	let result = text;
	const ordered = edits.map((edit, order) => ({ edit, order, start: offset(edit.range.start), end: offset(edit.range.end) }));
	for (const { edit, start, end } of ordered.sort((a, b) => b.start - a.start || b.order - a.order))
		result = result.slice(0, start) + edit.newText + result.slice(end);
	return result;
}
