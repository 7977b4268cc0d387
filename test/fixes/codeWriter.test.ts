import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import ts from 'typescript';
import { analyzeJavaScript } from '../../server/src/express/analyze';
import type { FixIntent, HeaderField } from '../../server/src/fixes/intent';
import type { DocumentAnalysis } from '../../server/src/model/analysis';
import { applyEdits } from '../../server/src/text/edit';
import { createSource } from '../../server/src/text/source';
import { linterHost, workspaceTexts } from '../support/lintText';

const permissions: HeaderField = { name: 'Permissions-Policy', value: 'camera=()' };
const nosniff: HeaderField = { name: 'X-Content-Type-Options', value: 'nosniff' };
const frame: HeaderField = { name: 'X-Frame-Options', value: 'DENY' };
const policy: HeaderField = {
	name: 'Content-Security-Policy',
	value: "default-src 'self'; img-src 'self' data: https:; frame-ancestors 'none'",
};

/** `others`: the files beside it by name, in place of the usual ones with helmet 8. */
function analyze(text: string, name: string, others?: Readonly<Record<string, string>>): DocumentAnalysis {
	const file = `/workspace/${name}`;
	const beside =
		others === undefined
			? workspaceTexts({})
			: Object.fromEntries(Object.entries(others).map(([path, content]) => [`/workspace/${path}`, content]));
	return analyzeJavaScript(createSource(file, text), linterHost({ ...beside, [file]: text }, {}));
}

/** The text after a fix for its first app; null where none is offered. */
function fixed(
	text: string,
	intent: (analysis: DocumentAnalysis) => FixIntent,
	name = 'app.ts',
	others?: Readonly<Record<string, string>>,
): string | null {
	const analysis = analyze(text, name, others);
	const edits = analysis.write(intent(analysis));
	return edits === null ? null : applyEdits(text, edits);
}

/** Adds headers to the first surface. */
function withHeaders(...headers: readonly HeaderField[]): (analysis: DocumentAnalysis) => FixIntent {
	return analysis => ({ kind: 'insert-headers', surface: surfaceOf(analysis), headers });
}

const withoutPoweredBy = (analysis: DocumentAnalysis): FixIntent => ({
	kind: 'remove-headers',
	surface: surfaceOf(analysis),
	names: ['X-Powered-By'],
});

/** Takes the one operation of that header out. */
function without(header: string): (analysis: DocumentAnalysis) => FixIntent {
	return analysis => {
		const operation = analysis.surfaces.flatMap(surface => surface.operations).find(({ name }) => name === header);
		assert.ok(operation !== undefined, `${header} is not there`);
		return { kind: 'remove-operation', operation };
	};
}

function surfaceOf(analysis: DocumentAnalysis) {
	const [surface] = analysis.surfaces;
	assert.ok(surface !== undefined, 'the file has no app');
	return surface;
}

describe('adding headers to an app', () => {
	it('mounts helmet first, with what its defaults do not give, and a middleware for the rest', () => {
		assert.equal(
			fixed(
				"import express from 'express';\n\nconst app = express(); // ours\napp.get('/', (req, res) => res.send('hello'));\n",
				withHeaders(permissions, nosniff, frame),
			),
			"import express from 'express';\nimport helmet from 'helmet';\n\nconst app = express(); // ours\napp.use(helmet({ frameguard: { action: 'deny' } }));\napp.use((_req, res, next) => {\n  res.setHeader('Permissions-Policy', 'camera=()');\n  next();\n});\napp.get('/', (req, res) => res.send('hello'));\n",
		);
	});
	it('follows the file: require, double quotes, no semicolons, tabs, CRLF', () => {
		assert.equal(
			fixed(
				'const express = require("express")\r\nconst app = express()\r\nfunction x() {\r\n\treturn "x"\r\n}\r\napp.get("/", (req, res) => res.send(x()))\r\n',
				withHeaders(permissions, nosniff),
				'app.js',
			),
			'const express = require("express")\r\nconst helmet = require("helmet")\r\nconst app = express()\r\napp.use(helmet())\r\napp.use((_req, res, next) => {\r\n\tres.setHeader("Permissions-Policy", "camera=()")\r\n\tnext()\r\n})\r\nfunction x() {\r\n\treturn "x"\r\n}\r\napp.get("/", (req, res) => res.send(x()))\r\n',
		);
	});
	it('writes only the directives that helmet does not send anyway', () => {
		const text = fixed(
			"import express from 'express';\nconst app = express();\napp.get('/', (req, res) => res.send('hello'));\n",
			withHeaders(policy, nosniff),
		);
		assert.match(
			text ?? '',
			/app\.use\(helmet\(\{\n {2}contentSecurityPolicy: \{\n {4}directives: \{ imgSrc: \["'self'", 'data:', 'https:'\], frameAncestors: \["'none'"\] \},\n {2}\},\n\}\)\);/,
		);
	});
	it('sets a single header by hand', () => {
		assert.equal(
			fixed("import express from 'express';\nconst app = express();\napp.get('/', (req, res) => res.send('hello'));\n", withHeaders(frame)),
			"import express from 'express';\nconst app = express();\napp.use((_req, res, next) => {\n  res.setHeader('X-Frame-Options', 'DENY');\n  next();\n});\napp.get('/', (req, res) => res.send('hello'));\n",
		);
	});
	it('repairs the options of the helmet that is there, and adds the rest behind it', () => {
		assert.equal(
			fixed(
				"import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.use(helmet({ frameguard: false, noSniff: false }));\napp.get('/', (req, res) => res.send('hello'));\n",
				withHeaders(frame, permissions),
			),
			"import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.use(helmet({ frameguard: { action: 'deny' }, noSniff: false }));\napp.use((_req, res, next) => {\n  res.setHeader('Permissions-Policy', 'camera=()');\n  next();\n});\napp.get('/', (req, res) => res.send('hello'));\n",
		);
	});
	it('stands above the routes where helmet comes too late', () => {
		assert.equal(
			fixed(
				"import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.get('/', (req, res) => res.send('hello'));\napp.use(helmet());\n",
				withHeaders(permissions),
			),
			"import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.use((_req, res, next) => {\n  res.setHeader('Permissions-Policy', 'camera=()');\n  next();\n});\napp.get('/', (req, res) => res.send('hello'));\napp.use(helmet());\n",
		);
	});
	it('requires helmet above its use, also where other modules are required further down', () => {
		assert.equal(
			fixed(
				"const express = require('express');\nconst app = express();\nconst routes = require('./routes');\napp.use(routes);\napp.get('/', (req, res) => res.send('hello'));\n",
				withHeaders(nosniff, frame),
				'app.js',
			),
			"const express = require('express');\nconst helmet = require('helmet');\nconst app = express();\napp.use(helmet({ frameguard: { action: 'deny' } }));\nconst routes = require('./routes');\napp.use(routes);\napp.get('/', (req, res) => res.send('hello'));\n",
		);
	});
	it('mounts no helmet that is required further down', () => {
		assert.equal(
			fixed(
				"const express = require('express');\nconst app = express();\nconst helmet = require('helmet');\napp.use('/admin', helmet());\n",
				withHeaders(nosniff, frame),
				'app.js',
			),
			null,
		);
	});
	it('imports no helmet that package.json does not have', () => {
		const text = "import express from 'express';\nconst app = express();\napp.get('/', (req, res) => res.send('hello'));\n";
		assert.equal(
			fixed(text, withHeaders(nosniff, frame), 'app.ts', { 'package.json': '{ "dependencies": { "express": "^5.0.0" } }' }),
			"import express from 'express';\nconst app = express();\napp.use((_req, res, next) => {\n  res.setHeader('X-Content-Type-Options', 'nosniff');\n  res.setHeader('X-Frame-Options', 'DENY');\n  next();\n});\napp.get('/', (req, res) => res.send('hello'));\n",
		);
	});
	it('asks of helmet what its version can do: the whole policy of helmet 3, and what it does not know by hand', () => {
		const corp: HeaderField = { name: 'Cross-Origin-Resource-Policy', value: 'same-origin' };
		assert.equal(
			fixed(
				"import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.use(helmet());\napp.get('/', (req, res) => res.send('hello'));\n",
				withHeaders({ name: 'Content-Security-Policy', value: "default-src 'self'; object-src 'none'" }, corp, frame),
				'app.ts',
				{ 'package.json': '{ "dependencies": { "helmet": "^3.21.2" } }' },
			),
			"import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.use(helmet({\n  contentSecurityPolicy: { directives: { defaultSrc: [\"'self'\"], objectSrc: [\"'none'\"] } },\n  frameguard: { action: 'deny' },\n}));\napp.use((_req, res, next) => {\n  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');\n  next();\n});\napp.get('/', (req, res) => res.send('hello'));\n",
		);
	});
	it('calls the app what its own file calls it', () => {
		const text = "import express from 'express';\nimport { setUp } from './setUp';\nconst app = express();\nsetUp({ app });\n";
		const setUp = "export function setUp(input) {\n  input.app.get('/', (req, res) => res.send('hello'));\n}\n";
		assert.equal(
			fixed(text, withHeaders(permissions), 'app.ts', { 'setUp.ts': setUp }),
			"import express from 'express';\nimport { setUp } from './setUp';\nconst app = express();\napp.use((_req, res, next) => {\n  res.setHeader('Permissions-Policy', 'camera=()');\n  next();\n});\nsetUp({ app });\n",
		);
	});
});

describe('taking headers out', () => {
	it('disables X-Powered-By behind the creation of the app', () => {
		assert.equal(
			fixed("import express from 'express';\nconst app = express();\napp.get('/', (req, res) => res.send('hello'));\n", withoutPoweredBy),
			"import express from 'express';\nconst app = express();\napp.disable('x-powered-by');\napp.get('/', (req, res) => res.send('hello'));\n",
		);
	});
	it('deletes a statement with its line, and leaves comments', () => {
		const text = (line: string): string =>
			`import express from 'express';\nconst app = express();\napp.use((req, res, next) => {\n  // old browsers\n${line}  next();\n});\n`;
		assert.equal(fixed(text("  res.setHeader('Pragma', 'no-cache');\n"), without('Pragma')), text(''));
	});
	it('keeps a branch without braces whole', () => {
		const text = (statement: string): string =>
			`import express from 'express';\nconst app = express();\napp.use((req, res, next) => {\n  if (req.secure) ${statement}\n  next();\n});\n`;
		assert.equal(fixed(text("res.setHeader('Pragma', 'no-cache');"), without('Pragma')), text('{}'));
	});
	it('takes a link out of a chain', () => {
		const text = (link: string): string =>
			`import express from 'express';\nconst app = express();\napp.get('/', (req, res) => {\n  res${link}.send('hello');\n});\n`;
		assert.equal(fixed(text(".set('Pragma', 'no-cache')"), without('Pragma')), text(''));
	});
	it('switches off what helmet would send by default', () => {
		const text = (value: string): string =>
			`import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.use(helmet({ dnsPrefetchControl: ${value} }));\n`;
		assert.equal(fixed(text('{ allow: true }'), without('X-DNS-Prefetch-Control')), text('false'));
	});
});

describe('comments', () => {
	it('stand above the line, with its indentation', () => {
		const text =
			"import express from 'express';\nconst app = express();\napp.use((req, res, next) => {\n\tres.setHeader('Referrer-Policy', 'origin');\n\tnext();\n});\n";
		assert.equal(
			fixed(text, analysis => {
				const operation = analysis.surfaces.flatMap(surface => surface.operations).find(({ name }) => name === 'Referrer-Policy');
				return {
					kind: 'insert-comment',
					place: operation?.place ?? surfaceOf(analysis).place,
					text: 'headerlint-disable-next-line referrer-policy-unsafe -- agreed',
				};
			}),
			text.replace('\tres.set', '\t// headerlint-disable-next-line referrer-policy-unsafe -- agreed\n\tres.set'),
		);
	});
});

describe('code after fixes', () => {
	const folder = path.resolve(__dirname, '../rules');
	for (const rule of readdirSync(folder)) {
		if (!statSync(path.join(folder, rule)).isDirectory()) continue;
		for (const name of readdirSync(path.join(folder, rule)).filter(file => /\.fixed\.[cm]?[jt]sx?$/.test(file)))
			it(`${rule}/${name} has no syntax error`, () => {
				const text = readFileSync(path.join(folder, rule, name), 'utf8');
				const { diagnostics } = ts.transpileModule(text, {
					fileName: name,
					reportDiagnostics: true,
					compilerOptions: { target: ts.ScriptTarget.ES2023 },
				});
				assert.deepEqual(
					(diagnostics ?? []).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
					[],
				);
			});
	}
});
