import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { parse } from 'jsonc-parser';
import { readProjectFile } from '../../server/src/config/projectFile';
import { projectFileSchema } from '../../server/src/config/projectFileSchema';
import { createSource } from '../../server/src/text/source';

/** The mistakes in a project file: `severity "the text at the place": message`. */
function mistakes(text: string): readonly string[] {
	const source = createSource('/workspace/.headerlintrc.json', text);
	return readProjectFile(source).problems.map(
		({ severity, message, place }) => `${severity} ${text.slice(place.span.start, place.span.end)} | ${message}`,
	);
}

/** The schema as an editor uses it; it knows nothing of registrable domains, comments and doubled keys. */
const fitsSchema = new Ajv({ strict: false }).compile(projectFileSchema());

const good = `{
	// why
	"profile": "api",
	"rules": { "xfo-invalid": "off", "csp-missing": ["warning", { "x": 1 }] },
	"overrides": [{ "files": "public/**", "rules": { "csp-missing": "error" } }],
	"ignore": ["legacy", "*.gen.ts"],
	"hsts": { "preload": { "acknowledged": [{ "domain": "Example.com", "date": "2026-11-22", "note": "all HTTPS" }] } },
	"upstreams": { "localhost:3000": "./src/../app.ts" },
	"caddy": { "version": "next" },
}`;

describe('a project file', () => {
	it('is read whole', () => {
		const file = readProjectFile(createSource('/workspace/sub/.headerlintrc.json', good));
		assert.deepEqual(file.problems, []);
		assert.equal(file.settings.profile, 'api');
		assert.deepEqual(
			[...file.settings.severities],
			[
				['xfo-invalid', 'off'],
				['csp-missing', 'warning'],
			],
		);
		assert.deepEqual([...file.settings.ruleOptions], [['csp-missing', { x: 1 }]]);
		assert.deepEqual([...file.upstreams], [['localhost:3000', '/workspace/sub/app.ts']]);
		assert.equal(file.caddyVersion, 'next');
		assert.deepEqual(
			file.acknowledgedPreload.map(({ domain, reason }) => ({ domain, reason })),
			[{ domain: 'example.com', reason: 'all HTTPS' }],
		);
		const ignored = ['legacy/a.ts', 'legacy/b/c.ts', 'x/y.gen.ts', 'src/legacy.ts'].map(name => file.ignores(`/workspace/sub/${name}`));
		assert.deepEqual(ignored, [true, true, true, false]);
		assert.equal(file.ignores('/workspace/legacy/a.ts'), false, 'globs are relative to the file');
		assert.equal(file.overrides[0]?.matches('/workspace/sub/public/a/b.ts'), true);
	});

	it('may be wrong in many ways, each told at its place', () => {
		assert.deepEqual(mistakes('{ "profle": "api" }'), [
			'warning "profle" | "profle" has no meaning in a project file: did you mean "profile"?',
		]);
		assert.deepEqual(mistakes('{ "profile": "html" }'), ['error "html" | "profile" is one of "ui", "api", "public-asset", "strict".']);
		assert.deepEqual(mistakes('{ "rules": { "xfo-invalud": "off" } }'), [
			'warning "xfo-invalud" | There is no rule "xfo-invalud": did you mean "xfo-invalid"?',
		]);
		assert.deepEqual(mistakes('{ "rules": { "xfo-invalid": 2 } }'), [
			'error 2 | A rule is set to "off", "info", "warning" or "error", or to one of them with options: ["warning", { }].',
		]);
		assert.deepEqual(mistakes('{ "overrides": [{ "profile": "api" }] }'), [
			'error { "profile": "api" } | An override is an object that names its files: { "files": ["api/**"], "rules": { } }.',
		]);
		assert.deepEqual(mistakes('{ "ignore": [1] }'), ['error 1 | "ignore" holds globs as strings, for example "legacy/**".']);
		assert.deepEqual(mistakes('{ "upstreams": { "localhost:3000": true } }'), [
			'error true | An upstream is the path of the file that makes the app, relative to this file: "src/server.ts".',
		]);
		assert.deepEqual(mistakes('{ "caddy": { "version": 2.11 } }'), [
			'error 2.11 | "version" is "2.11" for Caddy 2.11 and before, or "next" for the main branch of Caddy.',
		]);
		assert.deepEqual(mistakes('{ "caddy": "next" }'), ['error "next" | "caddy" is an object: { "version": "2.11" }.']);
		assert.deepEqual(mistakes('{ "caddy": { "versoin": "next" } }'), [
			'warning "versoin" | "versoin" has no meaning in a "caddy" object: did you mean "version"?',
		]);
		assert.deepEqual(mistakes('[]'), ['error [] | A project file holds an object: { "profile": "ui", "rules": { } }.']);
		assert.deepEqual(mistakes(''), ['error  | The project file is empty: write at least "{}".']);
		assert.deepEqual(mistakes('{ "profile": "api" "ignore": [] }'), ['error "ignore" | This is not JSON: comma expected.']);
	});

	it('cannot acknowledge preloading by a bare true, nor without a note, nor for a subdomain', () => {
		const acknowledged = (value: string): readonly string[] => mistakes(`{ "hsts": { "preload": { "acknowledged": ${value} } } }`);
		assert.match(acknowledged('true')[0] ?? '', /^error true \| Preloading is acknowledged domain by domain/);
		assert.match(acknowledged('[{ "domain": "example.com", "note": " " }]')[0] ?? '', /^error " " \| An acknowledgement says why/);
		assert.match(
			acknowledged('[{ "domain": "a.example.com", "note": "x" }]')[0] ?? '',
			/^error "a\.example\.com" \| .* which is "example\.com"/,
		);
	});

	it('holds on where one setting is wrong', () => {
		const file = readProjectFile(
			createSource('/workspace/.headerlintrc.json', '{ "profile": "api", "ignore": 3, "rules": { "xfo-invalid": "of" } }'),
		);
		assert.equal(file.settings.profile, 'api');
		assert.equal(file.problems.length, 2);
	});

	it('never makes the reader throw, whatever is cut off', () => {
		for (let length = 0; length < good.length; length++) assert.doesNotThrow(() => mistakes(good.slice(0, length)));
	});
});

describe('the JSON schema', () => {
	it('is the one in schema/ (npx tsx scripts/project-file-schema.ts)', () => {
		const committed: unknown = JSON.parse(readFileSync(path.resolve(__dirname, '../../schema/headerlintrc.schema.json'), 'utf8'));
		assert.deepEqual(committed, JSON.parse(JSON.stringify(projectFileSchema())));
	});

	it('accepts what the reader accepts and refuses what it refuses', () => {
		const texts = [
			good,
			'{}',
			'{ "profle": "api" }',
			'{ "profile": "html" }',
			'{ "rules": { "xfo-invalud": "off" } }',
			'{ "rules": { "xfo-invalid": 2 } }',
			'{ "rules": { "xfo-invalid": ["error", 3] } }',
			'{ "overrides": [{ "profile": "api" }] }',
			'{ "overrides": [{ "files": [] , "rules": {} }] }',
			'{ "ignore": [1] }',
			'{ "hsts": { "preload": { "acknowledged": true } } }',
			'{ "hsts": { "preload": { "acknowledged": [{ "domain": "example.com" }] } } }',
			'{ "upstreams": { "localhost:3000": "" } }',
		];
		for (const text of texts) assert.equal(fitsSchema(parse(text)), mistakes(text).length === 0, text);
	});
});
