#!/usr/bin/env node
// Editor latency of any language server over stdio: from each didChange to the diagnostics (or other answer) for it.
//   node lsp-latency.mjs --file F [options] -- SERVER [ARG ...]
// Spawns the server, initialises, opens F, applies N single-character edits one at a time (each waits for its answer),
// prints p50/p95/max latency, start-up times, and the memory of the server's process tree. No dependencies. Linux for RSS.
//
//   --file F             document to open (its text is read; the file is never written)
//   --language ID        languageId (from the extension when known)
//   --root DIR           workspace folder (the folder of F)
//   --edits 200          measured edits, after --warmup (10) unmeasured ones
//   --mode auto          push: publishDiagnostics with the edit's version, or the next one when the server sends no version
//                        pull: textDocument/diagnostic after each edit;  auto: push, or pull when only that is offered
//                        hover | completion | codeAction | semanticTokens | documentSymbol: that request after each edit
//   --at TEXT            ask hover, completion and code actions behind this text, where it first stands in the second half;
//                        an answer that is empty there is a failure
//   --pattern toggle     toggle: insert --char at the end of a line, then delete it; lines spread over the document
//                        type: type --text one character at a time at --line (0-based), then delete it likewise (broken code in between)
//                        burst: like type, but all edits are sent without waiting; one latency, last edit to its answer
//   --char ' '  --text 'app.use(helmet({ hsts: false }));'  --line N (middle)
//   --settle 300         pause in ms after the first answer, for a server that shows the first findings while it works on the rest
//   --interval 0         pause before each edit in ms (think time, outside the latency)
//   --settings JSON      answer to workspace/configuration and didChangeConfiguration (or @FILE)
//   --section NAME       settings are for this section (default: the same answer to every item)
//   --init JSON          initializationOptions (or @FILE)
//   --no-pull-capability  do not announce pull diagnostics, so that servers that can do both push
//   --timeout 30000      per answer;  --json: print one JSON object only;  --trace: log messages on stderr
//   --reply METHOD=JSON  answer a custom request of the server (repeatable)
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const cut = process.argv.indexOf('--', 2);
const { values: o } = parseArgs({
	args: process.argv.slice(2, cut < 0 ? undefined : cut),
	options: {
		file: { type: 'string' },
		language: { type: 'string' },
		root: { type: 'string' },
		edits: { type: 'string', default: '200' },
		warmup: { type: 'string', default: '10' },
		mode: { type: 'string', default: 'auto' },
		pattern: { type: 'string', default: 'toggle' },
		char: { type: 'string', default: ' ' },
		text: { type: 'string', default: 'app.use(helmet({ hsts: false }));' },
		line: { type: 'string' },
		at: { type: 'string' },
		settle: { type: 'string', default: '300' },
		interval: { type: 'string', default: '0' },
		settings: { type: 'string' },
		section: { type: 'string' },
		init: { type: 'string' },
		'no-pull-capability': { type: 'boolean' },
		timeout: { type: 'string', default: '30000' },
		json: { type: 'boolean' },
		trace: { type: 'boolean' },
		reply: { type: 'string', multiple: true },
		help: { type: 'boolean', short: 'h' },
	},
});
const server = cut < 0 ? [] : process.argv.slice(cut + 1);
if (o.help || !o.file || !server.length) {
	console.log(
		fs
			.readFileSync(new URL(import.meta.url), 'utf8')
			.split('\n')
			.filter((_l, i, all) => i > 0 && i < all.findIndex(x => x.startsWith('import')))
			.map(l => l.replace(/^\/\/ ?/, ''))
			.join('\n'),
	);
	process.exit(o.help ? 0 : 2);
}
const json = s => s && JSON.parse(s.startsWith('@') ? fs.readFileSync(s.slice(1), 'utf8') : s);
const settings = json(o.settings) ?? {},
	replies = new Map((o.reply ?? []).map(r => [r.slice(0, r.indexOf('=')), JSON.parse(r.slice(r.indexOf('=') + 1))]));
const file = path.resolve(o.file),
	root = path.resolve(o.root ?? path.dirname(file));
const uri = pathToFileURL(file).href,
	rootUri = pathToFileURL(root).href;
const EXT = {
	'.ts': 'typescript',
	'.mts': 'typescript',
	'.cts': 'typescript',
	'.tsx': 'typescriptreact',
	'.js': 'javascript',
	'.mjs': 'javascript',
	'.cjs': 'javascript',
	'.jsx': 'javascriptreact',
	'.json': 'json',
	'.css': 'css',
	'.html': 'html',
};
const languageId = o.language ?? EXT[path.extname(file)] ?? (/caddyfile/i.test(path.basename(file)) ? 'caddyfile' : 'plaintext');
const text = fs.readFileSync(file, 'utf8'),
	lines = text.split('\n');

// ---- transport ----
const t0 = performance.now();
const child = spawn(server[0], server.slice(1), { stdio: ['pipe', 'pipe', 'pipe'] });
let stderr = '',
	exited = null,
	ending = false;
child.stderr.on('data', d => {
	stderr = (stderr + d).slice(-4000);
	if (o.trace) process.stderr.write(d);
});
child.on('error', e => fail(`cannot start: ${e.message}`));
child.on('exit', (code, sig) => {
	exited = code ?? sig;
	if (!ending) fail(`server exited early (${exited})`);
});
child.stdin.on('error', () => {});
function fail(msg) {
	console.error(`lsp-latency: ${msg}\n${stderr}`);
	try {
		child.kill('SIGKILL');
	} catch {}
	process.exit(1);
}
let id = 0;
const waiting = new Map();
function send(m) {
	const b = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...m }));
	if (o.trace) console.error('->', b.toString().slice(0, 200));
	child.stdin.write(`Content-Length: ${b.length}\r\n\r\n`);
	child.stdin.write(b);
}
const request = (method, params) =>
	new Promise((ok, no) => {
		waiting.set(++id, { ok, no, method });
		send({ id, method, params });
	});
const notify = (method, params) => send({ method, params });
let chunks = [],
	have = 0,
	need = -1;
child.stdout.on('data', d => {
	chunks.push(d);
	have += d.length;
	for (;;) {
		if (need < 0) {
			const all = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks),
				k = all.indexOf('\r\n\r\n');
			chunks = [all];
			if (k < 0) return;
			need = Number(/content-length: *(\d+)/i.exec(all.toString('latin1', 0, k))[1]);
			chunks = [all.subarray(k + 4)];
			have = chunks[0].length;
		}
		if (have < need) return;
		const all = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks),
			body = all.subarray(0, need);
		chunks = [all.subarray(need)];
		have = chunks[0].length;
		need = -1;
		receive(JSON.parse(body));
	}
});
let _received = 0,
	_bytesIn = 0;
const pushes = [];
let refreshes = 0;
let onPush = null;
function receive(m) {
	_received++;
	if (o.trace) console.error('<-', JSON.stringify(m).slice(0, 300));
	if (m.method && m.id !== undefined) {
		// request from the server
		let result = null;
		if (replies.has(m.method)) result = replies.get(m.method);
		else if (m.method === 'workspace/configuration')
			result = m.params.items.map(it => (o.section && it.section !== o.section ? null : settings));
		else if (m.method === 'workspace/workspaceFolders') result = [{ uri: rootUri, name: path.basename(root) }];
		else if (m.method === 'workspace/diagnostic/refresh') refreshes++;
		else if (m.method === 'workspace/applyEdit') result = { applied: false };
		send({ id: m.id, result });
	} else if (m.id !== undefined) {
		const w = waiting.get(m.id);
		waiting.delete(m.id);
		if (!w) return;
		if (m.error) w.no(Object.assign(new Error(`${w.method}: ${m.error.message}`), { code: m.error.code }));
		else w.ok(m.result);
	} else if (m.method === 'textDocument/publishDiagnostics' && m.params.uri === uri) {
		const p = { t: performance.now(), version: m.params.version, n: m.params.diagnostics.length };
		pushes.push(p);
		onPush?.(p);
	}
}
// ---- helpers ----
const sleep = ms => new Promise(r => setTimeout(r, ms));
const withTimeout = (p, what) => {
	let t;
	return Promise.race([
		p,
		new Promise((_, no) => {
			t = setTimeout(() => no(new Error(`no answer within ${o.timeout} ms: ${what}`)), Number(o.timeout));
		}),
	]).finally(() => clearTimeout(t));
};
function memory() {
	// resident and peak memory of the process tree, MB
	const kids = new Map();
	for (const d of fs.readdirSync('/proc'))
		if (/^\d+$/.test(d))
			try {
				const s = fs.readFileSync(`/proc/${d}/stat`, 'latin1');
				const pp = s.slice(s.lastIndexOf(')') + 2).split(' ')[1];
				(kids.get(pp) ?? kids.set(pp, []).get(pp)).push(d);
			} catch {}
	let rss = 0,
		peak = 0,
		cpu = 0,
		n = 0;
	const todo = [String(child.pid)];
	while (todo.length) {
		const p = todo.pop();
		try {
			const s = fs.readFileSync(`/proc/${p}/status`, 'utf8');
			rss += Number(/VmRSS:\s+(\d+)/.exec(s)?.[1] ?? 0);
			peak += Number(/VmHWM:\s+(\d+)/.exec(s)?.[1] ?? 0);
			n++;
			const st = fs.readFileSync(`/proc/${p}/stat`, 'latin1'),
				f = st.slice(st.lastIndexOf(')') + 2).split(' ');
			cpu += (Number(f[11]) + Number(f[12])) * 10;
		} catch {}
		todo.push(...(kids.get(p) ?? []));
	}
	return { rss: +(rss / 1024).toFixed(1), peak: +(peak / 1024).toFixed(1), cpu, n };
}
const quantile = (l, q) => {
	const s = [...l].sort((a, b) => a - b);
	return s.length ? +s[Math.min(s.length - 1, Math.max(0, Math.ceil(q * s.length) - 1))].toFixed(2) : null;
};

// ---- session ----
try {
	const init = await withTimeout(
		request('initialize', {
			processId: process.pid,
			clientInfo: { name: 'lsp-latency' },
			rootUri,
			rootPath: root,
			workspaceFolders: [{ uri: rootUri, name: path.basename(root) }],
			initializationOptions: json(o.init),
			capabilities: {
				workspace: {
					configuration: true,
					workspaceFolders: true,
					didChangeConfiguration: { dynamicRegistration: true },
					didChangeWatchedFiles: { dynamicRegistration: true },
					diagnostics: o['no-pull-capability'] ? undefined : { refreshSupport: true },
				},
				textDocument: {
					synchronization: { dynamicRegistration: true, didSave: true },
					publishDiagnostics: { versionSupport: true, relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
					hover: { contentFormat: ['markdown'] },
					completion: { completionItem: { snippetSupport: true } },
					documentSymbol: { hierarchicalDocumentSymbolSupport: true },
					semanticTokens: { requests: { full: true }, tokenTypes: [], tokenModifiers: [], formats: ['relative'] },
					...(o['no-pull-capability'] ? {} : { diagnostic: { dynamicRegistration: true } }),
				},
				general: { positionEncodings: ['utf-16'] },
			},
		}),
		'initialize',
	);
	const initMs = performance.now() - t0,
		caps = init.capabilities;
	notify('initialized', {});
	if (o.settings) notify('workspace/didChangeConfiguration', { settings: o.section ? { [o.section]: settings } : settings });
	const sync = typeof caps.textDocumentSync === 'object' ? caps.textDocumentSync.change : caps.textDocumentSync;
	let mode = o.mode,
		version = 1;
	const middle = Math.min(lines.length - 1, Number(o.line ?? lines.length >> 1));
	const asked = o.at === undefined ? middle : lines.findIndex((line, index) => middle <= index && line.includes(o.at));
	if (asked < 0) throw new Error(`"${o.at}" stands nowhere in the second half`);
	const position = { line: asked, character: o.at === undefined ? 0 : lines[asked].indexOf(o.at) + o.at.length };
	const ask = {
		hover: () => request('textDocument/hover', { textDocument: { uri }, position }),
		completion: () => request('textDocument/completion', { textDocument: { uri }, position }),
		codeAction: () =>
			request('textDocument/codeAction', {
				textDocument: { uri },
				range: { start: position, end: position },
				context: { diagnostics: [] },
			}),
		semanticTokens: () => request('textDocument/semanticTokens/full', { textDocument: { uri } }),
		documentSymbol: () => request('textDocument/documentSymbol', { textDocument: { uri } }),
		// VS Code says which answer it has, so that the server may say that it still holds.
		pull: () =>
			request('textDocument/diagnostic', {
				textDocument: { uri },
				identifier: caps.diagnosticProvider?.identifier,
				previousResultId: lastResult,
			}),
	};
	// the answer that belongs to `version`: an exact version when the server sends versions, else the next push
	const pushFor = v =>
		new Promise(ok => {
			onPush = p => {
				if (p.version == null || p.version >= v) {
					onPush = null;
					ok(p);
				}
			};
		});
	let lastCount = null;
	let lastResult;
	const answer = async (v, arm) => {
		if (mode === 'push') {
			const p = await withTimeout(arm, `diagnostics for version ${v}`);
			lastCount = p.n;
			return p.t;
		}
		for (;;)
			try {
				const r = await withTimeout(ask[mode](), mode);
				lastResult = r?.resultId;
				if (r?.kind !== 'unchanged') lastCount = r?.items?.length ?? (Array.isArray(r) ? r.length : r ? 1 : 0);
				return performance.now();
			} catch (e) {
				if (e.code !== -32802 && e.code !== -32801) throw e;
			} // server cancelled / content modified: ask again
	};
	const tOpen = performance.now();
	const firstPush = pushFor(version);
	firstPush.catch(() => {});
	notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
	if (mode === 'auto') mode = caps.diagnosticProvider ? 'pull' : 'push';
	const tFirst = await answer(version, firstPush);
	onPush = null;
	const first = { open_ms: +(tFirst - tOpen).toFixed(1), from_spawn_ms: +(tFirst - t0).toFixed(1), count: lastCount };
	let all = first;
	const settled = performance.now() + Number(o.settle);
	while (performance.now() < settled) {
		const before = refreshes;
		await sleep(5);
		if (refreshes === before || mode !== 'pull') continue;
		await answer(version, null);
		if (lastCount !== all.count) all = { from_spawn_ms: +(performance.now() - t0).toFixed(1), count: lastCount };
	}
	if (mode === 'push' && pushes.length) all = { from_spawn_ms: +(pushes.at(-1).t - t0).toFixed(1), count: pushes.at(-1).n };
	const memFirst = memory();

	const doc = lines.slice();
	function change(line, ch, del, ins) {
		// one edit, applied to our copy and sent
		const from = { line, character: ch },
			to = { line, character: ch + del };
		doc[line] = doc[line].slice(0, ch) + ins + doc[line].slice(ch + del);
		version++;
		notify('textDocument/didChange', {
			textDocument: { uri, version },
			contentChanges: [sync === 2 ? { range: { start: from, end: to }, rangeLength: del, text: ins } : { text: doc.join('\n') }],
		});
	}
	const N = Number(o.edits),
		warm = Number(o.warmup),
		lat = [],
		counts = new Set();
	const script = i => {
		if (o.pattern === 'toggle') {
			// pairs of insert/delete on lines spread over the document
			const pair = i >> 1,
				line = (pair * 7919) % doc.length,
				eol = doc[line].length - (doc[line].endsWith('\r') ? 1 : 0);
			return i % 2 === 0 ? [line, eol, 0, o.char] : [line, eol - o.char.length, o.char.length, ''];
		}
		const L = o.text.length,
			k = i % (2 * L),
			line = position.line; // type forwards, then delete backwards
		return k < L ? [line, k, 0, o.text[k]] : [line, 2 * L - 1 - k, 1, ''];
	};
	if (o.pattern !== 'toggle') {
		// an empty line of our own to type on
		doc.splice(position.line, 0, '');
		version++;
		const arm = pushFor(version);
		notify('textDocument/didChange', {
			textDocument: { uri, version },
			contentChanges: [sync === 2 ? { range: { start: position, end: position }, rangeLength: 0, text: '\n' } : { text: doc.join('\n') }],
		});
		await answer(version, arm);
	}
	const cpu0 = memory().cpu;
	if (o.pattern === 'burst') {
		for (let i = 0; i < N; i++) {
			const t = performance.now(),
				arm = i === N - 1 ? pushFor(version + 1) : null;
			change(...script(i));
			if (i === N - 1) lat.push((await answer(version, arm)) - t);
			else if (Number(o.interval)) await sleep(Number(o.interval));
		}
	} else
		for (let i = 0; i < warm + N; i++) {
			if (Number(o.interval)) await sleep(Number(o.interval));
			const arm = pushFor(version + 1),
				t = performance.now();
			change(...script(i));
			const done = await answer(version, arm);
			onPush = null;
			if (i >= warm) {
				lat.push(done - t);
				counts.add(lastCount);
			}
		}
	if (o.at !== undefined && counts.has(0)) throw new Error(`${mode} had no answer behind "${o.at}"`);
	const mem = memory();
	ending = true;
	await Promise.race([request('shutdown').catch(() => {}), sleep(1000)]);
	notify('exit');
	await sleep(50);
	child.kill('SIGKILL');
	const out = {
		server: server.map(s => path.basename(s)).join(' '),
		file: path.basename(file),
		lines: lines.length,
		bytes: Buffer.byteLength(text),
		languageId,
		mode,
		pattern: o.pattern,
		sync: sync === 2 ? 'incremental' : 'full',
		versioned: pushes.some(p => p.version != null),
		edits: lat.length,
		p50: quantile(lat, 0.5),
		p95: quantile(lat, 0.95),
		p99: quantile(lat, 0.99),
		max: quantile(lat, 1),
		min: quantile(lat, 0),
		cpu_per_edit_ms: +((mem.cpu - cpu0) / (lat.length + (o.pattern === 'burst' ? N - 1 : warm))).toFixed(2),
		initialize_ms: +initMs.toFixed(1),
		first_diagnostic_from_spawn_ms: first.from_spawn_ms,
		all_diagnostics_from_spawn_ms: all.from_spawn_ms,
		diagnostics_all: all.count,
		first_diagnostic_from_open_ms: first.open_ms,
		diagnostics_first: first.count,
		diagnostics_seen: [...counts].slice(0, 8),
		rss_after_first_mb: memFirst.rss,
		rss_end_mb: mem.rss,
		rss_peak_mb: mem.peak,
		processes: mem.n,
	};
	if (o.json) console.log(JSON.stringify(out));
	else {
		for (const [k, v] of Object.entries(out)) console.log(`${k.padEnd(32)} ${Array.isArray(v) ? v.join(',') : v}`);
	}
	process.exit(0);
} catch (e) {
	fail(e.message);
}
