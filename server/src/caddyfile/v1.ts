import { allDirectives } from './blocks';
import type { Parser } from './parserState';
import type { Directive, Token } from './tree';

/** Directives of Caddy 2 that version 1 did not know: a file that uses one is no v1 file. */
const ONLY_V2 = new Set([
	'reverse_proxy',
	'file_server',
	'php_fastcgi',
	'handle',
	'handle_path',
	'route',
	'respond',
	'encode',
	'handle_errors',
	'import_v2',
	'uri',
	'try_files',
	'forward_auth',
	'intercept',
]);

/**
 * The first token that shows that the file is written for Caddy 1 (v1.0.5, caddyhttp), or null. Caddy 2 rejects such a file at
 * one directive after the other, so it is said once.
 */
export function findV1(parser: Parser): Token | null {
	let sign: Token | null = null;
	for (const site of parser.sites) {
		for (const directive of site.body.lines) {
			if (ONLY_V2.has(directive.name.text) || directive.name.text.startsWith('@')) return null;
			sign ??= isV1(directive) ? directive.name : null;
		}
	}
	for (const { body } of parser.snippets) for (const { name } of allDirectives(body.lines)) if (ONLY_V2.has(name.text)) return null;
	return sign;
}

function isV1({ name, args, block }: Directive): boolean {
	const first = args[0]?.text ?? '';
	switch (name.text) {
		case 'proxy':
		case 'fastcgi':
		case 'websocket':
			return first.startsWith('/') && (1 < args.length || block !== null);
		case 'gzip':
			return args.length === 0;
		case 'browse':
		case 'startup':
		case 'shutdown':
		case 'internal':
		case 'ext':
		case 'errors':
		case 'mime':
		case 'pprof':
		case 'expvar':
		case 'markdown':
			return true;
		case 'tls':
			return (
				first === 'self_signed' ||
				(args.length === 1 && first.includes('@') && block?.lines.some(line => line.name.text === 'max_certs') === true)
			);
		case 'log':
			return 2 <= args.length && first.startsWith('/');
		case 'rewrite':
			return block?.lines.some(line => line.name.text === 'to' || line.name.text === 'r' || line.name.text === 'regexp') === true;
		default:
			return false;
	}
}
