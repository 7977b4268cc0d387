import assert from 'node:assert/strict';
import { createRandom, type Random, seedOf } from '../support/random';
import { skipUnlessCaddy, startCaddy } from '../support/realCaddy';
import { compare } from './agreement';
import { analyze, ask } from './predict';

/** Files that Caddy accepts; what it rejects (two sites for one address, HTTP and HTTPS on one port) is drawn again. */
const total = Number(process.env['FILES'] ?? 15);

const hosts = [
	...([
		'a.test',
		'a.test',
		'b.test',
		'b.test',
		'sub.a.test',
		'*.a.test',
		'*.test',
		'localhost',
		'127.0.0.1',
		'LONG-name.test',
		'',
	] as const),
	...(['*.*.test', '[::1]', 'münchen.test'] as const),
] as const;
const ports = ['', '', '', ':80', ':443', ':8080', ':8443', ':9000'] as const;
const schemes = ['', '', '', 'http://', 'https://'] as const;
const askedHosts = [
	'a.test',
	'b.test',
	'sub.a.test',
	'x.a.test',
	'y.test',
	'localhost',
	'127.0.0.1',
	'long-name.test',
	'other.example',
	'x.y.test',
	'[::1]',
	'xn--mnchen-3ya.test',
	'a.test.',
] as const;
const askedPorts = ['', '', ':8080', ':8443', ':9000', ':8880', ':4443'] as const;

describe('random site addresses, asked the real Caddy', function () {
	this.timeout(300_000);

	it(`finds the same site or redirect in ${total} files`, async function () {
		skipUnlessCaddy(this);
		const random = createRandom(seedOf(1) + 77);
		const differences: string[] = [];
		let files = 0;
		let requests = 0;
		for (let attempts = 0; files < total && attempts < 20 * total; attempts++) {
			const text = randomFile(random);
			const caddy = await startCaddy({ text }).catch(() => null);
			if (caddy === null) continue;
			files++;
			try {
				const analysis = analyze(text);
				for (let i = 0; i < 14; i++) {
					const url = `${random.pick(['http', 'https'])}://${random.pick(askedHosts)}${random.pick(askedPorts)}/${random.pick(['', 'p', 'p/q', 'x?y=1'])}`;
					const real = await caddy.request(url);
					if (real.error !== undefined || real.status === 400) continue;
					requests++;
					const answer = ask(analysis, url);
					const agreement = compare(answer, real);
					const found = [...agreement.differences];
					if (answer.response.headers.length === 0) found.push('nothing is predicted');
					if (0 < found.length) {
						const sent = real.headers.map(([name, value]) => `${name}: ${value}`).join('\n  ');
						differences.push(`${url}\n${found.join('\n')}\nreally ${real.status}\n  ${sent}\n${text}`);
					}
				}
			} finally {
				await caddy.stop();
			}
		}
		console.log(`      ${files} files, ${requests} requests, ${differences.length} differences`);
		assert.deepEqual(differences.slice(0, Number(process.env['SHOW'] ?? 3)), []);
		assert.ok(total <= files);
	});
});

function randomFile(random: Random): string {
	const options: string[] = [];
	if (random.chance(15)) options.push('\thttp_port 8880');
	if (random.chance(15)) options.push('\thttps_port 4443');
	if (random.chance(25)) options.push(`\tauto_https ${random.pick(['off', 'disable_redirects', 'disable_certs'])}`);
	const sites = Array.from({ length: 1 + random.below(4) }, (_, index) => {
		const keys = Array.from({ length: 1 + random.below(2) }, () => address(random));
		const tls = random.chance(10) ? '\ttls internal\n' : '';
		return `${[...new Set(keys)].join(', ')} {\n${tls}\theader X-Site ${index}\n\trespond "${index}"\n}\n`;
	});
	return `${0 < options.length ? `{\n${options.join('\n')}\n}\n\n` : ''}${sites.join('\n')}`;
}

function address(random: Random): string {
	for (;;) {
		const host = random.pick(hosts);
		const text = `${random.pick(schemes)}${host}${random.pick(ports)}`;
		if (text === '') continue;
		return host !== '' && random.chance(12) ? `${text}/p*` : text;
	}
}
