import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** One answer on the way to the last one. */
export interface Hop {
	readonly url: string;
	readonly status: number;
	/** The raw head, as `curl -sI` shows it. */
	readonly head: string;
	/** Where it redirects to, absolute, or null. */
	readonly location: string | null;
}

export interface RequestOptions {
	/** How long to wait for each answer, in milliseconds. */
	readonly timeoutMs: number;
	/** Whether a certificate that cannot be verified is accepted. */
	readonly insecure: boolean;
	readonly userAgent: string;
}

/** Browsers give up after 20 redirects (Fetch, "HTTP-redirect fetch", step 7). */
export const mostRedirects = 20;

/**
 * Asks for a URL with GET, follows its redirects and answers with every hop, the last one without `location` unless there are
 * more than `mostRedirects`. Bodies are not read. Rejects with an Error that says in words what went wrong.
 */
export async function requestLive(url: string, options: RequestOptions): Promise<readonly Hop[]> {
	const hops: Hop[] = [];
	let next: string | null = url;
	while (next !== null && hops.length <= mostRedirects) {
		const hop: Hop = await ask(next, options);
		hops.push(hop);
		next = hop.location;
	}
	return hops;
}

function ask(url: string, { timeoutMs, insecure, userAgent }: RequestOptions): Promise<Hop> {
	return new Promise((resolve, reject) => {
		const target = new URL(url);
		const send = target.protocol === 'https:' ? requestHttps : requestHttp;
		const outgoing = send(target, {
			method: 'GET',
			agent: false,
			rejectUnauthorized: !insecure,
			headers: { 'User-Agent': userAgent, Accept: 'text/html,*/*;q=0.8' },
			timeout: timeoutMs,
		});
		outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)));
		outgoing.on('error', error => reject(new Error(`${url}: ${inWords(error)}`)));
		outgoing.on('response', (incoming: IncomingMessage) => {
			const status = incoming.statusCode ?? 0;
			const location = 300 <= status && status < 400 ? redirectTarget(incoming.headers.location, url) : null;
			resolve({ url, status, head: rawHead(incoming), location });
			incoming.destroy();
		});
		outgoing.end();
	});
}

function rawHead({ httpVersion, statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
	const lines = [`HTTP/${httpVersion} ${statusCode} ${statusMessage ?? ''}`.trimEnd()];
	for (let i = 0; i + 1 < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
	return `${lines.join('\n')}\n`;
}

/** The absolute target of a redirect, or null for one that no browser follows. */
function redirectTarget(location: string | undefined, base: string): string | null {
	if (location === undefined || !URL.canParse(location, base)) return null;
	const target = new URL(location, base);
	return target.protocol === 'http:' || target.protocol === 'https:' ? target.href : null;
}

function inWords(error: Error): string {
	const code = 'code' in error ? String(error.code) : '';
	const words: Readonly<Record<string, string>> = {
		ENOTFOUND: 'this name is not known to DNS',
		EAI_AGAIN: 'the name could not be looked up; is there a network?',
		ECONNREFUSED: 'nothing answers on this port',
		ECONNRESET: 'the connection was closed before an answer came',
		CERT_HAS_EXPIRED: 'its certificate has expired (--insecure asks all the same)',
		DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself (--insecure asks all the same)',
		SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority nobody knows (--insecure asks all the same)',
		UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified (--insecure asks all the same)',
		UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate cannot be verified (--insecure asks all the same)',
		ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name (--insecure asks all the same)',
	};
	return words[code] ?? error.message;
}
