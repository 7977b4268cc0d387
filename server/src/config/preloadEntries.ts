import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import * as v from 'valibot';
import { preloadDomainProblem } from './acknowledgements';
import { checkKeys, type ProjectReader } from './projectFile';
import type { PreloadAcknowledgement } from './types';

/**
 * Reads `hsts.preload.acknowledged` (spec/header-policy.md section 3): entries `{ "domain", "date", "note" }`. A domain that is
 * not registrable, an empty note and a bare `true` acknowledge nothing and are reported.
 */
export function readAcknowledgements(hsts: Node | undefined, reader: ProjectReader): readonly PreloadAcknowledgement[] {
	const preload = objectIn(hsts, 'hsts', ['preload'], reader);
	const entries = objectIn(preload, 'hsts.preload', ['acknowledged'], reader);
	if (entries === undefined) return [];
	if (entries.type !== 'array') {
		reader.problem(
			entries,
			'error',
			'Preloading is acknowledged domain by domain, because each of them is hard to take back: [{ "domain": "example.com", "date": "2026-11-22", "note": "all subdomains are HTTPS" }].',
		);
		return [];
	}
	return (entries.children ?? []).flatMap(entry => readEntry(entry, reader) ?? []);
}

const entrySchema = v.object({
	domain: v.pipe(v.string(), v.minLength(1)),
	note: v.pipe(v.string(), v.trim(), v.minLength(1)),
	date: v.optional(v.pipe(v.string(), v.isoDate())),
});

const complaints: Readonly<Record<string, string>> = {
	domain: 'An acknowledgement names the domain it is for: "domain": "example.com".',
	note: 'An acknowledgement says why it is safe: "note": "all subdomains are HTTPS". Without a reason it does not count.',
	date: 'The date of an acknowledgement is written as "2026-11-22".',
};

function readEntry(entry: Node, reader: ProjectReader): PreloadAcknowledgement | null {
	if (entry.type !== 'object') {
		reader.problem(
			entry,
			'error',
			'An acknowledgement is an object: { "domain": "example.com", "date": "2026-11-22", "note": "all subdomains are HTTPS" }.',
		);
		return null;
	}
	checkKeys(entry, ['domain', 'date', 'note'], 'acknowledgement', reader);
	const result = v.safeParse(entrySchema, getNodeValue(entry));
	if (!result.success) {
		for (const issue of result.issues) {
			const key = String(issue.path?.[0]?.key ?? 'domain');
			reader.problem(findNodeAtLocation(entry, [key]) ?? entry, 'error', complaints[key] ?? issue.message);
		}
		return null;
	}
	const problem = preloadDomainProblem(result.output.domain);
	if (problem !== null) {
		reader.problem(findNodeAtLocation(entry, ['domain']) ?? entry, 'error', `${problem}, so this acknowledgement does not count.`);
		return null;
	}
	return {
		domain: result.output.domain.toLowerCase(),
		reason: result.output.note,
		place: { path: reader.source.path, span: { start: entry.offset, end: entry.offset + entry.length } },
	};
}

/** The value of the one key of an object that has only this key. */
function objectIn(node: Node | undefined, name: string, keys: readonly [string], reader: ProjectReader): Node | undefined {
	if (node === undefined) return undefined;
	if (node.type !== 'object') {
		reader.problem(node, 'error', `"${name}" is an object: { "${keys[0]}": ... }.`);
		return undefined;
	}
	checkKeys(node, keys, `"${name}"`, reader);
	return findNodeAtLocation(node, [...keys]);
}
