import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A running Caddy and its answers; made by scripts/caddy-truth.mjs. */
export interface RunningCaddy {
	request(
		url: string,
		options?: {
			readonly method?: string;
			readonly headers?: Readonly<Record<string, string>>;
			readonly body?: string;
			/** Whether to ask over HTTP/2, where the URL is one of HTTPS. */
			readonly h2?: boolean;
			/** The path and query as they are to be sent, where a URL would be cleaned. */
			readonly rawPath?: string;
		},
	): Promise<{ readonly status: number; readonly headers: readonly (readonly [string, string])[]; readonly error?: string }>;
	stop(): Promise<void>;
	/** The ports of the file, and those of the loopback that stand for them. */
	readonly map: readonly { readonly port: number; readonly real: number }[];
	/** The text that really runs, without what `dropUnknown` took out. */
	readonly text: string;
	/** The environment it runs with: `env` and what `envAuto` added. */
	readonly env: Readonly<Record<string, string>>;
	readonly dropped: readonly { readonly line: number; readonly cut: string; readonly why: string }[];
}

export interface StartOptions {
	readonly file?: string;
	readonly text?: string;
	readonly cwd?: string;
	readonly env?: Readonly<Record<string, string>>;
	readonly envAuto?: boolean;
	readonly dropUnknown?: boolean;
	readonly upstream?: unknown;
	readonly upstreams?: Readonly<Record<string, unknown>>;
	readonly files?: Readonly<Record<string, string>>;
	readonly h2?: boolean;
}

/** Runs a Caddyfile in the real Caddy on loopback. Rejects where `caddy adapt` refuses it. */
export async function startCaddy(options: StartOptions): Promise<RunningCaddy> {
	const truth = pathToFileURL(path.resolve(__dirname, '../../scripts/caddy-truth.mjs')).href;
	const { start } = (await import(truth)) as { start(options: StartOptions): Promise<RunningCaddy> }; // A plain .mjs file without types.
	return start(options);
}

/** Skips the test with a loud line where Caddy 2.11 is not installed; with `CI` set it fails instead. */
export function skipUnlessCaddy(test: Mocha.Context): void {
	if (!hasCaddy()) test.skip();
}

/** Whether Caddy 2.11 is installed. Says so loudly where it is not; with `CI` set it throws instead. */
export function hasCaddy(): boolean {
	const { status, stdout } = spawnSync('caddy', ['version'], { encoding: 'utf8' });
	if (status === 0 && /^v?2\.(?:1[1-9]|[2-9]\d)/.test(stdout)) return true;
	if (process.env['CI'] !== undefined) throw new Error('Caddy 2.11 is not installed: bash scripts/install-caddy.sh');
	console.error('\n*** SKIPPED: Caddy 2.11 is not installed (bash scripts/install-caddy.sh) ***\n');
	return false;
}
