import type { OperationScope } from '../model/operation';
import type { Entry } from './app';

/** The part of an app that a method and path name, and what it evidently serves. */
export function scopeOf(method: string | null, path: string, entry: Entry): OperationScope {
	const shown = path === '' ? '/' : path;
	return { label: method === null ? shown : `${method} ${shown}`, profile: profileOf(path, entry) };
}

/** API paths by their usual names, Streamable HTTP and SSE endpoints of MCP servers, and handlers that only send JSON. */
export function profileOf(path: string, entry: Entry): OperationScope['profile'] {
	// Uploads below /api are files all the same.
	if (entry.handlers.some(({ kind }) => kind === 'static')) return null;
	if (/^\/(?:api|mcp|sse|messages?|graphql|rpc|trpc|webhooks?|v\d+)(?:\/|$)/i.test(path) || /\/api\//i.test(path)) return 'api';
	if (entry.kind !== 'route') return null;
	const ends = entry.handlers.flatMap(handler =>
		handler.kind === 'code' ? handler.trace.events.filter(event => event.kind === 'end') : [],
	);
	return 0 < ends.length && ends.every(event => event.kind === 'end' && (event.body === 'json' || event.outcome === 'empty'))
		? 'api'
		: null;
}
