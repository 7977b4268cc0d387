// The least that a server made with vscode-languageserver costs: incremental sync, empty diagnostics for each change.
//   node floor-lib.js --stdio [--work=none|split|estree]    work done on the text per change
const { createConnection, TextDocuments, ProposedFeatures, TextDocumentSyncKind } = require('vscode-languageserver/node');
const { TextDocument } = require('vscode-languageserver-textdocument');

const work = process.argv.find(argument => argument.startsWith('--work='))?.slice('--work='.length) ?? 'none';

function worker() {
	if (work === 'split')
		return text => {
			for (const line of text.split('\n')) line.trim();
		};
	if (work === 'estree') {
		const { parse } = require('@typescript-eslint/typescript-estree');
		return text => parse(text, { range: true, loc: true });
	}
	return () => undefined;
}

const run = worker();
const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
connection.onInitialize(() => ({ capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental } }));
documents.onDidChangeContent(({ document }) => {
	try {
		run(document.getText());
	} catch {
		// A half-typed text is no reason to stop measuring.
	}
	connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics: [] });
});
documents.listen(connection);
connection.listen();
