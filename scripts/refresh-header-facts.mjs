// Rewrites the lists of headers/facts that others keep, from checkouts of their repositories, and says what changed.
// Usage: node scripts/refresh-header-facts.mjs path/to/headers_remove.json path/to/has-hsts.js && npx biome check --write server/src/headers/facts
//   headers_remove.json  ci/headers_remove.json of OWASP's www-project-secure-headers
//   has-hsts.js          core/audits/has-hsts.js of GoogleChrome/lighthouse (its list of preloaded public suffixes)
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [disclosing, preloaded] = process.argv.slice(2);
if (disclosing === undefined || preloaded === undefined) {
	console.error('usage: node scripts/refresh-header-facts.mjs path/to/headers_remove.json path/to/has-hsts.js');
	process.exit(2);
}
const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../server/src/headers/facts');

const { headers } = JSON.parse(readFileSync(disclosing, 'utf8'));
rewrite('disclosingHeaders.ts', headers);

const list = /new Set\(\[([^\]]*)\]\)/.exec(readFileSync(preloaded, 'utf8'))?.[1];
if (list === undefined) throw new Error(`${preloaded} has no list of suffixes`);
rewrite(
	'preloadedSuffixes.ts',
	[...list.matchAll(/'([^']+)'/g)].map(match => match[1]),
);

/** Replaces the strings of the file's one array by `names`, comments and declaration left as they are. */
function rewrite(file, names) {
	const target = path.join(folder, file);
	const before = readFileSync(target, 'utf8');
	const array = /\[\n[^\]]*\]/;
	const known = new Set([...(array.exec(before)?.[0] ?? '').matchAll(/'([^']+)'/g)].map(match => match[1]));
	writeFileSync(
		target,
		before.replace(array, () => `[\n${names.map(name => `\t'${name}',\n`).join('')}]`),
	);
	const added = names.filter(name => !known.has(name));
	const gone = [...known].filter(name => !names.includes(name));
	console.log(`${file}: ${names.length} names, added ${added.join(', ') || 'none'}, gone ${gone.join(', ') || 'none'}`);
}
