import { createRandom, type Random } from '../support/random';

/** Files that generated texts import, below the folder Caddy runs in. */
export const importedFiles: Readonly<Record<string, string>> = {
	'directives.caddy': 'header X-File 1\nrespond {args[0]} {args[1]}\n',
	'site.caddy': 'file.example.com {\n\trespond file\n}\n',
	'snippets.caddy': '(fromfile) {\n\theader X-Snippet {args[0]}\n\t{block}\n}\n(other) {\n\t{blocks.one}\n\trespond {blocks.two}\n}\n',
	'open.caddy': 'handle {\n\trespond open\n',
	'close.caddy': '}\n',
	'heredoc.caddy': 'respond <<A\n\ttext\n',
	'empty.caddy': '',
	'blank.caddy': '\n\n  \n',
	'comment.caddy': '# nothing else',
	'self.caddy': 'import self.caddy\n',
	'round-1.caddy': 'import round-2.caddy\n',
	'round-2.caddy': 'import round-1.caddy\n',
	'matchers.caddy': '@file path /file\n',
	'env.caddy': 'header X-Env {$SPACES} {$UNSET:default}\n',
	'.hidden.caddy': 'respond hidden\n',
	'many/a.conf': 'header X-A a\n',
	'many/b.conf': 'header X-B b\n',
	'many/.c.conf': 'header X-C c\n',
	'many/deep/d.conf': 'import ../a.conf\n',
};

/** The environment of the Caddy that generated texts are compared with. */
export const environment: Readonly<Record<string, string>> = {
	WORD: 'word',
	EMPTY: '',
	SPACES: 'two words',
	QUOTE: 'a"b',
	LINE: 'one\ntwo',
	BRACES: '{ }',
	OPEN: '{',
	CLOSE: '}',
	COMMENT: '# no',
	HEREDOC: '<<X',
	SITE: 'env.example.com {\n\trespond env\n}',
};

const words: readonly string[] = [
	'{',
	'{',
	'}',
	'}',
	'{}',
	'import',
	'a.com',
	'b.com,',
	',',
	'a.com,b.com',
	':80',
	'respond',
	'header',
	'handle',
	'route',
	'handle_path',
	'/a/*',
	'@m',
	'path',
	'(s)',
	'(t)',
	'&(r)',
	's',
	't',
	'invoke',
	'"quoted text"',
	'"{"',
	'"}"',
	'`raw`',
	'`{`',
	'""',
	'"',
	'`',
	'\\',
	'\\"',
	"'",
	'#',
	'# text',
	'a#b',
	'<<EOF',
	'EOF',
	'<<',
	'<<<X',
	'<<a b',
	'<<E-1',
	'{args[0]}',
	'{args[:]}',
	'{args[1:]}',
	'{args[9]}',
	'{args.0}',
	'x{args[0]}y{args[1]}',
	'{block}',
	'{blocks.one}',
	'one',
	'two',
	'{$WORD}',
	'{$UNSET}',
	'{$UNSET:x y}',
	'{$SPACES}',
	'{$QUOTE}',
	'{$LINE}',
	'{$OPEN}',
	'{$CLOSE}',
	'{$EMPTY:z}',
	'{$BRACES}',
	'{$COMMENT}',
	'{$HEREDOC}',
	'{$SITE}',
	'{$',
	'{$}',
	'{$WORD',
	'{http.request.uri}',
	'directives.caddy',
	'site.caddy',
	'snippets.caddy',
	'open.caddy',
	'close.caddy',
	'heredoc.caddy',
	'empty.caddy',
	'blank.caddy',
	'comment.caddy',
	'self.caddy',
	'round-1.caddy',
	'matchers.caddy',
	'env.caddy',
	'many/*.conf',
	'many/*',
	'*.caddy',
	'many/?.conf',
	'none/*',
	'nothing',
	'many',
	'many/deep/d.conf',
	'[a]',
	'a*b*',
	'{',
	'}',
];

const spaces: readonly string[] = [
	' ',
	' ',
	' ',
	' ',
	'\t',
	'\n',
	'\n',
	'\n',
	'\n',
	'\r\n',
	'\r',
	'  ',
	'\n\n',
	'\\\n',
	' \\\n',
	'\u00a0',
	'\u0085',
	'\u2028',
	'\u3000',
	'\ufeff',
	'\u200b',
	'\v',
	'\f',
	'',
];

/** A Caddyfile out of chance: a mutation of one of `seeds`, the same written otherwise, a token soup, or a structure with mistakes. */
export function generateCaddyfile(seed: number, seeds: readonly string[]): string {
	const random = createRandom(seed);
	const kind = random.below(13);
	let text: string;
	if (10 <= kind) text = rewritten(random, 0 < seeds.length && random.chance(60) ? random.pick(seeds) : structure(random), seeds);
	else if (kind < 4 && 0 < seeds.length) text = mutate(random, random.pick(seeds));
	else if (kind < 6) text = soup(random);
	else if (kind < 8) text = structure(random);
	else text = mutate(random, structure(random));
	if (random.oneIn(12)) text = text.replaceAll('\n', '\r\n');
	if (random.oneIn(25)) text = `\ufeff${text}`;
	return text;
}

function soup(random: Random): string {
	let text = '';
	const length = 1 + random.below(25);
	for (let i = 0; i < length; i++) text += random.pick(words) + random.pick(spaces);
	return text;
}

/**
 * The same file written otherwise, word by word, so that it should mean the same or just not: words in other quotes, as heredocs, out of the
 * environment or out of an import; lines joined, split and indented by other spaces; blocks through snippets; a piece of another file.
 */
function rewritten(random: Random, original: string, seeds: readonly string[]): string {
	const tokens = original.match(/"(?:[^"\\]|\\.)*"|`[^`]*`|#[^\n]*|\n|[^\S\n]+|[^\s]+/g) ?? [];
	const rate = 3 + random.below(40);
	let text = tokens.map(token => (random.oneIn(rate) ? otherwise(random, token) : token)).join('');
	const braces = [...text.matchAll(/\{[ \t]*\n/g)];
	const open = braces[random.below(Math.max(1, braces.length))];
	if (random.oneIn(4) && open !== undefined) {
		// The lines behind a brace become a snippet, or a block that is given to one.
		const at = open.index + open[0].length;
		const end = text.indexOf('\n', at + random.below(60));
		const lines = end < 0 ? '' : text.slice(at, end + 1);
		const made = random.pick([`(w) {\n${lines}}\n`, `(w) {\n\t{block}\n}\n`, `(w) {\n\t{blocks.k}\n}\n`]);
		const use = made.includes('{block}')
			? `import w {\n${lines}}\n`
			: made.includes('blocks')
				? `import w {\nk {\n${lines}}\n}\n`
				: 'import w\n';
		text = made + text.slice(0, at) + use + text.slice(at + lines.length);
	}
	if (random.oneIn(6) && 0 < seeds.length) {
		const other = random.pick(seeds).split('\n');
		const from = random.below(other.length);
		const lines = text.split('\n');
		lines.splice(random.below(lines.length), random.below(3), ...other.slice(from, from + 1 + random.below(4)));
		text = lines.join('\n');
	}
	return text;
}

function otherwise(random: Random, token: string): string {
	if (token === '\n')
		return random.pick(['\n\n', ' \n', '\r\n', ' \\\n', '\n\u00a0', ' # \\\n', ' #\n', '\v\n', '\n{$UNSET}\n', ' {$UNSET}\n', '\\\n']);
	if (token.trim() === '') return random.pick([' ', '\t\t', '\u3000', ' \\\n', '\f', '\r', '', '\n', ' {$UNSET} ', '\ufeff', '\u200b']);
	if (token.startsWith('#')) return random.pick([`${token} \\`, `${token} {$LINE}`, '', '##', `${token.slice(1)}`, '#{$UNSET}']);
	const bare = token.replace(/^["`]|["`]$/g, '');
	return random.pick([
		...[`"${bare}"`, `\`${bare}\``, `<<W\n${bare}\nW`, `<<W\n\t${bare}\n\tW`, `{$UNSET:${bare}}`, `{$UNSET}${token}`, `${token}{$UNSET}`],
		...[
			`"${bare}`,
			`${bare}"`,
			`\\${token}`,
			`${token}\\`,
			`${token},`,
			`${token} {$WORD}`,
			`\\<<${bare}`,
			`<${bare}`,
			`${bare}#`,
			`"${bare}"x`,
		],
		...[
			`${bare.slice(0, 1)}\r${bare.slice(1)}`,
			`{${bare}}`,
			`${bare}{`,
			`(${bare})`,
			`&(${bare})`,
			`@${bare}`,
			`${token} ${token}`,
			`{args[0]}${bare}`,
		],
	]);
}

/** Deletes, doubles, moves and puts in characters, words and lines. */
function mutate(random: Random, original: string): string {
	let text = original;
	const count = 1 + random.below(3);
	for (let i = 0; i < count; i++) {
		const at = random.below(text.length + 1);
		const end = Math.min(text.length, at + 1 + random.below(6));
		const lines = text.split('\n');
		const line = random.below(lines.length);
		switch (random.below(9)) {
			case 0:
				text = text.slice(0, at) + text.slice(end);
				break;
			case 1:
				text = text.slice(0, at) + random.pick(words) + text.slice(at);
				break;
			case 2:
				text = text.slice(0, at) + random.pick(spaces) + random.pick(words) + random.pick(spaces) + text.slice(at);
				break;
			case 3:
				lines.splice(line, 1);
				text = lines.join('\n');
				break;
			case 4:
				lines.splice(line, 0, lines[random.below(lines.length)] ?? '');
				text = lines.join('\n');
				break;
			case 5:
				text =
					text.slice(0, at) +
					random.pick(['{', '}', '"', '`', '\\', '#', '<', ',', '\n', '\r', ' ', '\u00a0', '\ufeff', '$', '(', ')', '@']) +
					text.slice(at);
				break;
			case 6:
				lines[line] = (lines[line] ?? '') + random.pick([' {', ' }', ' \\', ' # a \\ comment', ' <<EOF', ' "', ' {$LINE}', ' import s']);
				text = lines.join('\n');
				break;
			case 7:
				text = text.slice(0, at);
				break;
			default:
				lines.splice(
					line,
					0,
					random.pick([
						'import s one two',
						'\timport t {\n\t\tone a b\n\t\ttwo {\n\t\t\tc\n\t\t}\n\t}',
						'(s) {\n\theader X {args[0]}\n}',
						'}',
						'{',
						'a.com, {',
						'@m path /',
					]),
				);
				text = lines.join('\n');
		}
	}
	return text;
}

/** A whole file: global options, snippets, named routes and sites, nested up to eight deep, with imports of all kinds. */
function structure(random: Random): string {
	const parts: string[] = [];
	if (random.oneIn(5)) parts.push('{\n\tdebug\n}');
	const snippets = random.below(4);
	for (let i = 0; i < snippets; i++) parts.push(`(${random.pick(['s', 't', 'u', 's'])}) {\n${body(random, 2, true)}}`);
	if (random.oneIn(4)) parts.push(`&(r) {\n${body(random, 1, false)}}`);
	if (random.oneIn(3)) parts.push(`import ${target(random)}`);
	const sites = 1 + random.below(3);
	for (let i = 0; i < sites; i++) {
		const key = random.pick([
			'a.com',
			'b.com, c.com',
			'b.com,\nc.com',
			':80',
			'localhost',
			'{$WORD}',
			'{$UNSET:d.com}',
			'{$EMPTY}',
			'"q.com"',
		]);
		parts.push(`${key} ${random.oneIn(12) ? '\n{' : '{'}\n${body(random, 3, false)}}`);
	}
	if (random.oneIn(8)) return `a.com\n${body(random, 2, false)}`;
	return `${parts.join(random.oneIn(5) ? '\n' : '\n\n')}\n`;
}

function body(random: Random, depth: number, snippet: boolean): string {
	let text = '';
	const lines = random.below(4);
	for (let i = 0; i < lines; i++) {
		const indent = '\t';
		const choice = random.below(12);
		if (choice < 2) text += `${indent}import ${target(random)}${importBlock(random)}\n`;
		else if (choice < 4 && 0 < depth)
			text += `${indent}${random.pick(['handle', 'route', 'handle /x/*', 'header'])} {\n${body(random, depth - 1, snippet)}${indent}}\n`;
		else if (choice === 4) text += `${indent}respond <<E\n${indent}  text\n${indent}  ${random.pick(['E', ' E', 'E 200', 'x E', ''])}\n`;
		else if (choice === 5)
			text += `${indent}${snippet ? random.pick(['{block}', '{blocks.one}', 'respond {args[:]}', 'header X-{args[0]} "{args[1]}"', '{args[0]} {args[1:]}', 'respond "{blocks.two}"']) : 'respond `{"a": 1}`'}\n`;
		else if (choice === 6) text += `${indent}respond ${random.pick(words)} ${random.pick(words)}\n`;
		else if (choice === 7) text += `${indent}header X-A \\\n${indent}${indent}"b ${random.pick(['c', '\\"', '\\', '{$QUOTE}', '\n'])}"\n`;
		else if (choice === 8) text += `${indent}header X-B 1 # ${random.pick(['text', 'a \\ b', '{$LINE}', '{$'])}\n`;
		else text += `${indent}respond ${random.pick(['ok', '"a b"', '`c d`', 'e 200', '/f g', '{$SPACES}'])}\n`;
	}
	return text;
}

function target(random: Random): string {
	const name = random.pick(['s', 't', 's', 't', 'u', 'fromfile', 'other', ...words.filter(word => /\.(?:caddy|conf)$|^many/.test(word))]);
	const args = random.below(3);
	return (
		name +
		Array.from(
			{ length: args },
			() => ` ${random.pick(['one', '"two words"', '{$SPACES}', '{args[0]}', '{args[:]}', 'x{$WORD}', '`r`', '{'])}`,
		).join('')
	);
}

function importBlock(random: Random): string {
	if (!random.oneIn(3)) return '';
	return random.pick([
		' {\n\t\tone a\n\t\ttwo b c\n\t}',
		' {\n\t\tone {\n\t\t\theader X 1\n\t\t}\n\t}',
		' {\n\t}',
		' { }',
		' {\n\t\t{\n\t\t}\n\t}',
		' {\n\t\theader X 1\n\t\trespond y\n\t}',
		' {\n\t\tone',
		' { one }',
		' {\n\t\tone }\n\t}',
	]);
}
