import assert from 'node:assert/strict';
import { withAdaptServer } from '../support/adaptServer';
import { createRandom, type Random, seedOf } from '../support/random';
import { sendRaw } from '../support/rawRequest';
import { type RunningCaddy, startCaddy } from '../support/realCaddy';
import { compare, type RealResponse } from './agreement';
import { analyze, ask, type Upstream } from './predict';

/** A Caddyfile of generated sites, and what is asked of each. */
export interface GeneratedFile<Site extends { readonly text: string }> {
	/** Global options, snippets and named routes. */
	readonly head: string;
	readonly sites: readonly Site[];
	/** Null where nobody answers behind the proxies. */
	readonly upstream: Upstream | null;
	/** Files below the folder that is served, by path. */
	readonly available?: Readonly<Record<string, string>>;
	/** Whether a site is reached by what the other ones leave, so that a broken promise is shown with all of them. */
	readonly together?: boolean;
	request(site: Site): GeneratedRequest;
}

/** One request; `raw` are its bytes, where they are none that a URL stands for. */
export interface GeneratedRequest {
	readonly url: string;
	readonly method: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly h2?: boolean;
	readonly rawPath?: string;
	readonly raw?: string;
}

/** How files are made: `accepts` asks Caddy whether it takes a text. */
export type MakeFile<Site extends { readonly text: string }> = (
	random: Random,
	accepts: (text: string) => Promise<boolean>,
) => Promise<GeneratedFile<Site>>;

/** What came of asking. */
export interface Found {
	readonly differences: readonly string[];
	readonly sites: number;
	readonly lines: number;
	readonly promised: number;
}

const requestsPerSite = 7;
const requestsAtOnce = 8;

/**
 * Makes `files` files with the seed of the environment, runs each in the real Caddy, and compares the answers with what is predicted. Files that Caddy
 * refuses only when it starts are left out. Prints how much is promised.
 */
export async function runGeneratedFiles<Site extends { readonly text: string }>(
	files: number,
	seedFactor: number,
	make: MakeFile<Site>,
): Promise<Found> {
	const found = { differences: [] as string[], sites: 0, lines: 0, promised: 0 };
	await withAdaptServer(async adapter => {
		const accepts = async (text: string): Promise<boolean> => (await adapter.adapt(text).catch(() => 'Caddy panics')) === null;
		for (let file = 0; file < files; file++) {
			const result = await compareFile(await make(createRandom(seedOf(1) * seedFactor + file), accepts));
			found.differences.push(...result.differences);
			found.sites += result.sites;
			found.lines += result.lines;
			found.promised += result.promised;
		}
	});
	const share = ((100 * found.promised) / found.lines).toFixed(1);
	console.log(`      ${found.sites} sites, ${found.lines} header lines predicted, ${share} % of them promised`);
	return found;
}

/** Fails where a promise is broken, or where less than `share` percent is promised; with a seed of its own a run may hold harder sites than most. */
export function assertKept({ differences, lines, promised }: Found, share: number): void {
	assert.deepEqual(differences.slice(0, Number(process.env['SHOW'] ?? 3)), []);
	if (process.env['SEED'] === undefined) assert.ok(share * lines <= 100 * promised, `${(100 * promised) / lines} % promised`);
}

async function compareFile<Site extends { readonly text: string }>(file: GeneratedFile<Site>): Promise<Found> {
	const { head, sites, upstream, available = {}, together = false } = file;
	const found = { differences: [] as string[], sites: 0, lines: 0, promised: 0 };
	const text = head + sites.map(site => site.text).join('\n');
	const early = upstream?.informs === true ? { earlyHints: '</a.css>; rel=preload' } : {};
	const stub = upstream === null ? { down: true } : { ...upstream, ...early };
	const caddy = await startCaddy({ text, upstream: stub, files: available }).catch(() => null);
	if (caddy === null) return found;
	found.sites = sites.length;
	try {
		const analysis = analyze(text);
		const asked = sites.flatMap(site => Array.from({ length: requestsPerSite }, () => ({ site, request: file.request(site) })));
		for (let at = 0; at < asked.length; at += requestsAtOnce) {
			const group = asked.slice(at, at + requestsAtOnce);
			const answers = await Promise.all(group.map(({ request }) => send(caddy, request)));
			for (const [index, { site, request }] of group.entries()) {
				const real = answers[index];
				const { url, method, headers } = request;
				const predicted = ask(analysis, url, { method, headers, upstream });
				// A path that rewriting left without its slash is refused by the upstream itself.
				const isRefused = real?.status === 400 && predicted.response.status !== 400 && request.raw === undefined;
				if (real === undefined || isRefused || isNoAnswer(real.error)) continue;
				const agreement = compare(predicted, real);
				found.lines += agreement.lines;
				found.promised += agreement.promised;
				if (agreement.differences.length === 0) continue;
				const sent = real.headers?.map(([name, value]) => `${name}: ${value}`).join('\n  ');
				const shown = `${JSON.stringify({ ...request })} (upstream ${JSON.stringify(upstream)})`;
				found.differences.push(
					`${shown}\n${agreement.differences.join('\n')}\nreally ${real.error ?? real.status}\n  ${sent}\n${together ? text : head + site.text}`,
				);
			}
		}
	} finally {
		await caddy.stop();
	}
	return found;
}

function send(caddy: RunningCaddy, { raw, url, ...options }: GeneratedRequest): Promise<RealResponse> {
	if (raw === undefined) return caddy.request(url, options);
	const port = caddy.map.find(listener => listener.port === 80)?.real;
	return port === undefined ? Promise.resolve({ status: 0, headers: [], error: 'no listener' }) : sendRaw(port, raw);
}

/** Nobody listens there, has no certificate for the host, or does not speak HTTP/2. */
function isNoAnswer(error: string | undefined): boolean {
	return error !== undefined && (error.startsWith('no listener') || /EPROTO|SSL|ECONNREFUSED|STREAM_CANCEL/.test(error));
}
