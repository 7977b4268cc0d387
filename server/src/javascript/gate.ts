/**
 * Words that occur in every file the JavaScript front end has something to say about: packages and factories that make apps or
 * set headers, and the beginnings of header names. Compared as they are written in code; header names in the three usual cases.
 */
const words = [
	'helmet',
	'Helmet',
	'secureHeaders',
	'NestFactory',
	'createMcpExpressApp',
	'poweredByHeader',
	'x-powered-by',
	'X-Powered-By',
	'ontent-Security-Policy',
	'content-security-policy',
	'Transport-Security',
	'transport-security',
	'-Frame-Options',
	'-frame-options',
	'-Content-Type-Options',
	'-content-type-options',
	'Referrer-Policy',
	'referrer-policy',
	'Permissions-Policy',
	'permissions-policy',
	'-XSS-Protection',
	'-xss-protection',
	'Cross-Origin-',
	'cross-origin-',
	'Access-Control-Allow-',
	'access-control-allow-',
];

/**
 * Words one of which occurs in every file that `hasHeaderCode` says yes to and that imports what it uses: a search over bytes may
 * sort out the others first. Express counts by the quoted name of the package, since "expression" is everywhere.
 */
export const headerWords: readonly string[] = [...words, "'express'", '"express"', '`express`'];

/** `import e from 'express'`, `const e = require('express')`: the local name of the factory. */
const expressImport = /\b(?:import|const|let|var)\s+(?:\*\s*as\s+)?([\w$]+)\b[^;\n]{0,80}['"]express['"]/;

/**
 * Whether a text holds anything the JavaScript front end judges. One pass over the text without a parser; files are asked by the
 * ten thousand. May say yes for a file without header code (a word in a comment), never no for one with it. A file that only
 * imports express's Router has none: it is read when the app that mounts it is.
 */
export function hasHeaderCode(text: string): boolean {
	if (words.some(word => text.includes(word))) return true;
	if (!text.includes('express')) return false;
	if (/\bexpress\s*\(|['"`]express['"`]\s*\)\s*\(/.test(text)) return true;
	const name = expressImport.exec(text)?.[1];
	return name !== undefined && name !== 'express' && text.includes(`${name}(`);
}
