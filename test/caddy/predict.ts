import { analyzeCaddyfile } from '../../server/src/caddy/analyze';
import type { DocumentAnalysis, FileReader, RequestAnswer, SimulatedRequest } from '../../server/src/model/analysis';
import { createSource } from '../../server/src/text/source';

/** A file system without files. */
export const noFiles: FileReader = { read: () => null, list: () => null };

/** Analyses a Caddyfile. */
export function analyze(
	text: string,
	env: Readonly<Record<string, string>> = {},
	files: FileReader = noFiles,
	path = '/work/Caddyfile',
	caddyVersion: '2.11' | 'next' = '2.11',
): DocumentAnalysis {
	const options = { files, root: '/', env: new Map(Object.entries(env)), caddyVersion } as const;
	return analyzeCaddyfile(createSource(path, text), options);
}

/** What an upstream answers with, for both the prediction and the real Caddy. */
export interface Upstream {
	readonly status: number;
	readonly headers: readonly (readonly [name: string, value: string])[];
	/** Whether it sends an informational answer ahead. */
	readonly informs?: boolean;
}

export function ask(
	analysis: DocumentAnalysis,
	url: string,
	more: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly upstream?: Upstream | null } = {},
): RequestAnswer {
	const headers = new Map(Object.entries(more.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
	const request: SimulatedRequest = { method: more.method ?? 'GET', url, headers, upstream: more.upstream ?? null };
	return analysis.respond(request);
}
