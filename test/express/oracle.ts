import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { analyzeJavaScript } from '../../server/src/express/analyze';
import type { DocumentAnalysis } from '../../server/src/model/analysis';
import type { EffectiveResponse } from '../../server/src/model/surface';
import { createSource } from '../../server/src/text/source';
import { memoryFiles } from '../support/memoryFiles';
import { fits } from '../support/predictedValue';
import { ask, type RealAnswer, requestHeaders, withRunning } from './realApp';

/** A small real app: its files (`app.ts` exports the app as `app`), what it runs on, and what it is asked. */
export interface AppFixture {
	readonly name: string;
	readonly files: Readonly<Record<string, string>>;
	/** Which file makes the app; `app.ts` unless named. */
	readonly entry?: string;
	/** The alias of helmet in package.json: `helmet` (8.3), `helmet82`, `helmet7`, ... */
	readonly helmet?: string;
	readonly express?: 'express' | 'express4';
	/** Requests besides `GET /`, a preflight, and a path nobody answers: `GET /users/1`, or `GET / !host=other.example`. */
	readonly requests?: readonly string[];
	/** Some headers depend on what nobody can know statically: `maybe` is the right answer for them. */
	readonly unsure?: boolean;
	/** Values of `process.env` while the app runs. */
	readonly env?: Readonly<Record<string, string>>;
}

/** Header fields that are compared; everything else (Date, ETag, ...) is not security and not predicted. */
const compared =
	/^(?:content-security-policy(?:-report-only)?|strict-transport-security|x-.*|referrer-policy|permissions-policy|cross-origin-.*|origin-agent-cluster|expect-ct|access-control-.*|set-cookie|server|reporting-endpoints|report-to|feature-policy|clear-site-data|surrogate-control|pragma|cache-control|expires)$/;

/** Where the fixtures' files are taken to be; its folder `public` really is there, for what serves files. */
export const root = path.join(__dirname, 'site').replaceAll('\\', '/');

const servedFiles = ['index.html', 'hello.txt', 'folder/index.html', 'Docs/style.css', '.hidden'];

/** The files of a workspace that holds the fixture and has its versions installed, by absolute path. */
export function fixtureFiles(fixture: AppFixture): Readonly<Record<string, string>> {
	const version = (alias: string): string => {
		const manifest: unknown = JSON.parse(readFileSync(path.join(__dirname, '../../node_modules', alias, 'package.json'), 'utf8'));
		return JSON.stringify(manifest);
	};
	const texts: Record<string, string> = {
		[`${root}/package.json`]: JSON.stringify({ name: 'fixture', dependencies: { express: '*', helmet: '*' } }),
		[`${root}/node_modules/helmet/package.json`]: version(fixture.helmet ?? 'helmet'),
		[`${root}/node_modules/express/package.json`]: version(fixture.express ?? 'express'),
	};
	for (const name of servedFiles) texts[`${root}/public/${name}`] = readFileSync(`${root}/public/${name}`, 'utf8');
	for (const [name, text] of Object.entries(fixture.files)) texts[`${root}/${name}`] = text;
	return texts;
}

/** The analysis of a fixture's entry file, in that workspace. */
export function analyzeFixture(fixture: AppFixture): DocumentAnalysis {
	const texts = fixtureFiles(fixture);
	const entry = `${root}/${fixture.entry ?? 'app.ts'}`;
	return analyzeJavaScript(createSource(entry, texts[entry] ?? ''), {
		files: memoryFiles(texts),
		root,
		env: new Map(),
		caddyVersion: '2.11',
	});
}

/** Runs the fixture in this process on 127.0.0.1 and compares every answer with the prediction. */
export async function compareWithRealApp(fixture: AppFixture): Promise<void> {
	const analysis = analyzeFixture(fixture);
	assert.notEqual(analysis.surfaces.length, 0, 'no surface found');
	await withRunning(fixture, root, async port => {
		for (const request of ['GET /', 'OPTIONS /', 'GET /no/such/path', ...(fixture.requests ?? [])]) {
			const { method, url, host } = requestOf(request);
			const real = await ask(port, method, url, host);
			const predicted = analysis.respond({ method, url, headers: requestHeaders(method, host), upstream: null }).response;
			const { differences, unsure } = agreementOf(real, predicted);
			const wrong = fixture.unsure === true ? differences : [...differences, ...unsure];
			assert.deepEqual(wrong, [], `${request} (${real.status})`);
		}
	});
}

/** A request of a fixture, taken apart. */
export function requestOf(request: string): { readonly method: string; readonly url: string; readonly host: string } {
	const [method = 'GET', url = '/', ...more] = request.split(' ');
	return { method, url, host: more.find(each => each.startsWith('!host='))?.slice('!host='.length) ?? '127.0.0.1' };
}

/** How a prediction and the real answer compare. */
export interface Agreement {
	/** Each broken promise, as a sentence; empty where prediction and answer agree. */
	readonly differences: readonly string[];
	/** Header lines sent that were predicted as perhaps there. */
	readonly unsure: readonly string[];
	/** Header lines predicted, and those of them that are promised. */
	readonly lines: number;
	readonly promised: number;
}

/** Compares a prediction with what an app sent: what is promised is there, and nothing that matters is there unpredicted. */
export function agreementOf(real: RealAnswer, { headers: predicted, status, unknowns }: EffectiveResponse): Agreement {
	const differences: string[] = [];
	const unsure: string[] = [];
	const lines = predicted.filter(({ name }) => compared.test(name.toLowerCase()));
	const rest = real.headers.filter(([name]) => compared.test(name));
	// What is promised takes its line before what is only possible.
	const promised = lines.filter(({ certainty }) => certainty === 'always');
	for (const header of [...promised, ...lines.filter(({ certainty }) => certainty === 'maybe')]) {
		const name = header.name.toLowerCase();
		const at = rest.findIndex(([found, value]) => found === name && fits(header.value.text, value));
		if (0 <= at) {
			rest.splice(at, 1);
			if (header.certainty === 'maybe') unsure.push(`only maybe ${header.name}: ${header.value.text}`);
		} else if (header.certainty === 'always') {
			const got = real.headers.filter(([found]) => found === name).map(([, value]) => value);
			differences.push(`predicted ${header.name}: ${header.value.text}, got ${got.length === 0 ? 'none' : got.join(' | ')}`);
		}
	}
	if (unknowns.length === 0) for (const [name, value] of rest) differences.push(`not predicted ${name}: ${value}`);
	if (status !== null && status !== real.status) differences.push(`predicted status ${status}, got ${real.status}`);
	return { differences, unsure, lines: lines.length, promised: promised.length };
}
