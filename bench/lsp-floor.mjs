#!/usr/bin/env node
// The least an LSP server over stdio can cost: no library, full sync, answers each change with empty diagnostics.
//   node lsp-floor.mjs [none|indexOf|lex]    work done on the text per change
const work = process.argv[2] ?? 'none';
let buf = Buffer.alloc(0),
	text = '';
const send = m => {
	const b = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...m }));
	process.stdout.write(`Content-Length: ${b.length}\r\n\r\n${b}`);
};
const check = (uri, version) => {
	if (work === 'indexOf') text.indexOf('helmet(');
	send({ method: 'textDocument/publishDiagnostics', params: { uri, version, diagnostics: [] } });
};
process.stdin.on('data', d => {
	buf = buf.length ? Buffer.concat([buf, d]) : d;
	for (;;) {
		const k = buf.indexOf('\r\n\r\n');
		if (k < 0) return;
		const n = Number(/content-length: *(\d+)/i.exec(buf.toString('latin1', 0, k))[1]);
		if (buf.length < k + 4 + n) return;
		const m = JSON.parse(buf.toString('utf8', k + 4, k + 4 + n));
		buf = buf.subarray(k + 4 + n);
		if (m.method === 'initialize') send({ id: m.id, result: { capabilities: { textDocumentSync: 2 } } });
		else if (m.method === 'textDocument/didOpen') {
			text = m.params.textDocument.text;
			check(m.params.textDocument.uri, 1);
		} else if (m.method === 'textDocument/didChange') check(m.params.textDocument.uri, m.params.textDocument.version);
		else if (m.method === 'exit') process.exit(0);
		else if (m.id !== undefined) send({ id: m.id, result: null });
	}
});
