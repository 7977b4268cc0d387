import type { Random } from '../support/random';

/** A generated site block for `host`, without anything that depends on the machine: no files but index.html, no addresses. */
export interface RandomSite {
	readonly host: string;
	readonly text: string;
	readonly requests: readonly { readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>> }[];
}

const fields = ['X-A', 'X-B', 'X-C', 'Strict-Transport-Security', 'X-Frame-Options', 'Cache-Control', 'Server', 'x-lower', 'Vary'] as const;
const values = [
	'one',
	'two',
	'"three four"',
	'a,b',
	'{host}',
	'{path}',
	'"q {method}"',
	'{nope}',
	'`back "tick"`',
	'""',
	'{uri}-x',
] as const;
const paths = ['/', '/a', '/a/*', '/a/b*', '/a/b/c', '/api/*', '*.js', '/b*', '*/c', '*b*', '/A/B', '/a/*/c'] as const;
const urls = ['/', '/a', '/a/b', '/a/b/c', '/api/x?q=1', '/b', '/x.js', '/bb/c', '/api/', '/A/b', '//a//b', '/none', '/?q=2&r=1'] as const;

/** Makes a site with nested routes and headers of all forms. `routes` are the names of named routes it may invoke. */
export function randomSite(random: Random, host: string, routes: readonly string[]): RandomSite {
	const names = ['@m0', '@m1', '@m2'];
	const lines: string[] = names.map(name => `${name} ${matcher(random)}`);
	const state: Generator = { random, names, routes, budget: 10 };
	block(state, lines, 0);
	if (random.chance(35)) for (let i = 0; i <= random.below(3); i++) lines.push(...errorBlock(state));
	const requests = Array.from({ length: 5 }, () => ({
		method: random.chance(80) ? 'GET' : random.pick(['POST', 'HEAD', 'PUT']),
		url: `https://${host}${random.pick(urls)}`,
		headers: random.chance(25) ? { 'X-Req': random.pick(['yes', 'no', 'yesterday']) } : {},
	}));
	return { host, text: `${host} {\n${indent(lines)}\n}\n`, requests };
}

/** A named route, for `invoke`. */
export function randomNamedRoute(random: Random, name: string): string {
	const lines: string[] = [];
	block({ random, names: [], routes: [], budget: 4 }, lines, 1);
	return `&(${name}) {\n${indent(lines)}\n}\n`;
}

interface Generator {
	readonly random: Random;
	/** Named matchers that can be used. */
	readonly names: readonly string[];
	readonly routes: readonly string[];
	/** Directives left to write: keeps the sites small. */
	budget: number;
}

function block(state: Generator, lines: string[], depth: number): void {
	const count = 1 + state.random.below(depth === 0 ? 7 : 4);
	for (let i = 0; i < count && 0 < state.budget; i++) {
		state.budget--;
		lines.push(...directive(state, depth));
	}
}

function directive(state: Generator, depth: number): readonly string[] {
	const { random } = state;
	const kind = random.below(100);
	if (kind < 40) return header(random, token(state));
	if (kind < 52 && depth < 3) return nested(state, depth);
	if (kind < 62) return [`respond ${token(state)}${random.pick(['hi', '404', '"no" 403', '{"a":1}', '201', '`[1]` 200'])}`];
	if (kind < 67)
		return [`redir ${token(state, true)}${random.pick(['/to', 'https://o.test{uri}', '/to 301', '/x{path} permanent', '/h html'])}`];
	if (kind < 71) return [`error ${token(state)}${random.pick(['404', '"oops" 500', '403'])}`];
	if (kind < 82) return proxy(state);
	if (kind < 85) return [`rewrite ${token(state, true)}${random.pick(['/a/b', '/a?x=1', '/api{uri}', '/b/{path}', '?z=1'])}`];
	if (kind < 88)
		return [`uri ${token(state)}${random.pick(['strip_prefix /a', 'strip_suffix /c', 'replace /b /x', 'path_regexp /b+ /z'])}`];
	if (kind < 90) return [`vars ${token(state)}v ${random.pick(['1', '{path}', 'two'])}`];
	if (kind < 92) return [`method ${token(state)}${random.pick(['GET', 'put', 'POST'])}`];
	if (kind < 94) return [`request_header ${token(state)}${random.pick(['X-Req yes', '-X-Req', '+X-Req no'])}`];
	if (kind < 95) return [`basic_auth ${token(state)}{`, '\tbob $2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG', '}'];
	if (kind < 96) return [`abort ${random.pick(['/none', '/bb/*'])}`];
	if (kind < 98 && 0 < state.routes.length) return [`invoke ${token(state)}${state.routes[random.below(state.routes.length)]}`];
	if (kind < 99) return random.chance(60) ? intercept(state) : dependsOnMachine(random);
	return [
		`map ${random.pick(['{path}', '{method}'])} {mapped} {`,
		'\t/a one',
		'\t~^/a/(.*)$ two-$1',
		'\tdefault other',
		'}',
		'header X-Map {mapped}',
	];
}

/** Directives whose effect depends on files or upstreams: what is not promised behind them must still be right. */
function dependsOnMachine(random: Random): readonly string[] {
	return random.pick([
		['file_server'],
		['file_server /a* browse'],
		['try_files {path} {path}/ /index.html'],
		['try_files /b /none.txt =404'],
		['encode gzip'],
		['templates'],
		['php_fastcgi /a* app:9000'],
		['forward_auth /api/* app:3000 {', '\turi /check', '\tcopy_headers X-Up>X-Req', '}'],
	]);
}

/** A matcher token with a blank behind it, or nothing. Without `always`, a bare `*` now and then. */
function token(state: Generator, always = false): string {
	const { random, names } = state;
	if (always) return `${random.chance(50) ? '*' : random.pick(paths).replace(/^\*/, '/x*')} `;
	if (random.chance(45)) return '';
	if (random.chance(10)) return '* ';
	const name = names[random.below(Math.max(1, names.length))];
	if (name !== undefined && random.chance(50)) return `${name} `;
	const path = random.pick(paths);
	return path.startsWith('/') ? `${path} ` : '';
}

function matcher(random: Random): string {
	const simple = (): string =>
		random.pick([
			`path ${random.pick(paths)}`,
			`path ${random.pick(paths)} ${random.pick(paths)}`,
			`method ${random.pick(['GET', 'POST', 'GET HEAD', 'get'])}`,
			`query q=${random.pick(['1', '*', '2'])}`,
			'query r=1 q=2',
			`header X-Req ${random.pick(['yes', '*', 'yes*', '*o'])}`,
			'header !X-Req',
			`path_regexp r ${random.pick(['^/a(.*)$', 'b+', '^/[a-c]/', '\\.js$'])}`,
			'header_regexp h X-Req ^(y)es',
			'protocol https',
			'protocol http',
			'host *.test',
			'host nobody.test',
			`vars v ${random.pick(['1', 'two', '/a'])}`,
			`vars {path} ${random.pick(['/a', '/b'])}`,
			`expression ${random.pick(['true', 'false', "path('/a*')", "method('GET')", "{path} == '/a'", "{method} != 'GET' || path('/b')"])}`,
		]);
	if (random.chance(55)) return simple();
	if (random.chance(30)) return `not ${simple()}`;
	const first = simple();
	let second = simple();
	// Two expressions or regular expressions in one set are rejected or replace each other.
	if (/^(?:\w+_regexp|expression|host)/.test(first) && second.split(' ')[0] === first.split(' ')[0]) second = 'method GET';
	return `{\n\t${first}\n\t${random.chance(40) ? `not ${second}` : second}\n}`;
}

function header(random: Random, prefix: string): readonly string[] {
	if (random.chance(55)) return [`header ${prefix}${operation(random, false)}`];
	const lines: string[] = [];
	const count = 1 + random.below(4);
	for (let i = 0; i < count; i++) lines.push(`\t${operation(random, true)}`);
	if (random.chance(15)) lines.push('\tdefer');
	if (random.chance(15)) lines.push(`\tmatch ${responseMatcher(random)}`);
	return [`header ${prefix}{`, ...lines, '}'];
}

function operation(random: Random, inBlock: boolean): string {
	const field = random.pick(fields);
	const value = random.pick(values);
	const kind = random.below(100);
	if (kind < 45) return `${field}${inBlock && random.chance(5) ? ':' : ''} ${value}`;
	if (kind < 55) return `+${field} ${value}`;
	if (kind < 70) return random.pick([`-${field}`, '-X-*', '-*-A', '-*', '-*e*', `-${field}`]);
	if (kind < 80) return `?${field} ${value}`;
	if (kind < 92) return `>${field} ${value}`;
	// A replacement in Server changes the value for all later requests to the process (see replacesServer), so none is made here.
	return `${random.pick(['', '>'])}${field === 'Server' ? 'X-A' : field} ${random.pick(['o', '.*', '^(.)(.*)$', 't+', '$'])} ${random.pick(['R', '$1-$2', '${1}z', '""'])}`;
}

function responseMatcher(random: Random): string {
	return random.pick(['status 2xx', 'status 404 5xx', 'status 3xx', 'header X-A *', 'header X-Up up*', 'header Server Caddy']);
}

function nested(state: Generator, depth: number): readonly string[] {
	const { random } = state;
	const inner: string[] = [];
	block(state, inner, depth + 1);
	if (inner.length === 0) inner.push('respond empty');
	const kind = random.below(100);
	const head =
		kind < 50
			? `handle ${token(state)}`
			: kind < 70
				? `handle_path ${random.pick(['/a/*', '/a', '/api/*', '/b/*'])} `
				: `route ${token(state)}`;
	return [`${head}{`, ...inner.map(line => `\t${line}`), '}'];
}

function proxy(state: Generator): readonly string[] {
	const { random } = state;
	const head = `reverse_proxy ${token(state)}app:3000`;
	if (random.chance(40)) return [head];
	const lines: string[] = [];
	for (let i = 0; i <= random.below(3); i++) {
		lines.push(
			random.pick([
				`\theader_down ${random.pick(['-X-Up', 'X-Up down', '+X-Up more', '-Server', '-Via', 'X-A down', 'X-Up u+ U'])}`,
				'\theader_up X-Req up',
			]),
		);
	}
	if (random.chance(30)) {
		lines.push('\t@r status 2xx', random.chance(50) ? '\treplace_status @r 203' : '\thandle_response @r {');
		if (lines[lines.length - 1]?.endsWith('{') === true) {
			const inner: string[] = header(random, '').slice();
			inner.push(random.pick(['respond handled', 'copy_response', 'copy_response_headers', '', 'copy_response 202']));
			lines.push(...inner.filter(line => line !== '').map(line => `\t\t${line}`), '\t}');
		}
	}
	return [`${head} {`, ...lines, '}'];
}

function intercept(state: Generator): readonly string[] {
	const { random } = state;
	const inner = random.chance(50)
		? ['\treplace_status @i 202']
		: [
				'\thandle_response @i {',
				...header(random, '').map(line => `\t\t${line}`),
				'\t\theader -Content-Length',
				'\t\trespond intercepted',
				'\t}',
			];
	return [`intercept ${token(state)}{`, `\t@i ${random.pick(['status 2xx', 'status 404', 'header X-A *'])}`, ...inner, '}'];
}

function errorBlock(state: Generator): readonly string[] {
	const { random } = state;
	const inner: string[] = [];
	state.budget = 3;
	for (let i = 0; i <= random.below(2); i++) inner.push(...header(random, token(state)));
	if (random.chance(60)) inner.push(random.pick(['respond "error {err.status_code}"', 'respond custom 418', 'redir * /err', 'error 500']));
	return [`handle_errors ${random.pick(['', '', '404', '4xx', '5xx', '403 404'])} {`, ...inner.map(line => `\t${line}`), '}'];
}

function indent(lines: readonly string[]): string {
	return lines
		.flatMap(line => line.split('\n'))
		.map(line => `\t${line}`)
		.join('\n');
}
