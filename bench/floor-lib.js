// The least that a server made with vscode-languageserver costs: incremental sync, empty diagnostics for each change.
//   node floor-lib.js --stdio [--work=none|split|estree|eslint]    work done on the text per change
//   --peers=FOLDER    where ESLint and its configuration are, for --work=eslint
const { createRequire } = require('node:module');
const path = require('node:path');
const { fileURLToPath } = require('node:url');
const { createConnection, TextDocuments, ProposedFeatures, TextDocumentSyncKind } = require('vscode-languageserver/node');
const { TextDocument } = require('vscode-languageserver-textdocument');

const flag = name => process.argv.find(argument => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
const work = flag('work') ?? 'none';

function worker() {
	if (work === 'split')
		return text => {
			for (const line of text.split('\n')) line.trim();
		};
	if (work === 'estree') {
		const { parse } = require('@typescript-eslint/typescript-estree');
		return text => parse(text, { range: true, loc: true });
	}
	if (work === 'eslint') {
		const peers = flag('peers');
		const { ESLint } = createRequire(path.join(peers, 'package.json'))('eslint');
		const eslint = new ESLint({ cwd: '/', overrideConfigFile: path.join(peers, 'eslint.config.mjs'), allowInlineConfig: false });
		return (text, uri) => eslint.lintText(text, { filePath: fileURLToPath(uri) });
	}
	return () => undefined;
}

const run = worker();
const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
connection.onInitialize(() => ({ capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental } }));
documents.onDidChangeContent(async ({ document }) => {
	try {
		const done = run(document.getText(), document.uri);
		if (done instanceof Promise) await done;
	} catch {
		// A half-typed text is no reason to stop measuring.
	}
	connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics: [] });
});
documents.listen(connection);
connection.listen();
