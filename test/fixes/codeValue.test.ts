import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { analyzeJavaScript } from '../../server/src/express/analyze';
import { applyEdits } from '../../server/src/text/edit';
import { createSource } from '../../server/src/text/source';
import { linterHost, workspaceTexts } from '../support/lintText';

const path = '/workspace/app.ts';

/** The file around the options of a helmet call. */
function app(options: string): string {
	return `import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.use(helmet(${options}));\n`;
}

/** Asks the writer for another value of a header, and answers with the options afterwards. */
function changed(options: string, header: string, value: string): string | null {
	const text = app(options);
	const result = changedText(text, header, value);
	if (result === null) return null;
	const [head = '', tail = ''] = app('\0').split('\0');
	assert.ok(result.startsWith(head) && result.endsWith(tail), `something else was touched:\n${result}`);
	return result.slice(head.length, result.length - tail.length);
}

/** The whole file afterwards; null where no fix is offered. */
function changedText(text: string, header: string, value: string): string | null {
	const texts = { ...workspaceTexts({}), [path]: text };
	const analysis = analyzeJavaScript(createSource(path, text), linterHost(texts, {}));
	const operation = analysis.surfaces
		.flatMap(surface => surface.operations)
		.find(({ name, value: sent }) => name === header && sent !== null);
	assert.ok(operation !== undefined, `${header} is not set in\n${text}`);
	const edits = analysis.write({
		kind: 'change-value',
		operation,
		edits: [{ start: 0, end: operation.value?.text.length ?? 0, text: value }],
	});
	if (edits === null) return null;
	const result = applyEdits(text, edits);
	const again = analyzeJavaScript(createSource(path, result), linterHost({ ...texts, [path]: result }, {}));
	const sent = again.surfaces.flatMap(surface => surface.operations).find(({ name, value: now }) => name === header && now !== null);
	assert.deepEqual(parts(sent?.value?.text ?? ''), parts(value), 'the file sends the value asked for');
	return result;
}

/** Directives in any order: helmet decides it. */
function parts(value: string): readonly string[] {
	return value
		.split(';')
		.map(part => part.trim())
		.sort();
}

const defaults =
	"base-uri 'self';font-src 'self' https: data:;form-action 'self';frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src-attr 'none';style-src 'self' https: 'unsafe-inline';upgrade-insecure-requests";
const policy = 'Content-Security-Policy';
const hsts = 'Strict-Transport-Security';

describe('changing a value of helmet changes its options', () => {
	describe(policy, () => {
		const directives = (inner: string): string => `{ contentSecurityPolicy: { directives: { ${inner} } } }`;

		it('replaces an array element', () => {
			assert.equal(
				changed(
					directives(`scriptSrc: ["'self'", 'http://cdn.example.com']`),
					policy,
					`default-src 'self';script-src 'self' https://cdn.example.com;${defaults}`,
				),
				directives(`scriptSrc: ["'self'", 'https://cdn.example.com']`),
			);
		});
		it('removes the last, the first and the only element', () => {
			const self = `default-src 'self';script-src 'self';${defaults}`;
			assert.equal(changed(directives(`scriptSrc: ["'self'", "'unsafe-inline'"]`), policy, self), directives(`scriptSrc: ["'self'"]`));
			assert.equal(changed(directives(`scriptSrc: ["'unsafe-eval'", "'self'"]`), policy, self), directives(`scriptSrc: ["'self'"]`));
			assert.equal(changed(directives(`scriptSrc: ["'unsafe-eval'"]`), policy, self), directives(`scriptSrc: ["'self'"]`));
		});
		it('removes neighbours at the end', () => {
			assert.equal(
				changed(directives(`scriptSrc: ["'self'", 'https:', 'http:']`), policy, `default-src 'self';script-src 'self';${defaults}`),
				directives(`scriptSrc: ["'self'"]`),
			);
		});
		it('adds an element in the layout of the array', () => {
			const list = (extra: string): string =>
				`{\n\tcontentSecurityPolicy: {\n\t\tdirectives: {\n\t\t\tscriptSrc: [\n\t\t\t\t"'self'", // ours\n${extra}\t\t\t],\n\t\t},\n\t},\n}`;
			assert.equal(
				changed(list(''), policy, `default-src 'self';script-src 'self' https://cdn.example.com;${defaults}`),
				list("\t\t\t\t'https://cdn.example.com',\n"),
			);
		});
		it('changes a string that holds several sources', () => {
			assert.equal(
				changed(
					directives(`scriptSrc: "'self' 'unsafe-inline' https:"`),
					policy,
					`default-src 'self';script-src 'self' https:;${defaults}`,
				),
				directives(`scriptSrc: "'self' https:"`),
			);
		});
		it('changes one of several sources in an element', () => {
			assert.equal(
				changed(directives(`scriptSrc: ["'self' http:", 'https:']`), policy, `default-src 'self';script-src 'self' https:;${defaults}`),
				directives(`scriptSrc: ["'self'", 'https:']`),
			);
		});
		it('adds a directive, with the indentation and the comma of the others', () => {
			const block = (extra: string): string =>
				`{\n  contentSecurityPolicy: {\n    directives: {\n      scriptSrc: ["'self'"] // scripts\n${extra}    }\n  }\n}`;
			assert.equal(
				changed(block(''), policy, `default-src 'self';script-src 'self';${defaults};worker-src 'none'`),
				block(`      workerSrc: ["'none'"]\n`).replace('"] // scripts', '"], // scripts'),
			);
		});
		it('writes kebab-case keys where the others are', () => {
			assert.equal(
				changed(directives(`'script-src': ["'self'"]`), policy, `default-src 'self';script-src 'self';${defaults};worker-src 'none'`),
				directives(`'script-src': ["'self'"], 'worker-src': ["'none'"]`),
			);
		});
		it('renames a misspelled directive', () => {
			assert.equal(
				changed(directives(`scriptsSrc: ["'self'", 'https:']`), policy, `default-src 'self';${defaults};script-src 'self' https:`),
				directives(`scriptSrc: ["'self'", 'https:']`),
			);
			assert.equal(
				changed(directives(`workrSrc: ["'self'"]`), policy, `default-src 'self';script-src 'self';${defaults};worker-src 'self'`),
				directives(`workerSrc: ["'self'"]`),
			);
		});
		it('switches a default off with null, and takes an own directive out', () => {
			assert.equal(
				changed(
					directives(`upgradeInsecureRequests: [], workerSrc: ["'self'"]`),
					policy,
					`default-src 'self';script-src 'self';${defaults.replace(';upgrade-insecure-requests', '')}`,
				),
				directives(`upgradeInsecureRequests: null`),
			);
		});
		it('keeps what comes from elsewhere', () => {
			assert.equal(
				changed(
					directives(`scriptSrc: ["'self'", process.env.CDN, 'http:']`),
					policy,
					`default-src 'self';script-src 'self' \uE001;${defaults}`,
				),
				directives(`scriptSrc: ["'self'", process.env.CDN]`),
			);
		});
		it('edits a constant where it is written', () => {
			const file = (sources: string): string =>
				`import express from 'express';\nimport helmet from 'helmet';\nconst sources = [${sources}];\nconst app = express();\napp.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: sources } } }));\n`;
			assert.equal(changedText(file(`"'self'", 'http:'`), policy, `default-src 'self';script-src 'self';${defaults}`), file(`"'self'"`));
		});
	});

	describe(hsts, () => {
		it('changes maxAge and includeSubDomains, and takes preload back', () => {
			assert.equal(
				changed('{ hsts: { maxAge: 3600, includeSubDomains: false, preload: true } }', hsts, 'max-age=31536000; includeSubDomains'),
				'{ hsts: { maxAge: 31536000, includeSubDomains: true, preload: false } }',
			);
		});
		it('adds what is not written', () => {
			assert.equal(
				changed('{ hsts: { preload: true } }', hsts, 'max-age=63072000; preload'),
				'{ hsts: { preload: true, maxAge: 63072000, includeSubDomains: false } }',
			);
		});
		it('changes the standalone middleware', () => {
			const file = (options: string): string =>
				`import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.use(helmet.hsts(${options}));\n`;
			assert.equal(changedText(file('{ maxAge: 60 }'), hsts, 'max-age=31536000; includeSubDomains'), file('{ maxAge: 31536000 }'));
		});
	});

	describe('headers of one word', () => {
		it('change in the property that holds the word', () => {
			assert.equal(
				changed(`{ referrerPolicy: { policy: 'unsafe-url' } }`, 'Referrer-Policy', 'no-referrer'),
				`{ referrerPolicy: { policy: 'no-referrer' } }`,
			);
			assert.equal(changed(`{ frameguard: { action: 'sameorigin' } }`, 'X-Frame-Options', 'DENY'), `{ frameguard: { action: 'deny' } }`);
			assert.equal(
				changed(`{ crossOriginResourcePolicy: { policy: "cross-origin" } }`, 'Cross-Origin-Resource-Policy', 'same-origin'),
				`{ crossOriginResourcePolicy: { policy: "same-origin" } }`,
			);
		});
		it('become a list where they are several', () => {
			assert.equal(
				changed(`{ referrerPolicy: { policy: 'origin' } }`, 'Referrer-Policy', 'no-referrer,strict-origin'),
				`{ referrerPolicy: { policy: ['no-referrer', 'strict-origin'] } }`,
			);
		});
	});

	describe('headers set by hand', () => {
		const file = (statement: string): string =>
			`import express from 'express';\nconst app = express();\napp.use((req, res, next) => {\n\t${statement}\n\tnext();\n});\n`;
		it('change inside their string', () => {
			assert.equal(
				changedText(file(`res.setHeader('Referrer-Policy', "unsafe-url"); // why`), 'Referrer-Policy', 'no-referrer'),
				file(`res.setHeader('Referrer-Policy', "no-referrer"); // why`),
			);
		});
		it('get escapes where the quotes ask for them', () => {
			assert.equal(
				changedText(file(`res.set('Content-Security-Policy', 'default-src *');`), policy, "default-src 'self'"),
				file(`res.set('Content-Security-Policy', 'default-src \\'self\\'');`),
			);
		});
	});
});
