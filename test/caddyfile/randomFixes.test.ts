import assert from 'node:assert/strict';
import { bareField, setFields } from '../../server/src/caddy/headerLines';
import { allDirectives } from '../../server/src/caddyfile/blocks';
import { parseCaddyfile } from '../../server/src/caddyfile/parse';
import type { Finding, Fix } from '../../server/src/finding';
import { applyEdits } from '../../server/src/text/edit';
import { createSource } from '../../server/src/text/source';
import { noFiles } from '../caddy/predict';
import { type AdaptServer, withAdaptServer } from '../support/adaptServer';
import { lintText } from '../support/lintText';
import { createRandom, type Random, seedOf } from '../support/random';
import { type RunningCaddy, skipUnlessCaddy, startCaddy } from '../support/realCaddy';
import { askedPaths, fixSite, fixtureLines, head } from './fixSites';

/** Caddyfiles of this run, and random sites in each; a file costs one start of Caddy. */
const files = Number(process.env['FILES'] ?? 6);
const sitesPerFile = 30;
const requestsAtOnce = 8;

describe('fixes of Caddyfile rules change only what they name', function () {
	this.timeout(600_000);

	it(`on random sites in ${files} files, asked the real Caddy before and after`, async function () {
		skipUnlessCaddy(this);
		const pool = fixtureLines();
		const mistakes: string[] = [];
		const tried = new Map<string, number>();
		await withAdaptServer(async adapter => {
			for (let file = 0; file < files; file++) {
				const random = createRandom(seedOf(1) * 104_729 + file);
				const sites: FixedSite[] = [];
				for (let index = 0; index < sitesPerFile; index++) {
					const site = await fixedSite(random, index, pool, adapter, mistakes);
					if (site !== null) sites.push(site);
				}
				for (const { finding } of sites.flatMap(({ fixes }) => fixes)) tried.set(finding.rule, (tried.get(finding.rule) ?? 0) + 1);
				mistakes.push(...(await mistakesOf(sites)));
			}
		});
		console.log(
			`      ${[...tried]
				.map(([rule, count]) => `${rule} ${count}`)
				.sort()
				.join(', ')}`,
		);
		if (0 < mistakes.length)
			assert.fail(`${mistakes.length} mistakes\n${mistakes.slice(0, Number(process.env['SHOW'] ?? 3)).join('\n\n')}`);
		assert.ok(8 < tried.size, `only ${tried.size} rules had a fix to try`);
	});
});

interface FixedSite {
	readonly scheme: string;
	readonly text: string;
	readonly fixes: readonly { readonly finding: Finding; readonly fix: Fix; readonly text: string }[];
}

const host = 'x.test';

/** A random site that Caddy accepts, and what each fix makes of it; null where it accepts none or nothing is to fix. */
async function fixedSite(
	random: Random,
	index: number,
	pool: readonly string[],
	adapter: AdaptServer,
	mistakes: string[],
): Promise<FixedSite | null> {
	const scheme = index % 3 === 0 ? 'https' : 'http';
	const text = fixSite(random, scheme === 'https' ? host : `http://${host}`, pool);
	const accepts = async (site: string): Promise<boolean> => (await adapter.adapt(head + site).catch(() => 'Caddy panics')) === null;
	if (!(await accepts(text))) return null;
	const fixes: { readonly finding: Finding; readonly fix: Fix; readonly text: string }[] = [];
	for (const finding of lintText('Caddyfile', head + text)) {
		const [fix] = finding.fixes;
		if (!finding.rule.startsWith('caddy-') || fix === undefined) continue;
		const fixed = applyEdits(head + text, fix.edits);
		// A fix in a snippet or named route is for all sites; the other tests try those.
		if (!fixed.startsWith(head)) continue;
		const rest = fixed.slice(head.length);
		if (await accepts(rest)) fixes.push({ finding, fix, text: rest });
		else mistakes.push(`${finding.rule}: Caddy refuses what ${fix.title} makes of\n${text}\n${rest}`);
	}
	return fixes.length === 0 ? null : { scheme, text, fixes };
}

/** Runs all sites, fixed and not, in one Caddy, each under a host of its own. */
async function mistakesOf(sites: readonly FixedSite[]): Promise<readonly string[]> {
	const under = (text: string, name: string): string => text.replace(host, name);
	const text = sites.flatMap(({ text: before, fixes }, index) => [
		under(before, `before${index}.test`),
		...fixes.map((fix, at) => under(fix.text, `after${index}-${at}.test`)),
	]);
	const caddy = await startCaddy({ text: head + text.join('\n'), upstream, files: { a: 'a', 'app/x': 'x' } });
	const mistakes: string[] = [];
	try {
		for (const [index, site] of sites.entries()) {
			const before = await answersOf(caddy, `${site.scheme}://before${index}.test`);
			for (const [at, { finding, fix, text: fixed }] of site.fixes.entries()) {
				const after = await answersOf(caddy, `${site.scheme}://after${index}-${at}.test`);
				const found = before.flatMap((answer, number) => difference(answer, after[number], namedBy(finding, fix, site.text)));
				if (0 < found.length)
					mistakes.push(
						`${finding.rule}: ${finding.message}\n${fix.title}\n${found.slice(0, 3).join('\n')}\n${site.text}\n--- fixed\n${fixed}`,
					);
			}
		}
	} finally {
		await caddy.stop();
	}
	return mistakes;
}

const upstream = { status: 200, headers: { 'Content-Type': 'text/html', 'X-Frame-Options': 'SAMEORIGIN', Server: 'app' } };

interface Answer {
	readonly request: string;
	readonly status: number | string;
	/** Values by lower-case name, in wire order. */
	readonly headers: ReadonlyMap<string, readonly string[]>;
}

async function answersOf(caddy: RunningCaddy, base: string): Promise<readonly Answer[]> {
	const asked = askedPaths.flatMap(at => (at === '/' ? ['GET', 'HEAD'] : ['GET']).map(method => ({ method, at })));
	// Words of a value without quotes are fields; they go with its quotes.
	const answers: Answer[] = [];
	for (let from = 0; from < asked.length; from += requestsAtOnce) {
		const group = asked.slice(from, from + requestsAtOnce);
		answers.push(
			...(await Promise.all(
				group.map(async ({ method, at }) => {
					const { status, headers, error } = await caddy.request(base + at, { method });
					const byName = new Map<string, readonly string[]>();
					for (const [name, value] of headers ?? [])
						if (
							!/^(?:date|etag|last-modified|connection|content-length|transfer-encoding|keep-alive|alt-svc|object-src|frame-ancestors|includesubdomains)$/i.test(
								name,
							)
						)
							byName.set(name.toLowerCase(), [
								...(byName.get(name.toLowerCase()) ?? []),
								value.replace(/(?:before|after)[\d-]+\.test/, host),
							]);
					return { request: `${method} ${at}`, status: error ?? status, headers: byName };
				}),
			)),
		);
	}
	return answers;
}

/** The fields, lower case, that finding and fix name, so that they may change, and those that may go. */
function namedBy(
	{ rule, headers, place, related }: Finding,
	{ title }: Fix,
	text: string,
): { readonly changing: ReadonlySet<string>; readonly going: ReadonlySet<string> } {
	const changing = new Set(headers.map(name => name.toLowerCase()));
	for (const [word] of title.matchAll(/[\w-]+/g)) changing.add(word.toLowerCase());
	const going = new Set<string>();
	const { sites } = parseCaddyfile(createSource('/Caddyfile', text), { files: noFiles, root: '/', env: new Map(), caddyVersion: '2.11' });
	const directives = sites.flatMap(({ body }) => [...allDirectives(body.lines)]).filter(({ name }) => name.text === 'header');
	// Fields of lines that were read as one are on both.
	if (rule === 'caddy-comment-joins-line' || rule === 'caddy-heredoc-misread')
		for (const at of [place, ...related.map(other => other.place)]) {
			const start = text.lastIndexOf('\n', at.span.start - head.length) + 1;
			const lineEnd = text.indexOf('\n', at.span.end - head.length);
			// The line below a heredoc that is empty.
			const end = rule === 'caddy-heredoc-misread' ? text.indexOf('\n', lineEnd + 1) : lineEnd;
			for (const [word] of text.slice(start, end).matchAll(/[\w-]+/g)) changing.add(word.toLowerCase());
		}
	// A named matcher is for all directives that use it, as the fix says.
	const matcher = rule === 'caddy-matcher-never-matches' ? text.slice(place.span.start - head.length, place.span.end - head.length) : '';
	if (matcher.startsWith('@'))
		for (const directive of directives)
			if (directive.args[0]?.text === matcher) for (const field of setFields(directive)) changing.add(field.toLowerCase());
	// The ? fields of a block stand and fall together, which has a rule of its own.
	for (const { block } of directives) {
		const defaults = (block?.lines ?? []).filter(({ name }) => name.text.startsWith('?')).map(({ name }) => bareField(name).toLowerCase());
		if (defaults.some(name => changing.has(name))) for (const name of defaults) going.add(name);
	}
	return { changing: new Set([...changing, ...going]), going };
}

/** What the fix changed besides, or made worse, in the answer to one request. */
function difference(before: Answer, after: Answer | undefined, { changing, going }: ReturnType<typeof namedBy>): readonly string[] {
	if (after?.status !== before.status) return [`${before.request}: ${before.status} -> ${after?.status}`];
	const found: string[] = [];
	for (const name of new Set([...before.headers.keys(), ...after.headers.keys()])) {
		const [old, now] = [before, after].map(({ headers }) => headers.get(name) ?? []);
		if (old === undefined || now === undefined || old.join('\n') === now.join('\n')) continue;
		// Fields that only tell what runs here may go.
		const discloses = name === 'server' || name === 'x-powered-by';
		if (
			going.has(name) ||
			(changing.has(name) ? 0 < now.length || !protecting.has(name) : discloses && now.every(value => old.includes(value)))
		)
			continue;
		found.push(`${before.request}: ${name} ${JSON.stringify(old)} -> ${JSON.stringify(now)}`);
	}
	return found;
}

const protecting = new Set(
	['Content-Security-Policy', 'Strict-Transport-Security', 'X-Frame-Options', 'X-Content-Type-Options', 'Referrer-Policy']
		.concat('Permissions-Policy')
		.map(name => name.toLowerCase()),
);
