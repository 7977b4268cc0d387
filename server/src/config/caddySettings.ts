import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { AnalysisOptions } from '../model/analysis';
import { checkKeys, type ProjectReader } from './projectFile';

export type CaddyVersion = AnalysisOptions['caddyVersion'];

/** The versions of Caddy that differ in what they make of a Caddyfile: the released one, and Caddy's main branch. */
export const caddyVersions: readonly CaddyVersion[] = ['2.11', 'next'];

/** The version of that name, or null. */
export function caddyVersionNamed(name: unknown): CaddyVersion | null {
	return caddyVersions.find(version => version === name) ?? null;
}

/** Reads `"caddy": { "version": "2.11" }`; null where nothing is said. What is wrong is told to `reader` and does not count. */
export function readCaddyVersion(node: Node | undefined, reader: ProjectReader): CaddyVersion | null {
	if (node === undefined) return null;
	if (node.type !== 'object') {
		reader.problem(node, 'error', '"caddy" is an object: { "version": "2.11" }.');
		return null;
	}
	checkKeys(node, ['version'], '"caddy" object', reader);
	const version = findNodeAtLocation(node, ['version']);
	if (version === undefined) return null;
	const found = caddyVersionNamed(version.value);
	if (found === null)
		reader.problem(version, 'error', '"version" is "2.11" for Caddy 2.11 and before, or "next" for the main branch of Caddy.');
	return found;
}
