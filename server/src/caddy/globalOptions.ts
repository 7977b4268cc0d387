import type { Block } from '../caddyfile/tree';

/** What the global options say about listeners, TLS and the order of directives (caddyconfig/httpcaddyfile/options.go, 2.11.4). */
export interface GlobalOptions {
	readonly httpPort: number;
	readonly httpsPort: number;
	readonly autoHttps: {
		readonly off: boolean;
		readonly redirects: boolean;
		readonly certificates: boolean;
	};
	/** Hosts of `default_bind`; empty for all interfaces. */
	readonly defaultBind: readonly string[];
}

/** Reads the global options block; unreadable values keep the default. */
export function readGlobalOptions(block: Block | null): GlobalOptions {
	let httpPort = 80;
	let httpsPort = 443;
	const modes = new Set<string>();
	const defaultBind: string[] = [];
	for (const line of block?.lines ?? []) {
		const first = line.args[0]?.text ?? '';
		if (line.name.text === 'http_port' && /^\d+$/.test(first)) httpPort = Number(first);
		if (line.name.text === 'https_port' && /^\d+$/.test(first)) httpsPort = Number(first);
		if (line.name.text === 'auto_https') for (const { text } of line.args) modes.add(text);
		if (line.name.text === 'default_bind') defaultBind.push(...line.args.map(({ text }) => text));
	}
	const off = modes.has('off');
	return {
		httpPort,
		httpsPort,
		autoHttps: { off, redirects: !off && !modes.has('disable_redirects'), certificates: !off && !modes.has('disable_certs') },
		defaultBind,
	};
}
