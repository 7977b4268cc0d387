import fs from 'node:fs';
import type { DocumentAnalysis, FileReader } from '../../server/src/model/analysis';
import { startCaddy } from '../support/realCaddy';
import { compare } from './agreement';
import { analyze, ask, type Upstream } from './predict';

const upstream: Upstream = {
	status: 200,
	headers: [
		['Content-Type', 'text/html'],
		['X-Powered-By', 'upstream'],
		['X-Frame-Options', 'SAMEORIGIN'],
	],
};

const disk: FileReader = {
	read: file => (fs.existsSync(file) && fs.statSync(file).isFile() ? fs.readFileSync(file, 'utf8') : null),
	list: folder => {
		if (!fs.existsSync(folder)) return null;
		return fs
			.readdirSync(folder, { withFileTypes: true })
			.map(entry => entry.name + (entry.isDirectory() ? '/' : ''))
			.sort();
	},
};

/** What came of comparing predictions with the real Caddy. */
export interface FileAgreement {
	readonly files: number;
	readonly requests: number;
	readonly lines: number;
	readonly promised: number;
	readonly differences: readonly string[];
}

/** A Caddyfile to compare; `path` is where its imports are looked up. */
export interface ComparedFile {
	readonly name: string;
	readonly path: string;
	readonly text: string;
}

/** Runs each file in the real Caddy and asks for every sample request of its sites. Files that Caddy refuses are left out. */
export async function compareFiles(files: readonly ComparedFile[]): Promise<FileAgreement> {
	const totals = { files: 0, requests: 0, lines: 0, promised: 0, differences: [] as string[] };
	for (let at = 0; at < files.length; at += atOnce) {
		for (const result of await Promise.all(files.slice(at, at + atOnce).map(file => checkFile(file)))) {
			totals.differences.push(...result.differences);
			totals.files += result.files;
			totals.requests += result.requests;
			totals.lines += result.lines;
			totals.promised += result.promised;
		}
	}
	const share = ((100 * totals.promised) / totals.lines).toFixed(1);
	console.log(
		`      ${totals.files} files, ${totals.requests} requests, ${totals.lines} header lines predicted, ${share} % of them promised`,
	);
	return totals;
}

/** Caddies that run side by side. */
const atOnce = 4;

/** `again`: whether to start a Caddy anew where another program took its port between the choice of it and the start. */
async function checkFile(file: ComparedFile, again = true): Promise<FileAgreement> {
	const { name, path, text } = file;
	let isLost = false;
	const result = { files: 0, requests: 0, lines: 0, promised: 0, differences: [] as string[] };
	const caddy = await startCaddy({ text, dropUnknown: true, envAuto: true, upstream }).catch(() => null);
	if (caddy === null) return result;
	result.files++;
	try {
		const analysis = analyze(caddy.text, caddy.env, disk, path);
		for (const { method, url } of samples(analysis)) {
			const real = await caddy.request(url, { method });
			if (again && real.error?.includes('ECONNREFUSED') === true) {
				isLost = true;
				break;
			}
			// Hosts like "_fqdn_" get no certificate and so no answer at all.
			if (real.error?.startsWith('no listener') === true || real.error?.includes('EPROTO') === true) continue;
			const agreement = compare(ask(analysis, url, { method, upstream }), real);
			result.requests++;
			result.lines += agreement.lines;
			result.promised += agreement.promised;
			if (agreement.differences.length === 0) continue;
			const sent = real.headers?.map(([field, value]) => `${field}: ${value}`).join('\n  ');
			result.differences.push(
				`${name}: ${method} ${url}\n${agreement.differences.join('\n')}\nreally ${real.status ?? real.error}\n  ${sent}`,
			);
		}
	} finally {
		await caddy.stop();
	}
	return isLost ? checkFile(file, false) : result;
}

/** The requests that stand for each site's classes of answers. */
function samples(analysis: DocumentAnalysis): readonly { readonly method: string; readonly url: string }[] {
	const found = new Map<string, { readonly method: string; readonly url: string }>();
	for (const { responses } of analysis.surfaces)
		for (const { request } of responses) found.set(`${request.method} ${request.url}`, request);
	return [...found.values()];
}
