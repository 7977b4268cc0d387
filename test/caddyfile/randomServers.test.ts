import assert from 'node:assert/strict';
import { parseCaddyfile } from '../../server/src/caddyfile/parse';
import { createSource } from '../../server/src/text/source';
import { noFiles } from '../caddy/predict';
import { withAdaptServer } from '../support/adaptServer';
import { createRandom, type Random, seedOf } from '../support/random';
import { skipUnlessCaddy } from '../support/realCaddy';

/** Caddyfiles of this run, each of a few sites that contend for hosts, ports and certificates. */
const total = Number(process.env['FILES'] ?? 600);

describe('sites that contend with each other', function () {
	this.timeout(60_000);

	it(`are told in the words of caddy adapt in ${total} random files, and never where it accepts them`, async function () {
		skipUnlessCaddy(this);
		const random = createRandom(seedOf(1) * 15_485_863);
		const differences: string[] = [];
		let refused = 0;
		let told = 0;
		let alike = 0;
		await withAdaptServer(async caddy => {
			for (let file = 0; file < total; file++) {
				const made = randomFile(random);
				const said = await caddy.adapt(textOf(made));
				const found = mistakes(made);
				const [message] = found;
				if (said !== null) refused++;
				if (message !== undefined) told++;
				else if (said !== null && process.env['SHOW'] !== undefined) console.log(`untold: ${said}\n${textOf(made)}`);
				if (message === undefined) continue;
				// Caddy stops at the first mistake, which may be another one of theirs.
				if (found.some(each => said?.includes(each) === true)) alike++;
				else if (said === null || !contention.test(said)) differences.push(`${message}\nCaddy: ${said}\n${textOf(made)}`);
			}
		});
		console.log(`      Caddy refuses ${refused} of ${total} files, ${told} of them are told, ${alike} with the mistake that Caddy names`);
		assert.deepEqual(differences.slice(0, 3), []);
		assert.ok(0.7 * refused < told && 0.95 * told < alike, `${alike} of ${told} of ${refused}`);
	});
});

interface RandomFile {
	readonly options: string;
	readonly sites: readonly string[];
}

function textOf({ options, sites }: RandomFile): string {
	return options + sites.join('');
}

function mistakes(file: RandomFile): readonly string[] {
	const source = createSource('/work/Caddyfile', textOf(file));
	const { problems } = parseCaddyfile(source, { files: noFiles, root: '/', env: new Map(), caddyVersion: '2.11' });
	return problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

const contention = /^ambiguous site definition|^server listening on|^hostname appears in more than one automation policy/;

function randomFile(random: Random): RandomFile {
	const options: string[] = [];
	if (random.chance(10)) options.push('\thttp_port 8080');
	if (random.chance(10)) options.push('\thttps_port 8443');
	if (random.chance(5)) options.push('\tauto_https off');
	if (random.chance(5))
		options.push(`\t${random.pick(['email me@example.org', 'local_certs', 'default_bind 127.0.0.1', 'default_sni a.test'])}`);
	const sites = Array.from({ length: 2 + random.below(3) }, () => {
		const keys = Array.from({ length: 1 + random.below(2) }, () => address(random));
		const lines = random.chance(45) ? [] : [random.pick(tls)];
		if (random.chance(6)) lines.push('bind 127.0.0.1');
		return `${[...new Set(keys)].join(', ')} {\n${lines.map(line => `\t${line}\n`).join('')}\trespond ok\n}\n`;
	});
	return { options: 0 < options.length ? `{\n${options.join('\n')}\n}\n` : '', sites };
}

function address(random: Random): string {
	const scheme = random.pick(['', '', '', 'http://', 'https://']);
	const host = random.pick(['a.test', 'a.test', 'A.test', 'b.test', '*.test', 'long.b.test', 'localhost', '']);
	const port = random.pick(['', '', ':80', ':443', ':8080', ':8080', ':8443']);
	const text = `${scheme}${host}${port}${random.chance(8) ? '/p*' : ''}`;
	return text === '' || text.startsWith('/') ? address(random) : text;
}

const tls: readonly string[] = [
	...['tls internal', 'tls internal', 'tls internal', 'tls me@example.org', 'tls me@example.org', 'tls you@example.org'],
	...['tls {\n\t\ton_demand\n\t}', 'tls {\n\t\tprotocols tls1.3\n\t}', 'tls {\n\t\tissuer internal\n\t}', 'tls {\n\t\talpn h2\n\t}'],
];
