import type { Parser } from './parserState';

/**
 * Whether the file becomes a Caddyfile only when a template engine has filled it in: it writes `{{ domain }}` or `{% if tls %}` (Jinja,
 * Go templates, Liquid) where site addresses stand, which Caddy itself reads nothing in.
 */
export function isTemplate({ sites, source, settings }: Parser): boolean {
	return sites.some(({ keys }) =>
		keys.some(({ text, place: { path, span } }) => {
			if (!/\{[{%]/.test(text) || path !== settings.path) return false;
			return /^\S*\{(?:\{[^\n]*\}|%[^\n]*%)\}/.test(source.slice(span.start));
		}),
	);
}

/** Whether the address holds a word in angle brackets for whoever copies the file to replace: `<your-domain>`, `app.<DOMAIN>`. */
export function hasBlank(address: string): boolean {
	return /<[\w .-]+>/.test(address);
}
