import type { SyntaxProblem } from '../model/analysis';
import { isStandardDirective } from './directiveNames';
import { type OptionFacts, unfit } from './setupAddresses';
import { parseSiteAddress, type SiteAddress } from './siteAddress';
import { sortedSites } from './siteOrder';
import { hasBlank } from './template';
import type { SiteBlock, Token } from './tree';

/**
 * What sites of a file make together and Caddy refuses (httptype.go and tlsapp.go, 2.11.4), in its words: the same address twice, HTTP and HTTPS
 * on one port, and two ways to get the certificates of one host. Nothing is said where the environment, `bind` or a global option decides, nor of the
 * latter two where not all imports are read.
 */
export function contendingSites(sites: readonly SiteBlock[], options: OptionFacts, complete: boolean): readonly SyntaxProblem[] {
	const found = ambiguousSites(sites);
	const { ports } = options;
	if (!complete || ports === null || options.forAllSites) return found;
	const addresses = sites.flatMap(site => addressesOf(site, ports, options));
	return [...found, ...schemesOnOnePort(addresses, ports), ...certificatesOfOneHost(addresses, ports)];
}

/** The words of a site that decide with whom it contends, besides its addresses. */
export function tlsWords({ body }: SiteBlock): string {
	const lines = body.lines.filter(({ name }) => name.text === 'tls' || name.text === 'bind');
	const words = lines.flatMap(({ name, args, block }) => [
		name.text,
		...args.map(({ text }) => text),
		...(block === null
			? []
			: [`{${block.lines.length}}`, ...block.lines.map(line => [line.name, ...line.args].map(({ text }) => text).join(' '))]),
	]);
	return words.join('\n');
}

/** The same address of two sites on one listener. */
function ambiguousSites(sites: readonly SiteBlock[]): readonly SyntaxProblem[] {
	const found: SyntaxProblem[] = [];
	const seen = new Map<string, SiteBlock>();
	for (const site of sites) {
		for (const token of site.keys) {
			const { text, environment } = token;
			if (0 < environment.length || isStandardDirective(text)) continue;
			const before = seen.get(text);
			if (before === undefined) seen.set(text, site);
			else if (before !== site && !isBound(before) && !isBound(site)) found.push(problem(`ambiguous site definition: ${text}`, token));
		}
	}
	return found;
}

type Ports = NonNullable<OptionFacts['ports']>;

interface PlacedAddress {
	readonly site: SiteBlock;
	readonly token: Token;
	readonly address: SiteAddress;
	readonly port: string;
}

/** The addresses with which nothing is wrong by themselves. */
function addressesOf(site: SiteBlock, ports: Ports, options: OptionFacts): readonly PlacedAddress[] {
	const found: PlacedAddress[] = [];
	for (const token of site.keys) {
		if (0 < token.environment.length || hasBlank(token.text) || /[{}]/.test(token.text) || unfit(token, options) !== null) continue;
		const address = parseSiteAddress(token.text);
		if (address === null) continue;
		found.push({ site, token, address, port: address.port !== '' ? address.port : address.scheme === 'http' ? ports.http : ports.https });
	}
	return found;
}

/**
 * HTTP and HTTPS on one port (httptype.go, `detectConflictingSchemes`). A host without a scheme on a port of its own is for either, unless `tls`
 * sets up connections there; what is HTTP then contends with that.
 */
function schemesOnOnePort(addresses: readonly PlacedAddress[], ports: Ports): readonly SyntaxProblem[] {
	const found: SyntaxProblem[] = [];
	for (const [port, onPort] of grouped(addresses, ({ port }) => port)) {
		const schemeOf = ({ address }: PlacedAddress, secured: boolean): 'HTTP' | 'HTTPS' | null => {
			if (address.scheme === 'http' || address.port === ports.http) return 'HTTP';
			if (address.scheme === 'https' || address.port === ports.https || secured) return 'HTTPS';
			return address.host === '' ? 'HTTP' : null;
		};
		// Most files have no plain HTTP beside HTTPS: their sites are not looked into.
		if (!onPort.some(placed => schemeOf(placed, true) === 'HTTP' || placed.address.host === '')) continue;
		const policies = onPort.map(({ site }) => (isBound(site) ? null : setsUpConnections(site)));
		if (policies.includes(null)) continue;
		const secured = policies.includes(true);
		const bySite = [...grouped(onPort, ({ site }) => site).values()];
		const sorted = sortedSites(bySite, list => list.map(({ address }) => address)).flat();
		const decided = sorted.filter(placed => schemeOf(placed, secured) !== null);
		const [first] = decided;
		if (first === undefined) continue;
		const scheme = schemeOf(first, secured);
		if (scheme === 'HTTP' && secured) {
			found.push(problem(`server listening on [:${port}] is HTTP, but attempts to configure TLS connection policies`, first.token));
			continue;
		}
		const other = decided.find(placed => schemeOf(placed, secured) !== scheme);
		if (other === undefined) continue;
		const { address, token } = other;
		const hint = scheme === 'HTTPS' && address.scheme === '' && address.host === '' ? ' (try specifying https:// in the address)' : '';
		const message = `server listening on [:${port}] is configured for ${scheme} and cannot natively multiplex HTTP and HTTPS: ${address.original}${hint}`;
		found.push(problem(message, token));
	}
	return found;
}

/**
 * One host in two sites that get their certificates in ways of their own (tlsapp.go, `buildTLSApp`). A site with the default takes over the other's
 * way, or is left out, by an order that is no order; what a site for any host says may do away with either.
 */
function certificatesOfOneHost(addresses: readonly PlacedAddress[], ports: Ports): readonly SyntaxProblem[] {
	const found: SyntaxProblem[] = [];
	const secured = addresses.filter(({ address, port }) => address.scheme !== 'http' && port !== ports.http);
	const byHost = grouped(secured, ({ address }) => address.host);
	const told = new Set<SiteBlock>();
	for (const host of [...byHost.keys()].sort()) {
		const ofHost = byHost.get(host) ?? [];
		if (ofHost.length < 2) continue;
		if (host === '' || addresses.some(({ address, site }) => address.host === '' && certificateOf(site) !== 'any')) return found;
		const ways = ofHost.map(placed => ({ ...placed, way: certificateOf(placed.site) }));
		if (ways.some(({ way }) => way === null)) continue;
		const [first, ...others] = ways.filter(({ way }) => way !== 'any');
		const other = others.find(({ way }) => way !== first?.way);
		if (other === undefined || told.has(other.site)) continue;
		told.add(other.site);
		const message = `hostname appears in more than one automation policy, making certificate management ambiguous: ${host}`;
		found.push(problem(message, other.token));
	}
	return found;
}

/** How a site gets its certificates, as far as plain forms of `tls` tell: `any` for the default, null where something else may say it. */
function certificateOf(site: SiteBlock): string | null {
	if (isBound(site)) return null;
	const [line, other] = site.body.lines.filter(({ name }) => name.text === 'tls');
	if (line === undefined) return 'any';
	const ways: string[] = [];
	const [word] = line.args;
	if (other !== undefined || 1 < line.args.length || (word === undefined && line.block === null)) return null;
	if (word !== undefined) ways.push(word.text === 'internal' || word.text.includes('@') ? word.text : '');
	for (const { name, args, block } of line.block?.lines ?? []) {
		if (ofConnections.has(name.text)) continue;
		const isInternal = name.text === 'issuer' && block === null && args.length === 1 && args[0]?.text === 'internal';
		ways.push(isInternal ? 'internal' : name.text === 'on_demand' || name.text === 'reuse_private_keys' ? name.text : '');
	}
	const words = [line, ...(line.block?.lines ?? [])].flatMap(({ args }) => args);
	if (ways.includes('') || words.some(({ environment }) => 0 < environment.length)) return null;
	return ways.length === 0 ? 'any' : ways.sort().join(' ');
}

/** Whether `tls` sets up connections, as cipher suites or files of certificates do and issuers do not; null where its block may do either. */
function setsUpConnections({ body }: SiteBlock): boolean | null {
	let found: boolean | null = false;
	for (const { name, args, block } of body.lines) {
		if (name.text !== 'tls' || found === true) continue;
		const [word] = args;
		if ([...args, ...(block?.lines ?? []).map(line => line.name)].some(({ environment }) => 0 < environment.length)) found = null;
		else if (args.length === 2 || block?.lines.some(line => ofConnections.has(line.name.text)) === true) found = true;
		else if (block?.lines.every(line => ofCertificates.has(line.name.text)) === false) found = null;
		else if (1 < args.length || (word !== undefined && word.text !== 'internal' && !word.text.includes('@'))) found = null;
	}
	return found;
}

const ofCertificates: ReadonlySet<string> = new Set([
	'issuer',
	'on_demand',
	'reuse_private_keys',
	'key_type',
	'ca',
	'ca_root',
	'dns',
	'eab',
]);

const ofConnections: ReadonlySet<string> = new Set(['protocols', 'ciphers', 'curves', 'alpn', 'client_auth']);

function isBound({ body }: SiteBlock): boolean {
	return body.lines.some(({ name }) => name.text === 'bind');
}

function problem(message: string, { place }: Token): SyntaxProblem {
	return { rule: 'caddyfile-syntax', message, place: { path: place.path, span: place.span }, severity: 'error' };
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) {
		const group = groups.get(keyOf(item));
		if (group === undefined) groups.set(keyOf(item), [item]);
		else group.push(item);
	}
	return groups;
}
