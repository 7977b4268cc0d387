import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseCaddyfile } from '../../server/src/caddyfile/parse';
import { createSource } from '../../server/src/text/source';
import { noFiles } from '../caddy/predict';
import { root } from '../support/cli';
import { readFixture } from '../support/fixture';
import type { Random } from '../support/random';

/** What stands above every random site. */
export const head = `(frame) {
	header X-Frame-Options {args[0]}
}

(plain) {
	header {
		X-Content-Type-Options nosniff
		Referrer-Policy no-referrer
		-Server
	}
}

(around) {
	header >X-Frame-Options DENY
	{block}
}

&(named) {
	header Permissions-Policy "camera=()"
	respond /named named
}

`;

/** Paths that the matchers of random sites tell apart. */
export const askedPaths: readonly string[] = ['/', '/api/x', '/app/x', '/embed/x', '/a', '/nothing', '/x', '/api/app/x'];

/** A random site for `address`: mistakes around headers, some of them lines out of the rules' own fixtures. */
export function fixSite(random: Random, address: string, pool: readonly string[]): string {
	const lines = ['@m0', '@m1', '@m2'].map(name => `${name} ${random.pick(matchers)}`);
	lines.push(...block(random, 0, 6));
	for (let count = random.below(4); 0 < count; count--) {
		const [first = '', ...others] = pool;
		lines.splice(3 + random.below(lines.length - 2), 0, random.pick([first, ...others]));
	}
	if (random.chance(35)) lines.push(inBlock(`handle_errors ${random.pick(['', '404 ', '4xx '])}`, [header(random, ''), 'respond "sorry"']));
	return `${address} {\n${lines.map(line => `${indented(line)}\n`).join('')}}\n`;
}

/** The top-level lines of the sites in the fixtures of the `caddy-*` rules that can stand in any site. */
export function fixtureLines(): readonly string[] {
	const folder = path.join(root, 'test/rules');
	const found = new Set<string>();
	for (const rule of readdirSync(folder).sort()) {
		if (!rule.startsWith('caddy-')) continue;
		for (const file of readdirSync(path.join(folder, rule)).sort()) {
			if (!file.endsWith('.caddyfile') || file.includes('.fixed.')) continue;
			const { text } = readFixture(readFileSync(path.join(folder, rule, file), 'utf8'));
			const options = { files: noFiles, root: '/', env: new Map(), caddyVersion: '2.11' } as const;
			const { sites } = parseCaddyfile(createSource(`/${file}`, text), options);
			for (const { body } of sites)
				for (const { name, place } of body.lines) {
					const line = text.slice(place.span.start, place.span.end);
					if (0 < name.importedBy.length || /@|\bimport\b|\binvoke\b|\{\$|\\|^(?:tls|bind|log|handle_errors)\b/.test(line)) continue;
					found.add(line.replaceAll('\n\t', '\n'));
				}
		}
	}
	return [...found];
}

const values = {
	'X-Frame-Options': ['DENY', 'SAMEORIGIN'],
	'Content-Security-Policy': [
		`"default-src 'self'"`,
		`"default-src 'none'; frame-ancestors 'none'"`,
		"default-src 'self'; object-src 'none'",
	],
	'Referrer-Policy': ['no-referrer', 'strict-origin'],
	'Strict-Transport-Security': ['max-age=31536000', '"max-age=31536000; includeSubDomains"', 'max-age=31536000; includeSubDomains'],
	'Permissions-Policy': ['"camera=()"', '"geolocation=()"'],
	'X-Content-Type-Options': ['nosniff', 'nosniff'],
	'Cache-Control': ['no-store', '"public, max-age=31536000"'],
	Vary: ['Origin', 'Accept'],
	Server: ['x', 'y'],
} as const;

const fields = Object.keys(values) as [keyof typeof values, ...(keyof typeof values)[]]; // Object.keys forgets the names.

function operation(random: Random, inBraces: boolean): string {
	const field = random.pick(fields);
	const [first, ...others] = values[field];
	const value = random.pick([first, ...others]);
	const kind = random.below(20);
	if (kind < 10) return `${field}${inBraces || random.chance(90) ? '' : ':'} ${value}`;
	if (kind < 12) return `+${field} ${value}`;
	if (kind < 14) return random.pick([`-${field}`, '-Server', '-X-*', '-*-Options', '-X-Powered-By']);
	return `${kind < 16 ? '?' : '>'}${field} ${value}`;
}

const matchers = [
	'path /api/* /app/*',
	'path api/*',
	'method GET',
	'host other.test',
	'path /x',
	'not path /api/*',
	'{\n\tpath /app/*\n\tmethod GET\n}',
	'header X-Req *',
] as const;

const paths = ['/api/*', '/app/*', '/embed/*', '/a', '/', '/app*'] as const;

function matcher(random: Random): string {
	if (random.chance(55)) return '';
	return `${random.chance(60) ? random.pick(paths) : random.pick(['@m0', '@m1', '@m2'])} `;
}

function header(random: Random, matched = matcher(random)): string {
	if (random.chance(45)) return `header ${matched}${operation(random, false)}`;
	const lines = Array.from({ length: 2 + random.below(3) }, () => operation(random, true));
	if (random.chance(15)) lines.push('defer');
	return inBlock(`header ${matched}`, lines);
}

function directive(random: Random, depth: number): string {
	const kind = random.below(100);
	if (kind < 50) return header(random);
	if (kind < 75 && depth < 3) {
		const inner = block(random, depth + 1, 3);
		if (kind < 62) return inBlock(`handle ${random.chance(60) ? `${random.pick(paths)} ` : ''}`, inner);
		if (kind < 70) return inBlock(`route ${random.chance(30) ? '/app/* ' : ''}`, inner);
		return inBlock(`handle_path ${random.pick(['/api/*', '/app/*'])} `, inner);
	}
	if (kind < 80) return random.pick(['import frame DENY', 'import plain', 'import around {\n\theader Referrer-Policy no-referrer\n}']);
	if (kind < 83) return 'invoke named';
	if (kind < 85) return `request_header ${random.pick(['X-Frame-Options DENY', 'X-Up 1'])}`;
	if (kind < 88) {
		const down = random.pick(['-Server', 'X-Frame-Options DENY', '-X-Frame-Options']);
		return inBlock('reverse_proxy /api/* localhost:3000 ', [`header_down ${down}`, 'header_up Referrer-Policy no-referrer']);
	}
	return content(random);
}

function content(random: Random): string {
	return random.pick([
		'respond ok',
		'file_server',
		'reverse_proxy localhost:3000',
		'redir https://example.org{uri}',
		'error 404',
		'respond "no" 403',
	]);
}

function block(random: Random, depth: number, most: number): readonly string[] {
	const lines = Array.from({ length: 1 + random.below(most) }, () => directive(random, depth));
	return random.chance(60) ? [...lines, content(random)] : lines;
}

function inBlock(before: string, lines: readonly string[]): string {
	return `${before}{\n${lines.map(line => `${indented(line)}\n`).join('')}}`;
}

function indented(line: string): string {
	return `\t${line.replaceAll('\n', '\n\t')}`;
}
