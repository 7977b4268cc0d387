import { changedStretch } from '../text/changedStretch';

/** Packages and factories that make apps or set headers. */
const factories = [
	'helmet',
	'secureHeaders',
	'createMcpExpressApp',
	'NestFactory',
	'poweredByHeader',
	'x-powered-by',
	'fastify(',
	'Fastify(',
	'new Koa',
	'new Hono',
];

/** Parts of the names of security headers, in both usual cases: a first look before the pattern below. */
const nameParts = [
	'-Policy',
	'-policy',
	'Strict-Transport',
	'strict-transport',
	'-Options',
	'-options',
	'-Protection',
	'-protection',
	'Access-Control-Allow-',
	'access-control-allow-',
];

/**
 * Words one of which occurs in every file that `hasHeaderCode` says yes to and that imports what it uses: a search over bytes may
 * sort out the others first. Express counts by the quoted name of the package, since "expression" is everywhere.
 */
export const headerWords: readonly string[] = [...factories, ...nameParts, "'express'", '"express"', '`express`'];

/** A security header's name as a string of its own. */
const quotedName =
	/['"`](?:content-security-policy(?:-report-only)?|strict-transport-security|x-frame-options|x-content-type-options|referrer-policy|permissions-policy|feature-policy|x-xss-protection|x-permitted-cross-domain-policies|cross-origin-(?:opener|embedder|resource)-policy|access-control-allow-[a-z]+)['"`]/i;

/** How code sets headers: by a method, or in a list of `key` and `value` as Next.js reads it. */
const setter = /[sS]etHeader|appendHeader|writeHead|\.(?:set|header|append)\(|\bkey:|[hH]eaders\b/;

/** `import e from 'express'`, `const e = require('express')`: the local name of the factory. */
const expressImport = /\b(?:import|const|let|var)\s+(?:\*\s*as\s+)?([\w$]+)\b[^;\n]{0,80}['"]express['"]/;

/**
 * Whether a text holds anything the JavaScript front end judges. One pass over the text without a parser; files are asked by the
 * ten thousand. May say yes for a file without header code (a word in a comment), never no for one with it. A file that only
 * imports express's Router has none unless it sets cookies: it is read when the app that mounts it is.
 */
export function hasHeaderCode(text: string): boolean {
	if (factories.some(word => text.includes(word))) return true;
	if (nameParts.some(part => text.includes(part)) && quotedName.test(text) && setter.test(text)) return true;
	if (!text.includes('express')) return false;
	if (/\bexpress\s*\(|['"`]express['"`]\s*\)\s*\(/.test(text)) return true;
	if (text.includes('.cookie(')) return true;
	const name = expressImport.exec(text)?.[1];
	return name !== undefined && name !== 'express' && text.includes(`${name}(`);
}

/**
 * Whether `after` surely has no header code where `before` had none (`hasHeaderCode`): nothing that counts stands where the two differ. A
 * keystroke in a large file without header code then costs a comparison. False where only the whole text can tell.
 */
export function staysWithoutHeaderCode(before: string, after: string): boolean {
	const stretch = changedStretch(before, after);
	if (stretch === null) return true;
	// What counts of express may stand far apart.
	if (before.includes('express')) return false;
	const around = after.slice(Math.max(0, stretch.start - longestWord), stretch.newEnd + longestWord);
	return ![...headerWords, 'express', '.cookie('].some(word => around.includes(word)) && !quotedName.test(around) && !setter.test(around);
}

/** In characters, with room to spare: the longest name of a header with its quotes has 39. */
const longestWord = 64;
