import type { Random } from '../support/random';
import { type BlockGenerator as Generator, indented, randomBlock } from './randomBlock';

/**
 * Sites of what the other generators leave out: fields that Go or HTTP treat by themselves, placeholders of all families in values, names and
 * matchers, maps and variables that read each other, odd statuses and bodies, what `encode`, `templates` and `file_server` make of an answer,
 * errors raised in answers to answers, and sites that share hosts, paths and ports.
 */
export function rareSite(random: Random, keys: string): string {
	const lines = ['@m0', '@m1', '@m2', '@m3'].map(name => matcher(random, name));
	lines.push(...block({ random, depth: 0, responds: false, budget: { left: 12 } }, 8));
	for (let i = random.chance(50) ? random.below(3) : -1; 0 <= i; i--) {
		const inner = block({ random, depth: 1, responds: false, budget: { left: 5 } }, 4);
		lines.push(`handle_errors ${random.pick(['', '', '404', '4xx', '5xx', '500 404', '401 405'])} {`, ...indented(inner), '}');
	}
	return `${keys} {\n${indented(lines).join('\n')}\n}\n`;
}

/** What the sites import and invoke. */
export const rareSnippets = [
	'(s) {\n\theader X-Arg {args[0]}\n\theader /a* X-Arg2 "{args[1]}"\n}\n',
	'(b) {\n\theader X-Snip s\n\t{block}\n}\n',
	'&(n0) {\n\theader /* X-Named n0\n\tvars v named\n}\n',
	'&(n1) {\n\theader /a* X-Named n1\n\trespond /b* named\n}\n',
].join('');

/** Global options that change the order of directives or the listeners. */
export const rareOptions = [
	'',
	'',
	'{\n\torder header last\n}\n',
	'{\n\tauto_https off\n}\n',
	'{\n\torder encode after reverse_proxy\n\torder error first\n}\n',
	'{\n\torder templates before header\n\torder vars last\n\torder map after respond\n}\n',
	'{\n\torder intercept first\n\torder rewrite after handle\n}\n',
	'{\n\tservers {\n\t\tprotocols h1\n\t}\n\tgrace_period 1s\n}\n',
	'{\n\tservers {\n\t\tprotocols h1 h2\n\t\tstrict_sni_host insecure_off\n\t\ttrusted_proxies static private_ranges\n\t}\n}\n',
] as const;

/** Addresses that contend for the same requests. */
export const sharedKeys = words(
	'o.test | *.o.test | http://o.test | http://*.o.test | :8080 | http://o.test:8080 | o.test:8443 | https://o.test/a* | http://o.test/a* | http:// | x.o.test, http://y.o.test | http://x.o.test/b | o.test/api/* | :443 | :80 | y.o.test:9000 | http://:9000/a* | localhost',
);

/** Hosts to ask where the addresses are shared. */
export const sharedHosts = words(
	'o.test | x.o.test | y.o.test | z.o.test | other.test | localhost | o.test:8080 | o.test:8443 | y.o.test:9000',
);

/** Paths as they go over the wire. */
export const rarePaths = words(
	'/ | /a | /a/ | /a/b | /a/b.js | /b | /b/c/d | /api/v1 | /index.html | /x.html | /a%20b | /A | /err/418 | //a | /a/../b | /a?x=1 | /?q=a%26b | /b?v=two&v=three | /%0a | /a;c | /api/v1/users/42',
);

const patterns = words('/ | /a | /a* | /a/* | /b* | /api/* | /*.js | /*.html | /* | /A/* | /b/c/* | /%61*');
const fields = words(
	'Vary | Cache-Control | Location | Etag | Set-Cookie | Content-Type | X-Frame-Options | Via | Server | Allow | Link | Www-Authenticate | Last-Modified | Content-Encoding | Accept-Ranges',
);
const values = [
	'one | "two words" | a,b | W/"abc" | "" | "{" | {} | {{path}} | \\{path\\} | `{"k":"{path}"}` | "a {path} b {m} c" | {nope} | {vars.} | {vars.{method}}',
	'{path} | {uri} | {host} | {hostport} | {port} | {scheme} | {method} | {query} | {?query} | {%query} | {%uri} | {path.0} | {path.1} | {file} | {dir}',
	'{file.base} | {file.ext} | {labels.1} | {orig_uri} | {orig_path} | {orig_method} | {orig_query} | {orig_file} | {orig_dir} | {query.v} | {query.q}',
	'{header.X-Req} | {header.Host} | {cookie.c} | {vars.v} | {vars.w} | {m} | {n} | {re.1} | {re.r.1} | {re.r.name} | {re.h.1} | {file_match.relative}',
	'{err.status_code} | {err.status_text} | {err.message} | {resp.status_code} | {resp.header.X-A} | {rp.status_code} | {rp.status_text} | {rp.header.X-Up}',
	'{http.auth.user.id} | {http.request.proto} | {tls_version} | {http.request.tls.server_name} | {remote_host} | {client_ip} | {upstream_hostport}',
	'{env.HOME_OF_NOBODY} | {$UNSET_HERE:default} | {system.slash} | {http.request.orig_uri.path.0} | {http.request.header.x-req}',
].flatMap(words);
const long = 'word '.repeat(220);

function words(text: string): readonly string[] {
	return text.split(' | ');
}

/** A matcher with a blank behind it, or nothing. */
function token({ random }: Generator): string {
	if (random.chance(50)) return '';
	return random.chance(45) ? `${random.pick(patterns)} ` : random.pick(['@m0 ', '@m1 ', '@m2 ', '@m3 ', '* ']);
}

function matcher(random: Random, name: string): string {
	const [first, second] = [simpleMatcher(random), simpleMatcher(random)];
	if (random.chance(45)) return `${name} ${first}`;
	if (random.chance(40)) return `${name} not ${first}`;
	// Two of one kind may be refused.
	const both = first.split(' ')[0] === second.split(' ')[0] ? [first] : [first, random.chance(40) ? `not ${second}` : second];
	const lines = random.chance(25) ? ['not {', ...indented(both), '}'] : both;
	return `${name} {\n${indented(lines).join('\n')}\n}`;
}

function simpleMatcher(random: Random): string {
	const expression = random.pick(expressions);
	return random.pick([
		`path ${random.pick(patterns)} ${random.pick(patterns)}`,
		'path *.js *b*',
		`path_regexp r ${random.pick(words('^/a(.*)$ | (?P<name>b+) | ^/api/(v\\d) | /(\\w+)$ | (?i)^/(a) | ^/err/(\\d+)'))}`,
		`path_regexp ${random.pick(['^/(b)', '(.*)'])}`,
		`header X-Req ${random.pick(words('yes | * | y* | *s | *e* | {path} | "a b"'))}`,
		'header !X-Req',
		`header Host ${random.pick(['*.test', '*'])}`,
		`header_regexp h X-Req ${random.pick(words('^(y.*)$ | (o+) | .'))}`,
		`method ${random.pick(['GET', 'GET HEAD', 'POST', 'OPTIONS PUT'])}`,
		`query ${random.pick(words('q=* | v=two | x=1 x=2 | v=three q=* | "" | x={query.x}'))}`,
		`vars ${random.pick(words('v one two | {path} /a /b | {method} GET | w {path} | {m} am | v "" | {err.status_code} 404 500 | {vars.v} one'))}`,
		`vars_regexp vr v ${random.pick(['^o(.*)$', '.*'])}`,
		`protocol ${random.pick(words('http | https | http/1.1 | http/2 | http/1.0+ | grpc | http/2+'))}`,
		`${random.pick(['remote_ip', 'client_ip'])} ${random.pick(['127.0.0.1', '10.0.0.0/8', 'private_ranges'])}`,
		`host ${random.pick(['*.test', 'nobody.test', '{host}', '*'])}`,
		`expression ${expression}`,
		'`{path} == "/a"`',
		`file ${random.pick(['{path}', '/index.html', '{path}/index.html x.html'])}`,
	]);
}

const expressions = words(
	"{method} == 'GET' | path('/a*') && !method('POST') | {vars.v} == 'one' | {m}.startsWith('a') | {query.v} in ['two', 'two,three'] | header({'X-Req': 'y*'}) | {err.status_code} in [404, 405] | {http.request.uri.path.0} == 'a' | vars({'v': 'one'}) | remote_ip('127.0.0.1') | path_regexp('r', '^/(a+)') | file({'try_files': ['{path}']}) | {resp.status_code} == 200 | int({path.1}) > 3",
);

function operation(random: Random): string {
	const field = random.chance(55) ? random.pick(['X-A', 'X-B', 'X-C']) : random.pick(fields);
	const value = random.pick(values);
	const kind = random.below(100);
	if (kind < 40) return `${field} ${value}`;
	if (kind < 50) return `+${field} ${value}`;
	if (kind < 62) return random.pick([`-${field}`, `-${field}`, '-X-*', '-*-Options', '-*', '-*ent*', '-Content-*']);
	if (kind < 72) return `?${field} ${value}`;
	if (kind < 84) return `>${field} ${value}`;
	if (kind < 88) return `${random.pick(words('X-{path.0} | {vars.v} | X-{method} | +X-{m} | -{vars.v} | {nope} | ?X-{method}'))} ${value}`;
	const search = random.pick(words('o | .* | ^(.)(.*)$ | [a-z]+ | $ | (?i)ONE | {path} | \\s | .'));
	// A replacement in Server changes the value for all later requests to the process.
	return `${random.pick(['', '>', ''])}${field === 'Server' ? 'X-A' : field} ${search} ${random.pick(words('R | $1-$2 | ${1}z | "" | {path} | $0$0 | {m}'))}`;
}

function header(state: Generator): readonly string[] {
	const { random } = state;
	const on = token(state);
	if (random.chance(60)) return [`header ${on}${operation(random)}`];
	const lines = Array.from({ length: 1 + random.below(4) }, () => operation(random));
	if (random.chance(12)) lines.push('defer');
	if (random.chance(15)) lines.push(`match ${random.pick(answers)}`);
	return [`header ${on}{`, ...indented(lines), '}'];
}

const answers = [
	...words('status 2xx | status 404 5xx | header X-A one | header !X-A | header X-Up * | status 304 204'),
	'{\n\tstatus 200 302\n\theader Content-Type text*\n}',
];

function block(state: Generator, most: number): readonly string[] {
	return randomBlock(state, most, directive);
}

function directive(state: Generator): readonly string[] {
	const { random, depth } = state;
	const kind = random.below(120);
	if (kind < 30) return header(state);
	if (kind < 45 && depth < 3) {
		const path = random.pick(words('/a/* | /api* | /a | /b/c/* | /*'));
		const head = random.pick([`handle ${token(state)}`, `handle ${token(state)}`, `route ${token(state)}`, `handle_path ${path} `]);
		return [`${head}{`, ...indented(block({ ...state, depth: depth + 1 }, 4)), '}'];
	}
	if (96 <= kind && kind < 102 && depth < 3) return intercept(state);
	if (104 <= kind && kind < 106 && state.responds) return [random.pick(copying)];
	if (108 <= kind) return proxy(state);
	const [name, ...uses] = random.pick(simple).split('\n\n');
	const use = random.pick(uses);
	return [`${name}${withMatcher.has(name ?? '') ? token(state) : alwaysMatched.has(name ?? '') ? token(state) || '* ' : ''}${use}`];
}

/** A directive's name with a blank, and uses of it; each as often as it is to be drawn. */
const simple: readonly string[] = [
	...repeated(
		4,
		'respond ',
		...words(
			'hi | "{path} {m}" 200 | 204 | 304 | "gone" 410 | `{"a":1}` | `<p>html</p>` 200 | {err.status_code} | {vars.v} | "x" {vars.c}',
		),
		...words('418 | "" 200 | "{err.message}" | 500 | "x" 299 | 101 | 103 | 0 | 600 | 999 | 1000'),
		`"${long}"`,
		'{\n\tbody "{{.Host}} xxxxxxxxxxxxxxxxxxxx"\n\tclose\n}',
		'<<HTML 200\n\t<html>{path}</html>\n\tHTML',
	),
	...repeated(
		3,
		'redir ',
		...words(
			'/to | {scheme}://{host}/x{uri} 308 | /x{path} html | https://{hostport}{uri} permanent | /n{?query} 307 | {re.r.1} 303 | /a 401',
		),
		...words('{vars.v} | /p 399 | {m} temporary'),
	),
	...repeated(
		3,
		'error ',
		...words(
			'404 | "bad {path}" 500 | 403 | "x" {vars.c} | 503 | "only text" | "t" 999 | 405 | {err.status_code} | 418 | {$NOPE:404} | "x" 304',
		),
	),
	...repeated(
		3,
		'rewrite ',
		...words(
			'/a/b | /b?x=1 | ?q=1 | /api{uri} | {path}.html | /{m} | {re.r.1} | /a?{query}&z={path} | /a#frag | /x%20y | /a/../b | a | /{vars.v}',
		),
		...words('{http.request.orig_uri.path} | /err/{err.status_code} | {path}? | /%zz'),
	),
	...repeated(
		3,
		'uri ',
		...words(
			'strip_prefix /a | strip_suffix .js | strip_suffix / | replace b z | replace / // 1 | path_regexp /+ / | path_regexp ^/(.*)$ /$1/$1',
		),
		...words('query +x {path} | query -v | query v>w | query x "" y | strip_prefix /{path.0} | replace {path} /whole'),
	),
	...repeated(
		3,
		'vars ',
		...words('v one | v two | v {path} | v {method} | v 5 | v true | v "" | v X-A | w {vars.v}{m}'),
		'{\n\tv one\n\tc 404\n}',
	),
	...repeated(
		3,
		'map ',
		'{path} {m} {\n\t/a am\n\t~^/b(.*)$ "b$1"\n\t~.*api.* -\n\tdefault {method}\n}',
		'{method} {m} {n} {\n\tGET g1 g2\n\tPOST p1\n\tdefault d1 d2\n}',
		'{m} {n} {\n\tam from-map\n\tdefault "[{m}]"\n}',
		'{header.X-Req} {n} {\n\tyes 1\n\tno 2\n\t"" empty\n}',
		'{err.status_code} {m} {\n\t404 notfound\n\t500 broken\n\tdefault other\n}',
		'"{path}-{method}" {m} {\n\t/a-GET hit\n\t~^/(?P<name>\\w+)-(\\w+)$ "${name}/$2"\n}',
	),
	...repeated(2, 'method ', 'GET', 'POST', 'HEAD', 'OPTIONS'),
	...repeated(
		2,
		'request_header ',
		...words('X-Req yes | -X-Req | +X-Req no | X-Req {path} | Host changed.test | Cookie "c=9; d=8" | -X-* | Host {host}:1'),
	),
	...repeated(1, 'basic_auth ', 'bcrypt "my realm" {\n\tbob $2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG\n}'),
	...repeated(
		2,
		'encode ',
		'gzip',
		'{\n\tgzip\n\tminimum_length 10\n\tmatch header Content-Type text/*\n}',
		'{\n\tzstd\n\tmatch status 200\n}',
	),
	...repeated(2, 'templates ', '', '{\n\tmime text/plain application/json\n}'),
	...repeated(
		2,
		'file_server ',
		...[
			'',
			'browse',
			'{\n\tstatus 203\n}',
			'{\n\tstatus {err.status_code}\n}',
			'{\n\tpass_thru\n\tindex none.html\n}',
			'{\n\thide *.html\n}',
		],
	),
	...repeated(1, 'try_files ', '{path} {path}/ /index.html', '{path} =404'),
	...repeated(1, 'php_fastcgi ', 'app:9000', 'app:9000 {\n\ttry_files {path} index.php\n\theader_down X-Php yes\n}'),
	...repeated(1, 'request_body ', '{\n\tmax_size 3\n}', '{\n\tset "{path} body"\n}'),
	...repeated(
		2,
		'forward_auth ',
		'auth:1 {\n\turi /check\n}',
		'auth:1 {\n\turi /check\n\tcopy_headers X-Up>X-Req\n\theader_down X-Auth seen\n}',
	),
	...repeated(
		2,
		'',
		...words('invoke n0 | invoke n1 | import s one {path} | import s "{m} x" two | metrics /met | abort /b/c/* | push | fs nope'),
	),
	...repeated(1, '', 'import b {\n\theader X-Blk b\n\trespond /b* blk\n}'),
];

const alwaysMatched: ReadonlySet<string> = new Set(['redir ', 'rewrite ']);
const withMatcher: ReadonlySet<string> = new Set(
	words(
		'respond | error | uri | vars | map | method | request_header | basic_auth | encode | templates | file_server | php_fastcgi | request_body | forward_auth',
	).map(name => `${name} `),
);

function repeated(times: number, name: string, ...uses: readonly string[]): readonly string[] {
	return Array.from({ length: times }, () => [name, ...uses].join('\n\n'));
}

const copying = [
	...words('copy_response | copy_response 203 | copy_response {rp.status_code}'),
	'copy_response_headers {\n\tinclude X-Up\n}',
	'copy_response_headers {\n\texclude Content-Length X-A\n}',
];

function intercept(state: Generator): readonly string[] {
	const { random } = state;
	const on = random.pick(['@i ', '@i ', '']);
	const routes = indented(indented(block({ ...state, depth: state.depth + 1 }, 3)));
	const handling = random.chance(25)
		? [`\treplace_status ${on}${random.pick(['202', '{vars.c}', '{resp.status_code}'])}`]
		: [`\thandle_response ${on}{`, ...routes, ...(random.chance(80) ? ['\t\theader -Content-Length'] : []), '\t}'];
	return [`intercept ${token(state)}{`, `\t@i ${random.pick(answers)}`, ...handling, '}'];
}

const proxyLines = [
	...words(
		'header_down -X-Up | header_down X-Up down | header_down +X-Up more | header_down -Server | header_down X-A o O | header_down -X-*',
	),
	...words(
		'header_down X-{path.0} pp | header_up X-Req up | header_up Host {upstream_hostport} | rewrite /rw | method POST | header_down >X-A later',
	),
	...words('header_down -* | header_down Set-Cookie "$" "; Secure" | flush_interval -1'),
];

function proxy(state: Generator): readonly string[] {
	const { random, depth } = state;
	const lines: string[] = Array.from({ length: random.below(3) }, () => random.pick(proxyLines));
	if (depth < 3 && random.chance(40)) {
		lines.push(`@r ${random.pick(answers)}`);
		const routes = indented(block({ ...state, depth: depth + 1, responds: true }, 3));
		if (random.chance(20)) lines.push(`replace_status @r ${random.pick(['203', '404', '{vars.c}'])}`);
		else lines.push(`handle_response ${random.chance(75) ? '@r ' : ''}{`, ...routes, '}');
	}
	const head = `reverse_proxy ${token(state)}${random.pick(['app:3000', 'app:3000', 'auth:1', 'app:3000 app:3000'])}`;
	return lines.length === 0 ? [head] : [`${head} {`, ...indented(lines), '}'];
}
