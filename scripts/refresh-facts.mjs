// Writes server/src/headers/facts/permissionsFeatures.ts anew from its two sources, which the caller provides:
//   npm pack @mdn/browser-compat-data (data.json of the package) and features.md of w3c/webappsec-permissions-policy.
// Usage: node scripts/refresh-facts.mjs path/to/data.json path/to/features.md && npx biome check --write server/src/headers/facts
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [compat, registry] = process.argv.slice(2);
if (compat === undefined || registry === undefined) {
	console.error('usage: node scripts/refresh-facts.mjs path/to/data.json path/to/features.md');
	process.exit(2);
}

const data = JSON.parse(readFileSync(compat, 'utf8'));
const version = data.__meta?.version ?? 'unknown version';
const header = data.http.headers['Permissions-Policy'];
const documented = Object.keys(header).filter(name => name !== '__compat' && name !== 'wildcards');
const deprecated = documented.filter(name => header[name].__compat?.status?.deprecated === true);
const listed = [...readFileSync(registry, 'utf8').matchAll(/^\| `([a-z\d-]+) ?`/gm)].map(match => match[1]);

/** Client hints and the like, which Chromium reads and neither source lists. */
const chromium = `ch-device-memory ch-downlink ch-dpr ch-ect ch-prefers-color-scheme ch-prefers-reduced-motion
	ch-prefers-reduced-transparency ch-rtt ch-save-data ch-ua-form-factors ch-viewport-height ch-viewport-width ch-width
	controlled-frame private-aggregation shared-storage shared-storage-select-url`
	.split(/\s+/)
	.filter(name => name !== '');

/** Names that were in a registry and have gone; what to say of each is in permissions-policy-unknown-feature. */
const retired = ['conversion-measurement', 'document-domain', 'interest-cohort', 'trust-token-redemption', 'window-placement'];

const known = [...new Set([...documented, ...listed, ...chromium])].filter(name => !retired.includes(name) && !deprecated.includes(name));
const list = names => `new Set([\n${names.map(name => `\t'${name}',`).join('\n')}\n])`;

const text = `// Written by scripts/refresh-facts.mjs; do not edit.

/**
 * Features of Permissions-Policy. Sources: @mdn/browser-compat-data ${version} (CC0), features.md of
 * w3c/webappsec-permissions-policy, and the client hints of Chromium.
 */
export const permissionsFeatures: ReadonlySet<string> = ${list(known.sort())};

/** Features that browsers are about to drop (browser-compat-data). */
export const deprecatedFeatures: ReadonlySet<string> = ${list(deprecated.sort())};
`;
const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../server/src/headers/facts');
writeFileSync(path.join(folder, 'permissionsFeatures.ts'), text);
console.log(`${known.length} features, ${deprecated.length} deprecated`);
