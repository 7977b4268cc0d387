import type { Random } from '../support/random';

/** Statements, and an expression after them, of which we claim to know the value. */
export interface RandomValue {
	readonly code: string;
}

type Kind = 'text' | 'number' | 'flag' | 'list' | 'object';

interface Draft {
	readonly random: Random;
	readonly lines: string[];
	/** Constants so far, by what they hold. */
	readonly names: Record<Kind, string[]>;
	count: number;
}

/** Composes a program that ends with `probe(expression)`. */
export function randomValue(random: Random): RandomValue {
	const draft: Draft = { random, lines: [], names: { text: [], number: [], flag: [], list: [], object: [] }, count: 0 };
	for (let i = random.below(4); 0 <= i; i--) declare(draft, random.pick(['text', 'number', 'flag', 'list', 'object', 'object', 'list']));
	const kind: Kind = random.pick(['object', 'object', 'list', 'text', 'number', 'flag']);
	const last = expression(draft, kind, 3);
	return { code: `${draft.lines.join('\n')}\nprobe(${last});` };
}

function fresh(draft: Draft, base: string): string {
	draft.count += 1;
	return `${base}${draft.count}`;
}

function declare(draft: Draft, kind: Kind): void {
	const { random, lines, names } = draft;
	const name = fresh(draft, kind);
	const value = expression(draft, kind, 2);
	const change = (list: string, object: string): string =>
		kind === 'list' ? list : kind === 'object' ? object : `${name} = ${expression(draft, kind, 1)};`;
	const text = (): string => expression(draft, 'text', 1);
	const forms: readonly (() => void)[] = [
		() => lines.push(`const ${name} = ${value};`),
		() => lines.push(`const ${name} = (${value}) as any;`),
		() => lines.push(`let ${name}: any = ${value};`, change(`${name}.push(${text()});`, `${name}.added = ${text()};`)),
		() => lines.push(`var ${name}: any = ${value};`, change(`${name}.unshift(${text()}, ${text()});`, `${name}['a'] = ${text()};`)),
		() =>
			lines.push(
				`let ${name}: any = ${value};`,
				`if (${expression(draft, 'flag', 1)}) { ${change(`${name}.push('y');`, `delete ${name}.b;`)} }`,
			),
		() => lines.push(`const { ${name} = ${value} } = {} as any;`),
		() => lines.push(`const [, ${name}] = [0, ${value}] as any[];`),
		() => lines.push(`const make${name} = (given: any) => given;`, `const ${name} = make${name}(${value});`),
		() => lines.push(`function make${name}() { const inner: any = ${value}; return inner; }`, `const ${name} = make${name}();`),
	];
	random.pick(forms)();
	names[kind].push(name);
}

function expression(draft: Draft, kind: Kind, depth: number): string {
	const { random, names } = draft;
	if (0 < names[kind].length && random.oneIn(3)) return random.pick(names[kind]);
	if (depth === 0) return literal(draft, kind);
	const one = (wanted: Kind): string => expression(draft, wanted, depth - 1);
	if (random.oneIn(6)) return `(${one('flag')} ? ${one(kind)} : ${one(kind)})`;
	if (random.oneIn(12)) return `(${random.pick(['null', 'undefined'])} ?? ${one(kind)})`;
	switch (kind) {
		case 'text':
			return chosen(random, [
				() => literal(draft, 'text'),
				() => `\`${random.pick(['', 'a '])}\${${one(random.pick(['text', 'number', 'flag']))}}-\${${one('text')}}\``,
				() => `(${one('text')} + ${one(random.pick(['text', 'number', 'flag']))})`,
				() => `${one('list')}.join(${random.pick(["' '", "'; '", "''", ''])})`,
				() =>
					`${one('text')}.${random.pick(['trim()', 'toUpperCase()', 'toLowerCase()', "replace('a', 'b')", "replaceAll('a', '')", 'slice(1)', 'slice(-2)', "concat('z')", "split('').join('.')", "padEnd(4, '-')", 'repeat(2)', 'substring(1, 2)', 'charAt(0)'])}`,
				() => `String(${one(random.pick(['number', 'flag', 'text']))})`,
				() => `Object.keys(${one('object')}).join()`,
				() => `(${one('text')} || 'unset')`,
				() => `Object.entries({ x: ${one('text')} }).map(([key, value]) => \`\${key}=\${value}\`).join('&')`,
			]);
		case 'number':
			return chosen(random, [
				() => literal(draft, 'number'),
				() => `(${one('number')} ${random.pick(['+', '-', '*', '/', '%', '**', '|', '<<', '&'])} ${literal(draft, 'number')})`,
				() => `-(${one('number')})`,
				() => `Math.${random.pick(['floor', 'round', 'ceil', 'abs', 'trunc'])}(${one('number')})`,
				() => `Math.${random.pick(['max', 'min'])}(${one('number')}, ${one('number')})`,
				() => `${one('list')}.length`,
				() => `${one('text')}.length`,
				() => `Number('${random.pick(['12', ' 3 ', '1e3', '0x10'])}')`,
				() => `parseInt('${random.pick(['12px', '0x1f', '7'])}', ${random.pick(['10', '16'])})`,
			]);
		case 'flag':
			return chosen(random, [
				() => literal(draft, 'flag'),
				() => `!${one('flag')}`,
				() => `(${one('number')} ${random.pick(['<', '>', '<=', '>=', '===', '!==', '==', '!='])} ${one('number')})`,
				() => `(${one('text')} ${random.pick(['===', '!==', '==', '!=', '<'])} ${one('text')})`,
				() =>
					`(${random.pick(['1', "'1'", 'null', 'undefined', 'false', "''", '0'])} ${random.pick(['==', '!=', '===', '!=='])} ${random.pick(['1', "'1'", 'null', 'undefined', 'false', "''", '0'])})`,
				() => `(${one('flag')} ${random.pick(['&&', '||'])} ${one('flag')})`,
				() => `Boolean(${one(random.pick(['text', 'number', 'list']))})`,
				() => `${one('list')}.${random.pick(["includes('a')", "some(each => each === 'a')", 'every(Boolean)', "indexOf('a') >= 0"])}`,
				() => `${one('text')}.${random.pick(["startsWith('a')", "endsWith('b')", "includes('a')"])}`,
				() => `('a' in ${one('object')})`,
				() => `(typeof ${one('text')} === 'string')`,
				() => `Array.isArray(${one(random.pick(['list', 'text']))})`,
			]);
		case 'list':
			return chosen(random, [
				() => literal(draft, 'list'),
				() => `[${one('text')}, ...${one('list')}, ${random.oneIn(2) ? `...(${one('flag')} ? [${one('text')}] : [])` : one('number')}]`,
				() =>
					`${one('list')}.${random.pick(["concat(['c'], 'd')", 'slice(1)', 'slice(0, -1)', 'reverse()', 'filter(Boolean)', "filter(each => each !== 'a')", 'map(each => `${each}!`)', 'flatMap(each => [each, each])', 'flat()', 'sort()', "map((each, at) => at + ':' + each)", 'slice().sort()', 'toSorted()', "with(0, 'w')", 'fill(1)', 'at(0) ? [1] : [2]'])}`,
				() => `Object.${random.pick(['keys', 'values'])}(${one('object')})`,
				() => `${one('text')}.split(${random.pick(["''", "' '", "'a'"])})`,
				() => `[...new Set(${one('list')})]`,
				() => `Array.from(${one('list')})`,
				() => `Object.freeze(${one('list')}).concat([])`,
				() => `Array.of(${one('text')}, ${one('number')})`,
			]);
		case 'object':
			return chosen(random, [
				() => literal(draft, 'object'),
				() => `{ a: ${one('text')}, ...${one('object')}, ['k' + ${one('number')}]: ${one('list')} }`,
				() => `{ ...(${one('flag')} && ${one('object')}), b: ${one('flag')} }`,
				() => `Object.assign({}, ${one('object')}, ${one('object')})`,
				() => `Object.freeze({ ...${one('object')}, c: { d: ${one('list')} } })`,
				() => `Object.fromEntries(Object.entries(${one('object')}))`,
				() => `structuredClone(${one('object')})`,
				() => `(({ a, ...rest }: any) => rest)(${one('object')})`,
				() => `(${one('object')} satisfies object)`,
				() => `JSON.parse('{"a":1,"b":["x"]}')`,
			]);
	}
}

/** One of the forms, composed. */
function chosen(random: Random, forms: readonly (() => string)[]): string {
	return random.pick(forms)();
}

function literal({ random }: Draft, kind: Kind): string {
	switch (kind) {
		case 'text':
			return random.pick(["'a'", "''", "'b c'", '"it\\u0041"', '`t`', "' a '", "'aab'", "'10'"]);
		case 'number':
			return random.pick(['0', '1', '31_536_000', '0x1f', '1.5', '-2', '60 * 60', '0b11', '1e3']);
		case 'flag':
			return random.pick(['true', 'false', '!0', '!!1']);
		case 'list':
			return random.pick(['[]', "['a']", "['a', 'b']", "['b', 'a', '']", "(['a', 1] as const)", "['', 'x', 'a']"]);
		case 'object':
			return random.pick([
				'{}',
				"{ a: 'x' }",
				"{ a: 1, b: ['y'] }",
				"{ b: { c: 'z' }, 'd-e': true }",
				'({ a: null, f: undefined } as any)',
				'{ 2: 1, a: 0, 1: 2 }',
			]);
	}
}
