import type { Random } from '../support/random';
import { type BlockGenerator as Generator, indented, randomBlock } from './randomBlock';

/** A generated site of the rarer directives, nested: what proxies, error routes, named routes and imports hold inside. */
export interface NestedSite {
	readonly key: string;
	/** The host to ask, and how. */
	readonly host: string;
	readonly text: string;
}

/** Snippets that the sites import, with arguments and blocks, one through the other. */
export const snippets = [
	'(plain) {\n\theader X-Arg {args[0]}\n\theader /a* X-Arg2 {args[1]}\n}\n',
	'(block) {\n\theader X-Snippet s\n\t{block}\n}\n',
	'(parts) {\n\timport plain {args[0]} inner\n\theader {blocks.one}\n\thandle /a* {\n\t\theader X-Part p\n\t\t{blocks.two}\n\t}\n}\n',
].join('');

/** Global options that change the order of directives or the redirects of automatic HTTPS. */
export const globalOptions = [
	'',
	'',
	'{\n\torder invoke first\n}\n',
	'{\n\torder header last\n}\n',
	'{\n\tauto_https off\n}\n',
	'{\n\torder respond before header\n}\n',
	'{\n\torder request_header before header\n\torder rewrite after handle\n}\n',
] as const;

/** Paths that requests ask for: odd spellings among them. */
export const askedPaths = [
	...(['/', '/a', '/a/', '/a/b', '/a/b/c', '/api/v1', '/b.js', '/old?x=1', '//a//b', '/a%2fb', '/A/B', '/api/', '/x/y/z'] as const),
	...(['/none?q=1&q=2', '/a;b', '/%61/b', '/a%20b', '/b?', '/err/404', '/%C3%A4', '/abc'] as const),
] as const;

const patterns = ['/a', '/a/*', '/a/b*', '/api/*', '/b*', '*.js', '/A/*', '/old', '/x/*/z', '*b*', '/a//b', '/%61/*', '/'] as const;
const fields = ['X-A', 'X-B', 'Cache-Control', 'X-Frame-Options', 'Server', 'x-lower'] as const;
const values = [
	...(['one', '"two words"', '{path}', '{uri}', '{query}', '{method}', '{vars.v}', '{mapped}', '{orig_uri}', '{err.status_code}'] as const),
	...(['{rp.status_code}', '{rp.header.X-Up}', '{header.X-Req}', '{query.q}', '{path.0}', '{labels.0}', '{nope.x}', '`{"a":1}`'] as const),
	...(['{re.r.1}', '{file}', '{dir}', '{scheme}', '{?query}', '{%path}', '{cookie.c}', '"x{path}y{uri}z"', '""', '\\{path\\}'] as const),
] as const;

/** Makes the site number `index` of a file. */
export function nestedSite(random: Random, index: number): NestedSite {
	const host = `d${index}.test`;
	const key = random.pick([`http://${host}`, `http://${host}`, host, `${host}, http://${host}`, `http://${host}/a*`, `http://*.${host}`]);
	const lines = ['@m0', '@m1', '@m2'].map(name => `${name} ${matcher(random)}`);
	lines.push(...block({ random, depth: 0, responds: false, budget: { left: 11 } }, 7));
	for (let i = random.chance(45) ? random.below(2) : -1; 0 <= i; i--) {
		const inner = block({ random, depth: 1, responds: false, budget: { left: 5 } }, 4);
		lines.push(`handle_errors ${random.pick(['', '', '404', '4xx', '5xx', '500 404', '401'])} {`, ...indented(inner), '}');
	}
	return { key, host: key.includes('*.') ? `sub.${host}` : host, text: `${key} {\n${indented(lines).join('\n')}\n}\n` };
}

/** Makes a named route; `inner` are routes that it may invoke. */
export function nestedRoute(random: Random, name: string, inner: readonly string[]): string {
	const made = block({ random, depth: 2, responds: false, budget: { left: 4 } }, 3).join('\n');
	// Matchers and snippets belong to the sites.
	const lines = /@m|import |invoke /.test(made) ? ['header /a* X-Route yes'] : [made];
	if (inner.length !== 0 && random.chance(40)) lines.push(`invoke ${inner[random.below(inner.length)] ?? ''}`);
	return `&(${name}) {\n${indented(lines).join('\n')}\n}\n`;
}

/** Three named routes, the later ones of which may invoke the first. */
export async function acceptedRoutes(random: Random, accepts: (text: string) => Promise<boolean>): Promise<string> {
	const plain = ['n2', 'n1', 'n0'].map(name => `&(${name}) {\n\theader /a* X-Named ${name}\n}\n`).join('');
	const routes = nestedRoute(random, 'n2', []) + nestedRoute(random, 'n1', ['n2']) + nestedRoute(random, 'n0', ['n2']);
	return (await accepts(`${routes}x.test {\n\tinvoke n0\n\tinvoke n1\n\tinvoke n2\n}\n`)) ? routes : plain;
}

function block(state: Generator, most: number): readonly string[] {
	return randomBlock(state, most, directive);
}

function directive(state: Generator): readonly string[] {
	const { random, depth } = state;
	const on = token(random);
	const always = on === '' ? '* ' : on;
	const kind = random.below(100);
	if (kind < 28) return header(random, on);
	if (kind < 45 && depth < 3) {
		const head = random.pick([
			`handle ${on}`,
			`handle ${on}`,
			`route ${on}`,
			`handle_path ${random.pick(['/a/*', '/api*', '/a', '/x/*'])} `,
		]);
		return [`${head}{`, ...indented(block({ ...state, depth: depth + 1 }, 3)), '}'];
	}
	if (kind < 51)
		return [`respond ${on}${random.pick(['"hi"', '204', '"{path}" 200', '{err.status_code}', '404', '"{rp.status_code}"', '{vars.v}'])}`];
	if (kind < 55) return [`redir ${always}${random.pick(['/to', '{scheme}://h{uri} 308', '/x{path} html', '/y permanent', '/n{?query}'])}`];
	if (kind < 59) return [`error ${on}${random.pick(['404', '"bad {path}" 500', '403', '"x" {vars.v}', '503'])}`];
	if (kind < 63)
		return [`rewrite ${always}${random.pick(['/a/b', '/a?x=1', '?q=1', '/api{uri}', '/b{path}?{query}&z=1', '{path}x', '/a?', '?'])}`];
	if (kind < 67) return [`uri ${on}${random.pick(uriOperations)}`];
	if (kind < 69) return [`vars ${on}v ${random.pick(['1', '{path}', '404'])}`];
	if (kind < 71) return [`method ${on}${random.pick(['GET', 'POST', 'HEAD'])}`];
	if (kind < 73) return [`request_header ${on}${random.pick(['X-Req yes', '-X-Req', '+X-Req no', 'X-Req {path}', 'X-Req e E'])}`];
	if (kind < 74) return [`basic_auth ${on}{`, '\tbob $2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG', '}'];
	if (kind < 76) return mapping(random, on);
	if (kind < 78) return [`invoke ${on}${random.pick(['n0', 'n1', 'n2'])}`];
	if (kind < 79) return [`request_body ${on}{`, `\tmax_size ${random.pick(['3', '10MB', '0'])}`, '}'];
	if (kind < 81) return [random.pick(machine)];
	if (kind < 84 && depth < 3) return intercept(state, on);
	if (kind < 86)
		return [
			`forward_auth ${on}app:3000 {`,
			'\turi /check?x=1',
			`\t${random.pick(['copy_headers X-Up', 'copy_headers X-Up>X-Req X-A'])}`,
			'}',
		];
	if (kind < 88 && state.responds) return [random.pick(copying)];
	if (kind < 97) return proxy(state, on);
	return [random.pick(imports)];
}

const uriOperations = [
	...(['strip_prefix /a', 'strip_suffix /b', 'replace /a /z', 'replace / /y 1', 'path_regexp /+ /', 'path_regexp ^/(.) /$1$1'] as const),
	...(['query x 1', 'query -q', 'query +q 3', 'query q>w', 'strip_prefix a'] as const),
] as const;
const machine = [
	...([
		'templates',
		'encode',
		'push /x.css',
		'metrics /met',
		'abort /none',
		'file_server',
		'file_server /b*',
		'php_fastcgi app:9000',
	] as const),
	...([
		'try_files {path} /index.html',
		'try_files /a /b =404',
		'try_files {path} {\n\tpolicy most_recently_modified\n}',
		'root * /srv',
	] as const),
] as const;
const copying = [
	'copy_response',
	'copy_response 203',
	'copy_response_headers',
	'copy_response_headers {\n\tinclude X-Up\n}',
	'copy_response /a 202',
] as const;
const imports = [
	'import plain one "two three"',
	'import plain {path} {vars.v}',
	'import block {\n\theader X-Given b\n}',
	'import parts first {\n\tone X-One 1\n\ttwo {\n\t\trespond /a two\n\t}\n}',
] as const;

function token(random: Random): string {
	if (random.chance(60)) return '';
	// Only what begins with a slash is a matcher there.
	return random.chance(50) ? `${random.pick(patterns).replace(/^\*/, '/*')} ` : random.pick(['@m0 ', '@m1 ', '@m2 ', '* ']);
}

function matcher(random: Random): string {
	return random.pick([
		`path ${random.pick(patterns)} ${random.pick(patterns)}`,
		`path_regexp r ${random.pick(['^/a(.*)$', '/(b)', '(?i)^/A/(.*)$'])}`,
		`method ${random.pick(['GET', 'POST PUT', 'HEAD OPTIONS'])}`,
		`query ${random.pick(['q=1', 'q=*', 'x='])}`,
		`not path ${random.pick(patterns)}`,
		'not header X-Req *',
		'header X-Req yes',
		'header_regexp r X-Req ^(y.*)$',
		'vars v 1',
		'vars {err.status_code} 404',
		'{\n\tnot {\n\t\tpath /a*\n\t\tmethod GET\n\t}\n\theader X-Req *\n}',
		'`path("/a*") || query({"q":"1"})`',
		'`{err.status_code} >= 500`',
		'`{rp.status_code} in [200, 404]`',
	]);
}

function header(random: Random, on: string): readonly string[] {
	if (random.chance(55)) return [`header ${on}${operation(random)}`];
	const lines = Array.from({ length: 1 + random.below(3) }, () => `\t${operation(random)}`);
	if (random.chance(12)) lines.push('\tdefer');
	if (random.chance(15))
		lines.push(`\tmatch ${random.pick(['status 2xx', 'status 4xx 5xx', 'header !X-B', '{\n\tstatus 2xx 404\n\theader X-A *\n}'])}`);
	return [`header ${on}{`, ...lines.flatMap(line => line.split('\n')), '}'];
}

function operation(random: Random): string {
	const field = random.pick(fields);
	const value = random.pick(values);
	const kind = random.below(12);
	if (kind < 5) return `${field} ${value}`;
	if (kind < 6) return `+${field} ${value}`;
	if (kind < 7) return random.pick([`-${field}`, '-X-*', '-*-Options', '-*', '-*a*']);
	if (kind < 8) return `?${field} ${value}`;
	if (kind < 10) return `>${field} ${value}`;
	// A replacement in Server changes the value for all later requests to the process.
	return `${field === 'Server' ? 'X-A' : field} ${random.pick(['o', '.*', '^(.)(.*)$', '[a-z]+', '$', '/'])} ${random.pick(['R', '$1-$2', '${1}z', '""', '{path}'])}`;
}

function mapping(random: Random, on: string): readonly string[] {
	const source = random.pick(['{path}', '{method}', '{vars.v}', '{err.status_code}']);
	return [`map ${on}${source} {mapped} {`, '\t/a one', '\t~^/a/(.*)$ "two $1"', '\t404 notfound', '\t~.*b.* -', '\tdefault {path}', '}'];
}

function intercept(state: Generator, on: string): readonly string[] {
	const { random } = state;
	const routes = block({ ...state, depth: state.depth + 1, responds: false }, 3);
	const handling = random.chance(25)
		? [`\treplace_status @i ${random.pick(['202', '{vars.v}'])}`]
		: [`\thandle_response ${random.pick(['@i ', ''])}{`, ...indented(indented(routes)), '\t\theader -Content-Length', '\t}'];
	return [`intercept ${on}{`, `\t@i ${random.pick(['status 2xx', 'status 404', 'header X-A *', 'status 4xx 5xx 200'])}`, ...handling, '}'];
}

const proxyLines = [
	...(['header_down -X-Up', 'header_down X-Up down', 'header_down +X-Up more', 'header_down -Server', 'header_down X-A a'] as const),
	...(['header_down X-Up u U', 'header_up X-Req up', 'header_down >X-A later', 'header_down -X-*', 'rewrite /rw', 'method POST'] as const),
] as const;

function proxy(state: Generator, on: string): readonly string[] {
	const { random, depth } = state;
	const lines: string[] = Array.from({ length: random.below(3) }, () => `\t${random.pick(proxyLines)}`);
	if (depth < 3 && random.chance(45)) {
		const routes = (): readonly string[] => indented(indented(block({ ...state, depth: depth + 1, responds: true }, 3)));
		lines.push(`\t@r ${random.pick(['status 2xx', 'status 3xx 4xx', 'header X-Up *', 'header X-None *', 'status 5xx'])}`);
		if (random.chance(20)) lines.push(`\treplace_status @r ${random.pick(['203', '404', '{vars.v}'])}`);
		else lines.push(`\thandle_response ${random.chance(75) ? '@r ' : ''}{`, ...routes(), '\t}');
		if (random.chance(20)) lines.push('\thandle_response {', ...routes(), '\t}');
	}
	return lines.length === 0 ? [`reverse_proxy ${on}app:3000`] : [`reverse_proxy ${on}app:3000 {`, ...lines, '}'];
}
