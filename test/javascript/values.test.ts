import assert from 'node:assert/strict';
import type { StaticValue } from '../../server/src/javascript/staticValue';
import { knownValue, ranValue } from './probedValue';

/** What is known of the probed value, as plain data. */
function shownValue(code: string, files: Readonly<Record<string, string>> = {}): unknown {
	const value = knownValue(code, files);
	return value === null ? 'no argument' : plain(value);
}

/** Unknown parts are shown as `?reason`, branches as `{ test, yes, no }`, more that may be there as `...`. */
function plain(value: StaticValue): unknown {
	switch (value.kind) {
		case 'string':
		case 'number':
		case 'boolean':
			return value.value;
		case 'null':
			return null;
		case 'undefined':
			return undefined;
		case 'text':
			return value.parts.map(part => String(plain(part))).join('');
		case 'array':
			return [...value.elements.map(plain), ...(value.open ? ['...'] : [])];
		case 'object': {
			const entries = value.entries.map(({ key, value: each }): [string, unknown] => [key, plain(each)]);
			return Object.fromEntries(value.open ? [...entries, ['...', '...']] : entries);
		}
		case 'function':
			return value.returns === null ? 'function' : { returns: plain(value.returns) };
		case 'branch':
			return { test: value.test, yes: plain(value.whenTrue), no: plain(value.whenFalse) };
		case 'unknown':
			return `?${value.reason}`;
		default:
			return value.kind;
	}
}

/** Forty of something, one after the other. */
function forty(each: (at: number) => string): string {
	return Array.from({ length: 40 }, (_, at) => each(at)).join('');
}

/** Code whose value is fully known: it is the one that running it gives. */
const known: readonly (readonly [code: string, expected: unknown])[] = [
	["probe('a')", 'a'],
	['probe("it\'s \\u0041\\n")', "it's A\n"],
	['probe(`a`)', 'a'],
	["const b = 'b'; probe(`a${b}c`)", 'abc'],
	["probe('a' + 1 + true)", 'a1true'],
	['probe(31_536_000)', 31536000],
	['probe(0x10 + 0b11 + 0o7 + 1e3)', 1026],
	['probe(60 * 60 * 24 * 365)', 31536000],
	['probe((1 + 2) * 3 - 10 / 4)', 6.5],
	['probe(7 % 4 + 2 ** 10)', 1027],
	['probe(-5)', -5],
	["probe(+'42')", 42],
	["probe(Number('60') * 2)", 120],
	["probe(parseInt('15552000s', 10))", 15552000],
	['probe(true)', true],
	['probe(!true)', false],
	['probe(null)', null],
	["probe(['a', 'b'])", ['a', 'b']],
	["const a = ['a']; probe([...a, 'b', ...[]])", ['a', 'b']],
	["probe(['a'].concat(['b'], 'c'))", ['a', 'b', 'c']],
	["probe(['a', 'b'].join(' '))", 'a b'],
	["probe(['a', 'b'].map(x => `https://${x}.example`))", ['https://a.example', 'https://b.example']],
	["probe(['a', '', 'b'].filter(Boolean))", ['a', 'b']],
	["probe(['a', 'b'].flatMap(x => [x, x + x]))", ['a', 'aa', 'b', 'bb']],
	["probe([['a'], ['b', 'c']].flat())", ['a', 'b', 'c']],
	["probe(['a', 'b', 'c'].slice(1))", ['b', 'c']],
	["probe(['a', 'b', 'c'].slice(0, -1))", ['a', 'b']],
	["probe(['a', 'b'].reverse())", ['b', 'a']],
	["probe(['a', 'b'].reduce((all, x) => all + x, '>'))", '>ab'],
	["const a = ['a']; a.push('b', 'c'); probe(a)", ['a', 'b', 'c']],
	["const a = ['b']; a.unshift('a'); probe(a)", ['a', 'b']],
	["const a = ['a', 'b']; a.pop(); probe(a)", ['a']],
	["const a = ['a', 'b']; a.shift(); probe(a)", ['b']],
	["const a = ['a']; const b = a; b.push('b'); probe(a)", ['a', 'b']],
	["const a = ['a']; const b = [...a]; b.push('b'); probe(a)", ['a']],
	["probe(new Set(['a', 'b']))", ['a', 'b']],
	["const s = new Set(['a']); s.add('b'); probe([...s])", ['a', 'b']],
	["probe(Array.from(['a', 'b']))", ['a', 'b']],
	["probe('a b'.split(' '))", ['a', 'b']],
	["probe(' a '.trim().toUpperCase())", 'A'],
	["probe('a;b'.replace(';', ','))", 'a,b'],
	[
		"probe(`default-src 'self';\n  img-src *`.replace(/\\s{2,}/g, ' ').trim())",
		"default-src 'self';\n  img-src *".replace(/\s{2,}/g, ' ').trim(),
	],
	["probe({ a: 1, 'b-c': 2, ['d' + 1]: 3, 4: 5 })", { a: 1, 'b-c': 2, d1: 3, 4: 5 }],
	['const a = 1; probe({ a })', { a: 1 }],
	['const o = { a: 1, b: 2 }; probe({ ...o, b: 3 })', { a: 1, b: 3 }],
	['const o = { a: { b: [1] } }; probe(o.a.b[0])', 1],
	["const o = { 'x-y': 1 }; probe(o['x-y'])", 1],
	['const o: any = { a: 1 }; o.b = 2; o.a = 3; probe({ ...o })', { a: 3, b: 2 }],
	['const o: any = { a: 1, b: 2 }; delete o.a; probe(o)', { b: 2 }],
	['probe(Object.assign({}, { a: 1 }, { b: 2, a: 3 }))', { a: 3, b: 2 }],
	["probe(Object.freeze({ a: Object.freeze(['x']) }))", { a: ['x'] }],
	['probe(Object.keys({ a: 1, b: 2 }))', ['a', 'b']],
	['probe(Object.keys({ a: 1, ...{ 2: 0, a: 2, 1: 0 } }))', ['1', '2', 'a']],
	["probe([...new Set(['a', 'b', 'a'])].length)", 2],
	[
		"const a: any = { b: ['x'] }; const c = structuredClone(a); a.b.push('y'); a.d = 1; probe([a, c])",
		[{ b: ['x', 'y'], d: 1 }, { b: ['x'] }],
	],
	[
		"probe([typeof 'a', typeof 1, typeof null, typeof undefined, typeof {}, typeof (() => 1)])",
		['string', 'number', 'object', 'undefined', 'object', 'function'],
	],
	["probe([].join('-') + [null, 'a', undefined, 1].join('-'))", '-a--1'],
	["probe(parseInt('0x1f', 16) + parseInt('12px', 16) + parseInt('0x10'))", 65],
	["probe([null == undefined, 1 == '1', 0 == false, null === undefined, '1' != 1])", [true, true, true, false, false]],
	["probe([Boolean('a'), Boolean(0), Number(true), ['1'].includes(1)])", [true, false, 1, false]],
	['probe(Object.values({ a: 1, b: 2 }))', [1, 2]],
	["probe(Object.entries({ a: 1 }).map(([k, v]) => `${k}=${v}`).join('; '))", 'a=1'],
	["probe(Object.fromEntries([['a', 1], ['b', 2]]))", { a: 1, b: 2 }],
	['probe(structuredClone({ a: [1] }))', { a: [1] }],
	["probe({ a: 'x' } as const)", { a: 'x' }],
	["probe({ a: 'x' } satisfies Record<string, string>)", { a: 'x' }],
	["probe(<string>'x')", 'x'],
	["const x: string | undefined = 'x'; probe(x!)", 'x'],
	['const { a, b: { c }, d = 4 } = { a: 1, b: { c: 3 } } as any; probe([a, c, d])', [1, 3, 4]],
	['const [a, , b = 3, ...rest] = [1, 2, undefined, 4, 5]; probe([a, b, rest])', [1, 3, [4, 5]]],
	['const { a, ...rest } = { a: 1, b: 2 }; probe(rest)', { b: 2 }],
	['let x = 1; x = 2; probe(x)', 2],
	["let x = 'a'; x += 'b'; probe(x)", 'ab'],
	["let x: string | null = null; x ??= 'a'; probe(x)", 'a'],
	["probe(true ? 'a' : 'b')", 'a'],
	["probe(null ?? 'a')", 'a'],
	["probe('' || 'a')", 'a'],
	["probe('a' && 'b')", 'b'],
	['const o: any = { a: { b: 1 } }; probe(o?.a?.b)', 1],
	["enum E { A, B, C = 10, D, S = 'self' } probe([E.A, E.B, E.C, E.D, E.S])", [0, 1, 10, 11, 'self']],
	['const enum E { Self = "\'self\'" } probe([E.Self])', ["'self'"]],
	['const f = () => 1; probe(f())', 1],
	['function f(x: number, y = 2) { return x + y; } probe(f(1))', 3],
	['const f = ({ a, b = 2 }: any) => [a, b]; probe(f({ a: 1 }))', [1, 2]],
	["const f = (...list: string[]) => list; probe(f('a', 'b'))", ['a', 'b']],
	["function f(x: string) { if (x === 'a') return 1; return 2; } probe([f('a'), f('b')])", [1, 2]],
	['const f = (x: number) => (y: number) => x * y; probe(f(2)(3))', 6],
	[
		"class C { static readonly S = 'x'; private p = 1; constructor(readonly q: number) {} get() { return this.p + this.q; } } probe([C.S, new C(2).get()])",
		['x', 3],
	],
	["class A { x = 'a'; f() { return this.x; } } class B extends A { x = 'b'; } probe(new B().f())", 'b'],
	['const list: number[] = []; for (const x of [1, 2]) list.push(x * 2); probe(list)', [2, 4]],
	['const list: number[] = []; [1, 2].forEach((x, i) => { list.push(x + i); }); probe(list)', [1, 3]],
	['const o: Record<string, number> = {}; for (const [k, v] of Object.entries({ a: 1 })) o[k] = v + 1; probe(o)', { a: 2 }],
	["probe((() => ['a'])())", ['a']],
	["probe([1, 2, 3].includes(2) ? 'yes' : 'no')", 'yes'],
	["probe('https://a.example'.startsWith('https:'))", true],
	["probe('ab'.repeat(2) + 'abc'.slice(1) + 'abc'.substring(0, 1))", 'ababbca'],
	["probe('x'.concat('y', 'z'))", 'xyz'],
	['probe(Math.floor(1.9) + Math.round(1.5) + Math.max(1, 2))', 5],
	['const s = String.raw`a`; probe(s)', 'a'],
	['probe([1, 2].length)', 2],
	["probe('abc'.length)", 3],
	["probe(['a', 'b'].at(-1))", 'b'],
	["const k = 'a'; probe({ a: 1, b: 2 }[k])", 1],
	['probe([..."ab"])', ['a', 'b']],
	["probe(`${['a', 'b']}`)", 'a,b'],
];

/** Code whose value depends on what nobody knows statically. */
const partly: readonly (readonly [code: string, expected: unknown])[] = [
	['probe(process.env.CDN)', '?process.env.CDN'],
	['probe(`https://${process.env.CDN}/x`)', 'https://?process.env.CDN/x'],
	["probe(['a', process.env.CDN])", ['a', '?process.env.CDN']],
	["probe(['a', ...more()])", ['a', '...']],
	['probe({ a: 1, ...more() })', { a: '?more()', '...': '...' }],
	['probe({ ...more(), a: 1 })', { a: 1, '...': '...' }],
	['probe({ a: 1, [key()]: 2 })', { a: 1, '...': '...' }],
	["probe(isDev ? 'a' : 'b')", { test: 'isDev', yes: 'a', no: 'b' }],
	["probe(!isDev ? 'a' : 'b')", { test: 'isDev', yes: 'b', no: 'a' }],
	["probe(process.env.NODE_ENV === 'production' ? ['a'] : [])", { test: "process.env.NODE_ENV === 'production'", yes: ['a'], no: [] }],
	[
		"const prod = process.env.NODE_ENV === 'production'; probe(prod ? (prod ? 'a' : 'never') : 'b')",
		{ test: "process.env.NODE_ENV === 'production'", yes: 'a', no: 'b' },
	],
	["probe(`${isDev ? 'a' : 'b'}-${isDev ? 'c' : 'd'}`)", { test: 'isDev', yes: 'a-c', no: 'b-d' }],
	// So many cases are not told apart: what is the same in all of them stays known.
	[`probe(\`x ${forty(at => `\${t${at} ? '' : ${at}}`)}\`)`, `x ${forty(at => `?t${at}`)}`],
	["probe(['a', ...(isDev ? ['b'] : [])])", { test: 'isDev', yes: ['a', 'b'], no: ['a'] }],
	['probe({ a: 1, ...(isDev && { b: 2 }) })', { test: 'isDev', yes: { a: 1, b: 2 }, no: { a: 1 } }],
	['const size = process.env.SIZE || null; if (size) probe(size)', '?process.env.SIZE'],
	["const a = ['x']; if (isDev) a.push('y'); probe(a)", { test: 'isDev', yes: ['x', 'y'], no: ['x'] }],
	['const o: any = { a: 1 }; if (isDev) o.a = 2; else o.b = 3; probe(o)', { test: 'isDev', yes: { a: 2 }, no: { a: 1, b: 3 } }],
	["let x = 'a'; if (isDev) x = 'b'; probe(x)", { test: 'isDev', yes: 'b', no: 'a' }],
	["function f() { if (isDev) return 'a'; return 'b'; } probe(f())", { test: 'isDev', yes: 'a', no: 'b' }],
	['const o: any = { a: 1 }; if (isDev) delete o.a; probe(o)', { test: 'isDev', yes: {}, no: { a: 1 } }],
	['const o: any = { a: 1, b: 2 }; if (isDev) delete o.a; probe(Object.values(o))', { test: 'isDev', yes: [2], no: [1, 2] }],
	['const o: any = { a: 1 }; if (isDev) if (isTest) delete o.a; probe(Object.keys(o))', ['a', '...']],
	[
		"const a: any = isDev ? ['x'] : []; if (isTest) a.push('y'); probe(a)",
		{ test: 'isDev', yes: { test: 'isTest', yes: ['x', 'y'], no: ['x'] }, no: { test: 'isTest', yes: ['y'], no: [] } },
	],
	["probe([...new Set(isDev ? ['a', 'a'] : ['b', 'a'])])", { test: 'isDev', yes: ['a'], no: ['b', 'a'] }],
	["probe([Array.isArray([]), Array.isArray('a'), Array.isArray(new Set())])", [true, false, false]],
	["const a = ['x', 'y']; if (isDev) a.pop(); probe(a)", ['...']],
	["probe((_req, res) => `'nonce-${res.locals.nonce}'`)", { returns: "'nonce-?res.locals.nonce'" }],
	['const f = (x) => f(x); probe(f(1))', '?f(x)'],
	['const a: any[] = [1]; a.push(a); probe(a.length)', 2],
	['for (;;) { break; } probe(1)', 1],
	['probe([1, 2, 3].sort())', ['...']],
];

/** Values that come from other files. */
const imported: readonly (readonly [what: string, code: string, files: Readonly<Record<string, string>>, expected: unknown])[] = [
	['a named export', "import { A } from './a'; probe(A);", { 'src/a.ts': "export const A = 'a';" }, 'a'],
	['a default export', "import a from './a'; probe(a);", { 'src/a.ts': "export default ['a'];" }, ['a']],
	['a namespace', "import * as all from './a'; probe(all.A + all.B);", { 'src/a.ts': 'export const A = 1; export const B = 2;' }, 3],
	[
		'several hops under other names',
		"import { X as Y } from './a'; probe(Y);",
		{ 'src/a.ts': "export { B as X } from './b';", 'src/b.ts': "export * from './c';", 'src/c/index.ts': "const B = 'c'; export { B };" },
		'c',
	],
	[
		'a list of modules that lists itself',
		"import { A } from './list'; probe(A);",
		{ 'src/list/index.ts': "export * from './a'; export * from './index';", 'src/list/a.ts': "export const A = 'a';" },
		'a',
	],
	[
		'two lists of modules that list each other',
		"import { A } from './one'; probe(A);",
		{ 'src/one.ts': "export * from './two'; export const A = 'a';", 'src/two.ts': "export * from './one'; export const B = 'b';" },
		'a',
	],
	[
		'a name of its own beside one of a list',
		"import { A } from './list'; probe(A);",
		{ 'src/list.ts': "export const A = 'own'; export * from './a';", 'src/a.ts': "export const A = 'a';" },
		'own',
	],
	['CommonJS', "const { a } = require('./a'); probe(a);", { 'src/a.js': "module.exports = { a: ['x'] };" }, ['x']],
	['properties of exports', "import a from './a'; probe(a.b);", { 'src/a.js': 'exports.b = 2;' }, 2],
	['a JSON file', "import config from './config.json'; probe(config.csp);", { 'src/config.json': '{ "csp": ["a"] }' }, ['a']],
	['the .js of a TypeScript file', "import { A } from './a.js'; probe(A);", { 'src/a.ts': 'export const A = 1;' }, 1],
	[
		'paths of tsconfig.json',
		"import { A } from '@config/a'; probe(A);",
		{
			'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@config/*": ["config/*"] } } } // comments are fine',
			'config/a.ts': 'export const A = 1;',
		},
		1,
	],
	[
		'paths of an extended tsconfig.json',
		"import { A } from '~/a'; probe(A);",
		{
			'tsconfig.json': '{ "extends": "./base.json" }',
			'base.json': '{ "compilerOptions": { "paths": { "~/*": ["./src/*"] } } }',
			'src/a.ts': 'export const A = 1;',
		},
		1,
	],
	[
		'a package of the workspace',
		"import { A } from '@shop/config'; probe(A);",
		{
			'package.json': '{ "workspaces": ["packages/*"] }',
			'packages/config/package.json': '{ "name": "@shop/config", "main": "src/index.ts" }',
			'packages/config/src/index.ts': 'export const A = 1;',
		},
		1,
	],
	[
		'a cycle',
		"import { a } from './a'; probe(a());",
		{
			'src/a.ts': "import { b } from './b'; export const A = 'a'; export const a = () => [A, b()];",
			'src/b.ts': "import { A } from './a'; export const b = () => A + 'b';",
		},
		['a', 'ab'],
	],
	['a file that is not there', "import { A } from './none'; probe(A);", {}, '?A'],
	['a package that nobody knows', "import { A } from 'elsewhere'; probe([A, 'b']);", {}, ['?A', 'b']],
];

describe('values of JavaScript, known statically', () => {
	for (const [code, expected] of known)
		it(code, () => {
			assert.deepEqual(JSON.parse(JSON.stringify(ranValue(code) ?? null)), expected, 'what running it gives');
			assert.deepEqual(shownValue(code), expected);
		});

	describe('and those that are known in part', () => {
		for (const [code, expected] of partly) it(code, () => assert.deepEqual(shownValue(code), expected));
	});

	describe('and those of other files', () => {
		for (const [what, code, files, expected] of imported) it(what, () => assert.deepEqual(shownValue(code, files), expected));
	});
});
