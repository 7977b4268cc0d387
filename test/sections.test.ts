import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createSectionedFile } from '../server/src/caddy/sectionedFile';
import { parseCaddyfile } from '../server/src/caddyfile/parse';
import type { Finding } from '../server/src/finding';
import { createLinter } from '../server/src/linter';
import type { AnalysisOptions } from '../server/src/model/analysis';
import { changedBetween, createDocumentSource } from '../server/src/text/documentSource';
import { createSource } from '../server/src/text/source';
import { linterHost } from './support/lintText';
import { createRandom, type Random, seedOf } from './support/random';

const file = '/workspace/Caddyfile';
const rulesFolder = path.resolve(__dirname, 'rules');

/** All that a finding says, with its fixes. */
function told({ rule, severity, message, headers, reasons, place, related, fixes }: Finding): unknown {
	return { rule, severity, message, headers, reasons, place, related, fixes };
}

/** What the linter says of a text it sees for the first time. */
function fresh(text: string): readonly unknown[] {
	const linter = createLinter(linterHost({}, {}));
	linter.update(createSource(file, text));
	return (linter.report(file)?.findings ?? []).map(told);
}

/** A linter for an editor, which is given one text after the other, each as an edit of a document that is kept in small pieces. */
function typing(): (text: string) => readonly unknown[] {
	const linter = createLinter({ ...linterHost({}, {}), typing: true });
	let source = createDocumentSource(file, '', 64);
	return text => {
		const edit = changedBetween(source, createSource(file, text));
		if (edit !== null) source = source.edited({ start: edit.start, end: edit.oldEnd }, text.slice(edit.start, edit.newEnd));
		linter.update(source);
		return (linter.report(file)?.findings ?? []).map(told);
	};
}

/** The mistakes for which Caddy refuses a text. */
function refusals(told: readonly unknown[]): readonly unknown[] {
	return told.filter(finding => (finding as Finding).rule === 'caddyfile-syntax' && (finding as Finding).severity === 'error');
}

/** Whether a text is one that Caddy refuses and that cannot be read site by site: while it is typed, what was said of other sites is kept. */
function isHalfTyped(text: string): boolean {
	const options: AnalysisOptions = { ...linterHost({}, {}), caddyVersion: '2.11' };
	const source = createSource(file, text);
	return (
		parseCaddyfile(source, options).problems.some(({ severity }) => severity === 'error') && createSectionedFile(source, options) === null
	);
}

/** Fails where a text says otherwise when it is typed than when it is read. */
function assertTypedAsRead(texts: readonly string[], shown: (told: readonly unknown[]) => unknown = told => told): void {
	const type = typing();
	for (const text of texts) {
		const typed = type(text);
		const read = fresh(text);
		const compared = isHalfTyped(text) ? refusals : shown;
		assert.deepEqual(compared(typed), compared(read), `differs when this is typed:\n${text}`);
	}
}

/** What a fix writes, without the indentation: where a site has none of its own, that of the sites around it is looked for only when the file is read. */
function withoutIndentation(told: readonly unknown[]): unknown {
	return JSON.parse(JSON.stringify(told).replace(/(?<=\\n|"newText":")(?:\\t| )+/g, ''));
}

/** The Caddyfiles of the rules' fixtures, without their carets. */
const fixtures: readonly { readonly name: string; readonly text: string }[] = readdirSync(rulesFolder).flatMap(rule =>
	readdirSync(path.join(rulesFolder, rule))
		.filter(name => name.endsWith('.caddyfile'))
		.map(name => ({
			name: `${rule}/${name}`,
			text: readFileSync(path.join(rulesFolder, rule, name), 'utf8').replace(/^#[ \t]*(?:\^|<).*\n/gm, ''),
		})),
);

describe('a Caddyfile that is being typed', () => {
	it('says the same as one that is read: every fixture of a rule', () => {
		const type = typing();
		for (const { name, text } of fixtures) assert.deepEqual(type(text), fresh(text), name);
	});

	it('sees that another site of the server begins or ceases to invoke a named route', () => {
		const routes = '&(inner) {\n\theader /* X-Frame-Options DENY\n}\n\n&(outer) {\n\tinvoke /* inner\n\trespond /* ok\n}\n\n';
		const sites = (line: string): string => `${routes}a.example.com {\n\tinvoke outer\n}\n\nb.example.com {\n\t${line}\n}\n`;
		const texts = [sites('respond b'), sites('invoke inner'), sites('invoke outer'), sites('respond b').replace('invoke /* inner', '')];
		assertTypedAsRead([...texts, ...texts]);
	});

	it('keeps what is said of other sites while one is edited', () => {
		const sites = ['a.example.com {\n\theader X-Frame-Options ALLOWALL\n\tfile_server\n}\n', 'b.example.com {\n\tfile_server\n}\n'];
		assertTypedAsRead([
			sites.join('\n'),
			`# more\n${sites.join('\n')}`,
			sites.join('\n').replace('b.example.com {\n', 'b.example.com {\n\theader X-Content-Type-Options nosnif\n'),
			sites.join('\n').replace('ALLOWALL', 'DENY'),
			sites.toReversed().join('\n'),
			sites.join(''),
			sites[0] ?? '',
		]);
	});

	it('sees that sites begin or cease to contend for a port or a certificate', () => {
		const text = (tls: string, options = ''): string =>
			`${options}a.example.com {\n\t${tls}\n\trespond a\n}\n\na.example.com:8443 {\n\ttls me@example.org\n\trespond b\n}\n\nhttp://b.example.com:8080 {\n}\n`;
		const lone = '{\n\tdebug\n}\n\n';
		assertTypedAsRead([
			...[text('tls internal'), text('tls me@example.org'), text('tls internal'), text('encode')],
			...[text('tls internal', lone), text('tls internal', lone.replace('debug', 'local_certs')), text('tls internal', lone)],
			text('tls internal').replace('a.example.com:8443', 'https://a.example.com:8080'),
		]);
	});

	it('sees in all sites that a snippet was changed', () => {
		const text = (value: string): string =>
			`(common) {\n\theader X-Frame-Options ${value}\n}\n\na.example.com {\n\timport common\n\tfile_server\n}\n\nb.example.com {\n\timport common\n}\n`;
		assertTypedAsRead([text('DENY'), text('ALLOWALL'), text('DENY'), text('DENY').replaceAll('import common', '# import common')]);
	});

	it('sees for a snippet that lacks an argument what all its imports give', () => {
		const text = (words: string): string =>
			`(frame) {\n\theader X-Frame-Options {args[1]}\n}\n\na.example.com {\n\timport frame DENY\n\trespond a\n}\n\nb.example.com {\n\timport frame${words}\n\trespond b\n}\n`;
		const texts = ['', ' DENY', ' "SAME ORIGIN"', ' SAMEORIGIN DENY', ' DENY'].map(text);
		assertTypedAsRead([...texts, ...texts.toReversed()]);
	});

	it('sees in all sites what the global options and the other addresses change', () => {
		const sites = ':80 {\n\theader X-Frame-Options DENY\n\tredir https://{host}{uri}\n}\n\nwww.example.com {\n\tfile_server\n}\n';
		assertTypedAsRead([
			sites,
			sites.replace('www.example.com', 'www.example.comx'),
			sites.replace('www.example.com', ':8080'),
			`{\n\tauto_https off\n}\n\n${sites}`,
			`{\n\tauto_https off # as \\\n\tadmin off\n}\n\n${sites}`,
			`{\n\tauto_https  off # as\n\tadmin off\n}\n\n${sites}`,
			`{\n\tauto_https off # as \\\n\tadmin off\n}\n\n${sites}`,
			`{\n\tlocal_certs\n}\n\n${sites}`,
			`{\n\tlocal_certs # note\n}\n\n${sites}`,
			sites,
			`${sites}\nwww.example.com {\n\trespond "twice"\n}\n`,
		]);
	});

	it('sees for a domain what its other sites do', () => {
		const apex = (value: string): string => `example.com {\n\theader Strict-Transport-Security "${value}"\n\tfile_server\n}\n\n`;
		const plain = 'http://old.example.com {\n\trespond "hello"\n}\n';
		const preload = 'max-age=63072000; includeSubDomains; preload';
		assertTypedAsRead([
			apex(preload) + plain,
			apex(preload) + plain.replace('respond "hello"', 'redir https://{host}{uri}'),
			apex(preload) + plain.replace('old.example.com', 'old.example.org'),
			apex(preload) + plain,
			`# note\n${apex(preload)}# note\n${plain}`,
			apex('max-age=63072000') + plain,
			`# headerlint-ack hsts-preload example.com: all is HTTPS\n${apex(preload)}`,
			apex(preload),
			`# headerlint-disable hsts-preload-unacknowledged -- later\n${apex(preload)}`,
		]);
	});

	it('says the same of a file with so many sites that most of them are read again when they are asked for', () => {
		const globals = '{\n\tadmin off\n}\n\n';
		const snippet = '(common) {\n\theader X-Frame-Options ALLOWALL\n}\n\n';
		const preload = 'header Strict-Transport-Security "max-age=63072000; includeSubDomains; preload"';
		const lines = [
			'import common\n\tfile_server',
			'header X-Content-Type-Options sniff\n\treverse_proxy localhost:3000',
			`${preload}\n\thandle /api/* {\n\t\theader /api/x -Server\n\t\trespond "x" 404\n\t}\n\thandle {\n\t\tfile_server\n\t}`,
			'header {\n\t\tX-Frame-Options DENY\n\t\tdefer\n\t}\n\troot * /srv\n\tphp_fastcgi localhost:9000',
			'redir https://example.com{uri}',
		];
		const sites = Array.from({ length: 150 }, (_, index) => {
			const address = `${index % 5 === 4 ? 'http://' : ''}s${index}.example.com`;
			return `${address} {\n\t${lines[index % lines.length]}\n}\n`;
		});
		const text = globals + snippet + sites.join('\n');
		assertTypedAsRead([
			text,
			text.replace('admin off', 'admin  off # note'),
			text.replace('admin off', 'http_port 8080'),
			text,
			text.replace('s120.example.com', 's120.example.org'),
			text.replace('s121.example.com {', 's121.example.com {\n\ttls internal'),
			text.replace('http://s124.example.com {\n\tredir', 'http://s124.example.com {\n\trespond "x" #'),
			text.replace('ALLOWALL', 'DENY'),
			text.replace('ALLOWALL', 'DENY # note'),
			text.replace('s10.example.com', 'new.example.com {\n\tfile_server\n}\n\ns10.example.com'),
			text.replace('(common)', '&(route) {\n\theader X-Frame-Options DENY\n}\n\n(common)').replaceAll('file_server', 'invoke route'),
			text.replaceAll('sniff', 'nosniff'),
		]);
	});

	it('keeps what is said of other sites while a new one is written', () => {
		const sites = ['a.example.com {\n\theader X-Frame-Options ALLOWALL\n\tfile_server\n}\n', 'b.example.com {\n\tfile_server\n}\n'];
		const rules = (told: readonly unknown[]): readonly string[] =>
			told.flatMap(finding => ((finding as Finding).rule === 'caddyfile-syntax' ? [] : [(finding as Finding).rule]));
		const type = typing();
		const before = rules(type(sites.join('\n')));
		const written = 'new.example.com {\n\theader {\n\t\tX-Frame-Options DENY\n\t}\n\tfile_server\n}\n';
		for (let end = 1; end < written.length - 2; end++) {
			const text = sites.join(`\n${written.slice(0, end)}\n`);
			const told = type(text);
			if (isHalfTyped(text)) assert.deepEqual(rules(told), before, text);
		}
		assertTypedAsRead([sites.join('\n'), sites.join(`\n${written.slice(0, 20)}\n`), sites.join(`\n${written}\n`)]);
	});

	it('moves what is said along, and the place of its fix, while a line above is half-typed', () => {
		const text = 'a.example.com {\n\tfile_server\n}\n\nb.example.com {\n\theader X-Content-Type-Options sniff\n}\n';
		const type = typing();
		type(text);
		const broken = `new.example.com\n${text}`;
		const told = type(broken).find(finding => (finding as Finding).rule === 'nosniff-invalid') as Finding;
		const at = broken.indexOf('sniff');
		assert.deepEqual(told.place.span, { start: at, end: at + 5 });
		assert.deepEqual(
			told.fixes.flatMap(({ edits }) => edits.map(({ span }) => span)),
			[{ start: at, end: at + 5 }],
		);
	});

	it('tells the first findings, and how many there are, as it tells all of them, while a site is half-typed', () => {
		const site = (index: number): string => `a${index}.example.com {\n\theader X-Content-Type-Options sniff\n\tfile_server\n}\n`;
		const sites = Array.from({ length: 12 }, (_, index) => site(index));
		const linter = createLinter({ ...linterHost({}, {}), typing: true });
		const written = 'new.example.com {\n\theader X-Frame-Options "ALLOWALL';
		for (let end = 0; end <= written.length; end++) {
			const text = [...sites.slice(0, 5), written.slice(0, end), ...sites.slice(5)].join('\n');
			linter.update(createSource(file, text));
			const all = linter.report(file)?.findings ?? [];
			for (const limit of [0, 1, 7, 1000]) {
				const report = linter.report(file, { limit });
				assert.deepEqual((report?.findings ?? []).map(told), all.slice(0, limit).map(told), text);
				if (0 < limit) assert.equal(report?.omitted ?? 0, Math.max(0, all.length - limit), text);
			}
		}
	});

	it('lets a comment silence what is kept', () => {
		const silenced =
			'a.example.com {\n\t# headerlint-disable-next-line nosniff-invalid -- later\n\theader X-Content-Type-Options sniff\n}\n';
		const type = typing();
		type(silenced);
		const told = type(`${silenced}\nnew.example.com\n\nb.example.com {\n\tfile_server\n}\n`);
		assert.equal(
			told.some(finding => (finding as Finding).rule === 'nosniff-invalid'),
			false,
		);
	});

	it('reads on when a brace is missing for a while', () => {
		const text = 'a.example.com {\n\tfile_server\n}\n\nb.example.com {\n\tfile_server\n}\n';
		assertTypedAsRead([text, text.replace('}\n\nb', '\n\nb'), text, text.replace('b.example.com {', 'b.example.com "{'), text]);
	});

	it('tells of an address that stands twice before anything else about it', () => {
		const text = '*.example.c@om {\n\trespond "a"\n}\n\n*.example.com {\n\trespond "b"\n}\n';
		assertTypedAsRead([text, text.replace('*.example.com', '*.example.c@om')]);
	});

	it(`says the same as one that is read: random edits, seed ${seedOf(11)}`, function () {
		this.timeout(120_000);
		const random = createRandom(seedOf(11));
		for (let round = 0; round < 40; round++) {
			const texts: string[] = [];
			let text = Array.from({ length: random.below(4) + 1 }, () => random.pick(fixtures).text).join('\n');
			for (let edit = 0; edit < 12; edit++) {
				texts.push(text);
				text = edited(text, random);
			}
			assertTypedAsRead(texts);
		}
	});

	it(`says the same as one that is read while white space and comments are typed, seed ${seedOf(12)}`, function () {
		this.timeout(120_000);
		const random = createRandom(seedOf(12));
		for (let round = 0; round < 60; round++) {
			const texts: string[] = [];
			let text = Array.from({ length: random.below(3) + 1 }, () => random.pick(fixtures).text).join('\n');
			for (let edit = 0; edit < 10; edit++) {
				texts.push(text);
				text = withOtherTrivia(text, random);
			}
			assertTypedAsRead(texts, withoutIndentation);
		}
	});
});

/** A text whose white space or comments were edited, mostly so that Caddy reads the same. */
function withOtherTrivia(text: string, random: Random): string {
	const lines = text.split('\n');
	const index = random.below(lines.length);
	const line = lines[index] ?? '';
	const space = [...text.matchAll(/[ \t\n]/g)].map(({ index: at }) => at);
	const at = random.pick(space) ?? 0;
	switch (random.below(6)) {
		case 0:
			return lines.with(index, line + random.pick([' ', '\t', '  # note', ' # a\\b', '#'])).join('\n');
		case 1:
			return lines.with(index, random.pick([' ', '\t', '\t\t']) + line).join('\n');
		case 2:
			return lines.with(index, line.trimEnd().replace(/^\s+/, '')).join('\n');
		case 3:
			return lines.toSpliced(index, 0, random.pick(['', '\t# note', '# note', '# headerlint-disable-next-line'])).join('\n');
		case 4:
			return text.slice(0, at) + random.pick([' ', '\t', ' \n', '\n\n']) + text.slice(at);
		default:
			return text.slice(0, at) + text.slice(at + 1);
	}
}

/** A text after one edit as people make them. */
function edited(text: string, random: Random): string {
	const at = random.below(text.length + 1);
	const lines = text.split('\n');
	const line = random.below(lines.length);
	switch (random.below(6)) {
		case 0:
			return text.slice(0, at) + random.pick(['x', ' ', '"', '{', '}', '#', '\n', '\\', '1', '-', '{$X}', '\t', ',', '@']) + text.slice(at);
		case 1:
			return text.slice(0, at) + text.slice(at + 1);
		case 2:
			return lines.toSpliced(line, 1).join('\n');
		case 3:
			return lines.toSpliced(line, 0, random.pick(lines)).join('\n');
		case 4:
			return lines
				.toSpliced(line, 0, random.pick(['\theader X-Frame-Options DENY', '\tdefer', '\timport common', '\tencode gzip', '', '# note']))
				.join('\n');
		default:
			return `${text}\n${random.pick(fixtures).text}`;
	}
}
