import type { Directive, Token } from '../../caddyfile/tree';
import type { Handler } from '../route';
import { blockBehind, headPlace } from '../siteDraft';

/** `request_body { max_size, set, ... }` (modules/caddyhttp/requestbody/caddyfile.go, Caddy 2.11.4). */
export function compileRequestBody(line: Directive, args: readonly Token[]): readonly Handler[] {
	const option = (name: string): Token | undefined => blockBehind(line, args).findLast(inner => inner.name.text === name)?.args[0];
	const size = option('max_size');
	const limit = size === undefined ? Number.POSITIVE_INFINITY : bytesOf(size.text);
	return [{ kind: 'request-body', limit, content: option('set') ?? null, place: headPlace(line) }];
}

/** A size such as `10MB` (1000 times 1000 bytes) or `1MiB`, in bytes as go-humanize's `ParseBytes`; null for what it refuses. No size is no limit. */
function bytesOf(text: string): number | null {
	const [, digits = '', unit = ''] = /^([\d.,]+)\s*([a-z]*)$/i.exec(text) ?? [];
	const number = Number(digits.replaceAll(',', ''));
	const [, prefix = '', binary = ''] = /^([kmgtpe]?)(i?)b?$/i.exec(unit) ?? [];
	if (digits === '' || Number.isNaN(number) || (unit !== '' && !/^(?:[kmgtpe]i?b?|b)$/i.test(unit))) return null;
	const bytes = Math.floor(number * (binary === '' ? 1000 : 1024) ** ' kmgtpe'.indexOf(prefix === '' ? ' ' : prefix.toLowerCase()));
	return bytes === 0 ? Number.POSITIVE_INFINITY : bytes;
}
