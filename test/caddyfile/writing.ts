import assert from 'node:assert/strict';
import { analyzeCaddyfile } from '../../server/src/caddy/analyze';
import type { FixIntent } from '../../server/src/fixes/intent';
import type { DocumentAnalysis } from '../../server/src/model/analysis';
import type { HeaderOperation } from '../../server/src/model/operation';
import { applyEdits } from '../../server/src/text/edit';
import { createSource } from '../../server/src/text/source';
import type { AdaptServer } from '../support/adaptServer';
import { memoryFiles } from '../support/memoryFiles';

/** The file that fixes are tried on. */
export const path = '/workspace/Caddyfile';

function analyze(text: string): DocumentAnalysis {
	return analyzeCaddyfile(createSource(path, text), {
		files: memoryFiles({ [path]: text }),
		root: '/workspace',
		env: new Map(),
		caddyVersion: '2.11',
	});
}

/** Writes a fix and checks that `caddy` accepts the result. Null where the writer declines. */
export async function writeFix(
	caddy: AdaptServer,
	text: string,
	intent: (analysis: DocumentAnalysis) => FixIntent,
): Promise<string | null> {
	const analysis = analyze(text);
	const edits = analysis.write(intent(analysis));
	if (edits === null) return null;
	const fixed = applyEdits(text, edits);
	assert.equal(await caddy.adapt(fixed), null, `Caddy rejects\n${fixed}`);
	return fixed;
}

/** The first operation on a field. */
export function operation(analysis: DocumentAnalysis, name: string): HeaderOperation {
	const found = analysis.surfaces
		.flatMap(surface => surface.operations)
		.find(candidate => candidate.name.toLowerCase() === name.toLowerCase());
	assert.ok(found !== undefined, `no operation on ${name}`);
	return found;
}

const site = (analysis: DocumentAnalysis) => {
	const [surface] = analysis.surfaces;
	assert.ok(surface !== undefined);
	return surface;
};

/** Replaces the first `from` in the value of `name`. */
export const change =
	(name: string, from: string, to: string) =>
	(analysis: DocumentAnalysis): FixIntent => {
		const changed = operation(analysis, name);
		const start = changed.value?.text.indexOf(from) ?? -1;
		assert.ok(0 <= start, `${from} is not in the value of ${name}`);
		return { kind: 'change-value', operation: changed, edits: [{ start, end: start + from.length, text: to }] };
	};

/** Adds header fields to the first site. */
export const insert =
	(...headers: readonly (readonly [string, string])[]) =>
	(analysis: DocumentAnalysis): FixIntent => ({
		kind: 'insert-headers',
		surface: site(analysis),
		headers: headers.map(([name, value]) => ({ name, value })),
	});

/** Removes fields from the answers of the first site. */
export const removeHeaders =
	(...names: readonly string[]) =>
	(analysis: DocumentAnalysis): FixIntent => ({ kind: 'remove-headers', surface: site(analysis), names });

/** Takes the operation on a field out. */
export const removeOperation =
	(name: string) =>
	(analysis: DocumentAnalysis): FixIntent => ({ kind: 'remove-operation', operation: operation(analysis, name) });

/** The repair of the first observation of a kind. */
export const repair =
	(kind: string) =>
	(analysis: DocumentAnalysis): FixIntent => {
		const observation = analysis.surfaces.flatMap(surface => surface.observations).find(candidate => candidate.kind === kind);
		assert.ok(observation !== undefined, `no observation ${kind}`);
		return { kind: 'repair', observation, variant: 'default' };
	};

/** A site whose body is the lines given. */
export const inSite = (...lines: readonly string[]): string =>
	['example.com {', ...lines.map(line => (line === '' ? '' : `\t${line}`)), '}', ''].join('\n');

/** As `insert`, where what the site's upstreams send of the fields is to give way. */
export const insertInPlaceOf =
	(...headers: readonly (readonly [string, string])[]) =>
	(analysis: DocumentAnalysis): FixIntent => ({
		kind: 'insert-headers',
		surface: site(analysis),
		headers: headers.map(([name, value]) => ({ name, value })),
		inPlaceOf: site(analysis).upstreams,
	});
