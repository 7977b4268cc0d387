import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseCaddyfile } from '../../server/src/caddyfile/parse';
import { createSource } from '../../server/src/text/source';
import { type AdaptServer, startAdaptServer } from '../support/adaptServer';
import { diskFiles } from '../support/diskFiles';
import { skipUnlessCaddy } from '../support/realCaddy';

/** One valid use of each directive with a grammar of its own, in a site. */
const samples: readonly (readonly string[])[] = [
	['respond "hello" 200'],
	['respond /path 404 {', '\tclose', '}'],
	['respond 200 {', '\tbody "hi"', '\tclose', '}'],
	['error "no" 404'],
	['error 500 {', '\tmessage "sorry"', '}'],
	['redir /old /new 308'],
	['redir https://example.org{uri} permanent'],
	['redir https://example.org{uri} 301'],
	['abort /secret'],
	['handle /a/* {', '\trespond a', '}'],
	['route /a/* {', '\trespond a', '}'],
	['handle_path /a/* {', '\trespond a', '}'],
	['handle_errors 404 5xx {', '\trespond a', '}'],
	['method POST'],
	['fs other'],
	['root * /srv'],
	['rewrite * /index.html'],
	['try_files {path} /index.html'],
	['try_files {path} {', '\tpolicy first_exist', '}'],
	['uri strip_prefix /a'],
	['uri strip_suffix .html'],
	['uri replace /a /b 1'],
	['uri path_regexp /+ /'],
	['uri query a b'],
	['vars name value'],
	['vars {', '\ta 1', '\tb 2', '}'],
	['map {host} {x} {y} {', '\texample.com 1 2', '\t~^a b c', '\tdefault 3 4', '}'],
	['basic_auth bcrypt realm {', '\tbob $2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG', '}'],
	['request_header X-A b'],
	['request_header X-A b c'],
	['header X-A b'],
	['header {', '\tX-A b', '\t>X-B c d', '\tdefer', '}'],
	['metrics {', '\tdisable_openmetrics', '}'],
	[
		'file_server browse {',
		'\troot /srv',
		'\thide .git',
		'\tindex a b',
		'\tstatus 200',
		'\tpass_thru',
		'\tdisable_canonical_uris',
		'\tetag_file_extensions .etag',
		'\tprecompressed gzip',
		'}',
	],
	['file_server {', '\tfs other', '\tbrowse', '}'],
	['tls internal'],
	['tls cert.pem key.pem'],
	['bind 127.0.0.1 ::1 {', '\tprotocols h1 h2', '}'],
	['request_body {', '\tmax_size 10MB', '\tread_timeout 10s', '\twrite_timeout 10s', '}'],
	['log {', '\tlevel INFO', '\toutput stdout', '\tformat json', '}'],
	['log access {', '\thostnames a.com b.com', '\toutput stdout', '\tformat json', '\tno_hostname', '}'],
	['log {', '\tsampling {', '\t\tinterval 1s', '\t\tfirst 10', '\t\tthereafter 5', '\t}', '}'],
	[
		'tls {',
		...['\tprotocols tls1.2 tls1.3', '\tciphers TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', '\tcurves x25519 secp256r1', '\talpn h2 http/1.1'],
		...['\tload certs', '\tca https://acme.example.com/directory', '\tca_root root.pem', '\tkey_type p256', '\teab id key'],
		...['\ton_demand', '\treuse_private_keys', '\tinsecure_secrets_log keys.log', '\trenewal_window_ratio 0.5'],
		'}',
	],
	['tls {', '\tclient_auth {', '\t\tmode require', '\t\ttrusted_leaf_cert abc', '\t}', '\tissuer internal', '}'],
	['log_skip /health'],
	['encode gzip zstd {', '\tminimum_length 256', '}'],
	['templates {', '\tmime text/html', '\tbetween [[ ]]', '\troot /srv', '}'],
	['intercept {', '\t@r status 404', '\thandle_response @r {', '\t\trespond a', '\t}', '\treplace_status 200', '}'],
	['reverse_proxy a:80 http://b:90'],
	['reverse_proxy https://a:443'],
	[
		'reverse_proxy /api/* a:80 {',
		...['to b:80 c:80', 'lb_policy random', 'lb_retries 2', 'lb_try_duration 1s', 'health_uri /h', 'health_port 80', 'health_passes 2'],
		...['health_fails 2', 'max_fails 3', 'unhealthy_request_count 4', 'health_body ok', 'health_method HEAD', 'health_follow_redirects'],
		...['header_up X-A b', 'header_up -X-B', 'header_down X-A b c', 'header_down +X-C d', 'method GET', 'rewrite /x', 'verbose_logs'],
		...['trusted_proxies private_ranges', 'flush_interval -1', 'request_buffers 4k', 'replace_status 201', 'transport http'],
		'}',
	],
	['php_fastcgi a:9000 {', '\tindex off', '\theader_down X-A b', '}'],
	['forward_auth a:9091 {', '\turi /verify', '\tcopy_headers Remote-User', '\theader_up X-A b', '}'],
	['push /a.css'],
];

/** The same of global options. */
const globalSamples: readonly (readonly string[])[] = [
	['debug'],
	['http_port 8080'],
	['https_port 8443'],
	['grace_period 10s'],
	['shutdown_delay 1d'],
	['default_sni example.com'],
	['fallback_sni example.com'],
	['email me@example.com'],
	['key_type p256'],
	['acme_ca https://acme.example.com/directory'],
	['acme_ca_root root.pem'],
	['acme_eab {', '\tkey_id id', '\tmac_key key', '}'],
	['cert_issuer internal'],
	['cert_lifetime 30d'],
	['renew_interval 10m'],
	['ocsp_interval 10m'],
	['ocsp_stapling off'],
	['renewal_window_ratio 0.3'],
	['storage file_system /data'],
	['storage_check off'],
	['storage_clean_interval 1h'],
	['persist_config off'],
	['auto_https disable_redirects ignore_loaded_certs'],
	['order header first'],
	['order header before rewrite'],
	['admin off'],
	['admin localhost:2019 {', '\torigins localhost', '\tenforce_origin', '}'],
	['on_demand_tls {', '\task http://localhost/ask', '}'],
	['default_bind 127.0.0.1 {', '\tprotocols h1 h2', '}'],
	['tls_resolvers 1.1.1.1 8.8.8.8'],
	['metrics {', '\tper_host', '\tobserve_catchall_hosts', '}'],
	['log {', '\tlevel INFO', '\toutput stderr', '\tformat console', '\tinclude http', '}'],
	['log access {', '\toutput discard', '\texclude http', '}'],
	['pki {', '\tca local {', '\t\tname a', '\t\troot_cn b', '\t\tintermediate_cn c', '\t\tintermediate_lifetime 7d', '\t}', '}'],
	['pki {', '\tca {', '\t\troot {', '\t\t\tcert a', '\t\t\tkey b', '\t\t\tformat pem_file', '\t\t}', '\t}', '}'],
	[
		'servers :443 {',
		...[
			'\tname https',
			'\tprotocols h1 h2 h3',
			'\tmax_header_size 5MB',
			'\tenable_full_duplex',
			'\tlog_credentials',
			'\tstrict_sni_host on',
		],
		...['\ttrusted_proxies static private_ranges', '\ttrusted_proxies_strict', '\tclient_ip_headers X-A X-B', '\ttrace', '\t0rtt off'],
		...['\tkeepalive_interval 10s', '\tkeepalive_idle 10s', '\tkeepalive_count 3', '\tmetrics {', '\t\tper_host', '\t}'],
		...['\ttimeouts {', '\t\tread_body 10s', '\t\tread_header 10s', '\t\twrite 10s', '\t\tidle 2m', '\t}'],
		'}',
	],
];

/** A changed directive in a site, or a changed option in front of one. */
const inSite = (lines: string): string => `example.com {\n${lines.replace(/^/gm, '\t')}\n}\n`;
const inOptions = (lines: string): string => `{\n${lines.replace(/^/gm, '\t')}\n}\nexample.com {\n}\n`;

/** Every way to change one word or line of a sample. */
function* mutations(lines: readonly string[]): Generator<string> {
	for (const [index, line] of lines.entries()) {
		const words = line.trim().match(/"[^"]*"|`[^`]*`|\S+/g) ?? [];
		const open = words[words.length - 1] === '{';
		const args = open ? words.slice(0, -1) : words;
		const write = (changed: readonly string[]): string =>
			lines.with(index, `${/^\t*/.exec(line)?.[0] ?? ''}${[...changed, ...(open ? ['{'] : [])].join(' ')}`).join('\n');
		if (line.trim() === '}') continue;
		for (const [at] of args.entries()) {
			if (0 < at) yield write(args.toSpliced(at, 1));
			yield write(args.toSpliced(at + 1, 0, 'extra'));
			if (0 < at) yield write(args.with(at, 'other'));
			if (0 < at) yield write(args.with(at, `?${args[at] ?? ''}`));
		}
		if (0 < index) {
			yield write([`${args[0] ?? ''}x`, ...args.slice(1)]);
			if (!open) yield lines.toSpliced(index, 0, line).join('\n');
		} else if (open) yield `${lines.join('\n')}\n${lines.join('\n')}`;
	}
}

describe('mistakes in the words of directives', () => {
	let folder: string;
	let caddy: AdaptServer;
	before(async function () {
		skipUnlessCaddy(this);
		folder = mkdtempSync(path.join(tmpdir(), 'headerlint-words-'));
		caddy = await startAdaptServer(folder, {});
	});
	after(async () => {
		await caddy?.stop();
		if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
	});

	it('are told in the words of caddy adapt, never where it accepts, and mostly at all', async function () {
		this.timeout(60_000);
		const differences: unknown[] = [];
		let rejected = 0;
		let told = 0;
		const places = [...samples.map(sample => ({ sample, place: inSite })), ...globalSamples.map(sample => ({ sample, place: inOptions }))];
		for (const { sample, place } of places) {
			const all = [sample.join('\n'), ...mutations(sample)];
			for (const changed of new Set(all)) {
				const text = place(changed);
				// Caddy shows the long names of placeholders.
				const said = (await caddy.adapt(text))?.replaceAll('{http.request.uri}', '{uri}') ?? null;
				const { problems } = parseCaddyfile(createSource(`${folder}/Caddyfile`, text), {
					files: diskFiles,
					root: '/',
					env: new Map(),
					caddyVersion: '2.11',
				});
				const errors = problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
				if (changed === all[0]) assert.equal(said, null, changed);
				if (said !== null) rejected++;
				if (0 < errors.length) told++;
				// Caddy stops at the first mistake.
				if (0 < errors.length && (said === null || !errors.some(message => said.includes(message))))
					differences.push({ changed, errors, said });
				if (process.env['SHOW'] !== undefined && said !== null && errors.length === 0) console.log(`untold: ${said}`);
			}
		}
		console.log(`      Caddy refuses ${rejected} changed directives, ${told} of them are told`);
		assert.deepEqual(differences, []);
		assert.ok(0.75 * rejected < told, `${told} of ${rejected}`);
	});
});
