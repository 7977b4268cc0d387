// Writes the table of header values in docs/comparison.md, where Headerlint and other tools differ: `npx tsx scripts/comparison.ts`.
// What the others say was recorded from the real tools (test/vectors/header-vectors.json, `peers`); what Headerlint says is computed now.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lintVector, readVectors, type Vector } from '../test/support/vectors';
import { section } from './comparisonSection';

interface Opinion {
	readonly objects: boolean;
	readonly words: string;
}

const file = path.resolve(__dirname, '../docs/comparison.md');
const vectors = readVectors().filter(({ peers }) => peers !== undefined);
const rows = vectors.map(row).filter(line => line !== null);
const intro = `${vectors.length} of the ${readVectors().length} vectors were also given to other tools; ${vectors.length - rows.length} times all agree on whether there is something to object to, ${rows.length} times they differ. A tool objects where csp_evaluator says HIGH, SYNTAX or MEDIUM, Observatory takes points, hstspreload names an error, helmet throws, or Headerlint gives an error or a warning.`;
const table = ['| value | Headerlint | others | why they differ |', '|---|---|---|---|', ...rows].join('\n');
writeFileSync(file, section(readFileSync(file, 'utf8'), 'headers', `${intro}\n\n${table}`));

function row(vector: Vector): string | null {
	const loud = lintVector(vector).filter(({ severity, rule, reasons }) => severity !== 'info' && inScope(vector, rule, reasons));
	const ours: Opinion = { objects: 0 < loud.length, words: [...new Set(loud.map(({ rule }) => rule))].join(', ') || 'fine' };
	const others = Object.entries(vector.peers ?? {}).flatMap(([peer, said]) => opinion(peer, said));
	const differing = others.filter(({ objects }) => objects !== ours.objects);
	if (differing.length === 0) return null;
	return `| ${cell(shown(vector.input))} | ${ours.words} | ${differing.map(({ words }) => words).join('; ')} | ${vector.reason.replaceAll('|', '\\|')} |`;
}

/** A lone value is not to blame for the headers that stand beside it in real life. */
function inScope(vector: Vector, rule: string, reasons: readonly string[]): boolean {
	const absent = rule === 'missing-headers' || rule.endsWith('-missing') || rule === 'framing-unprotected';
	return !absent || vector.expect.some(expected => expected.rule === rule || reasons.includes(expected.rule));
}

function opinion(peer: string, said: unknown): readonly Opinion[] {
	if (peer.startsWith('csp_evaluator')) {
		const all = Array.isArray(said) ? said.map(String) : [String(said)];
		const loud = all.filter(finding => /\/(?:HIGH|SYNTAX|MEDIUM)\b/.test(finding) || /throws/i.test(finding));
		return [{ objects: 0 < loud.length, words: `csp_evaluator: ${loud.map(finding => finding.split(' ')[0]).join(', ') || 'fine'}` }];
	}
	if (peer === 'observatory_v6' && typeof said === 'object' && said !== null && 'modifier' in said && 'result' in said)
		return [{ objects: Number(said.modifier) < 0, words: `Observatory: ${String(said.result)} (${String(said.modifier)})` }];
	if (
		peer.startsWith('hstspreload') &&
		typeof said === 'object' &&
		said !== null &&
		'preloadErrors' in said &&
		Array.isArray(said.preloadErrors)
	) {
		const errors = said.preloadErrors.map(String).filter(error => error !== 'header.preloadable.preload.missing');
		return [{ objects: 0 < errors.length, words: `hstspreload: ${errors.join(', ') || 'fine'}` }];
	}
	return peer === 'helmet_8_3_0_throws' ? [{ objects: true, words: 'helmet throws' }] : [];
}

function shown(input: unknown): string {
	if (typeof input === 'object' && input !== null && 'name' in input && 'value' in input)
		return `${String(input.name)}: ${String(input.value)}`;
	return typeof input === 'string' ? input : JSON.stringify(input);
}

function cell(text: string): string {
	const short = text.replaceAll(/\s+/g, ' ').trim();
	return `\`${(short.length <= 140 ? short : `${short.slice(0, 139)}…`).replaceAll('|', '\\|').replaceAll('`', "'")}\``;
}
