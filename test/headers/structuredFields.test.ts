import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromFeaturePolicy, repairedSyntax } from '../../server/src/headers/permissionsPolicy';
import { dictionaryError, readDictionary } from '../../server/src/headers/structuredFields';
import { ANY_TEXT, ONE_TOKEN, renderedValue } from '../../server/src/model/value';

/** The members of a dictionary in one line each: `key: type text, type text`, the parameters behind `;`. */
function shown(text: string): readonly string[] {
	return readDictionary(renderedValue(text)).members.map(({ key, shape, items, parameters }) => {
		const list = items.map(item => `${item.type} ${item.content}`).join(', ');
		return [
			`${key}: ${shape === 'list' ? `(${list})` : shape === 'true' ? 'true' : list}`,
			...parameters.map(each => `${each.key}=${each.item?.content}`),
		].join('; ');
	});
}

describe('readDictionary', () => {
	const cases: readonly (readonly [text: string, ...expected: string[]])[] = [
		['', ...[]],
		['camera=(), geolocation=(self "https://a.example")', 'camera: ()', 'geolocation: (token self, string https://a.example)'],
		['camera=*;report-to="ep", microphone', 'camera: token *; report-to=ep', 'microphone: true'],
		['a=?1, b=3, c=(none https://a.example)', 'a: boolean ?1', 'b: number 3', 'c: (token none, token https://a.example)'],
		['ep="https://a.example/r", EP=x', 'ep: string https://a.example/r', 'EP: token x'],
		['a="with \\"quotes\\", and commas", b=1', 'a: string with "quotes", and commas', 'b: number 1'],
		[`camera=(${ONE_TOKEN}), ${ANY_TEXT}`, 'camera: (unknown \uE001)', '\uE000: true'],
		["camera 'none'", 'camera: true', "'none': true"],
		['camera=(self', 'camera: (token self)'],
	];
	for (const [text, ...expected] of cases) it(JSON.stringify(text), () => assert.deepEqual(shown(text), expected));

	it('says where the first mistake is, and nothing of unknown text', () => {
		assert.deepEqual(readDictionary(renderedValue('camera=(), ')).error?.offset, 11);
		assert.deepEqual(readDictionary(renderedValue('Camera=()')).error?.offset, 0);
		assert.equal(readDictionary(renderedValue(`Camera=(${ANY_TEXT}`)).error, null);
		assert.equal(readDictionary(renderedValue('camera=()')).error, null);
	});

	it('never throws, ends, and keeps its offsets inside the text', () => {
		const text = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 60 }),
			fc
				.array(fc.constantFrom('camera', '=', '(', ')', '"', ';', ',', ' ', 'self', '*', '\\', ANY_TEXT, 'report-to'), { maxLength: 30 })
				.map(parts => parts.join('')),
		);
		fc.assert(
			fc.property(text, value => {
				let last = 0;
				for (const { start, end, key, keySpan, items } of readDictionary(renderedValue(value)).members) {
					assert.ok(last <= start && start <= end && end <= value.length);
					assert.equal(value.slice(keySpan.start, keySpan.end), key);
					for (const item of items) assert.equal(value.slice(item.start, item.end), item.text);
					last = end;
				}
			}),
			{ seed: Number(process.env['SEED'] ?? 20261122), numRuns: 500 },
		);
	});
});

describe('fromFeaturePolicy', () => {
	const cases: readonly (readonly [text: string, expected: string | null])[] = [
		["camera 'none'; microphone 'self'", 'camera=(), microphone=(self)'],
		["geolocation 'self' https://a.example; fullscreen *", 'geolocation=(self "https://a.example"), fullscreen=*'],
		['camera=(), microphone=()', null],
		['camera', null],
	];
	for (const [text, expected] of cases) it(`${text} -> ${expected}`, () => assert.equal(fromFeaturePolicy(text), expected));
});

describe('repairedSyntax gives a dictionary or nothing', () => {
	const cases: readonly (readonly [text: string, expected: string | null])[] = [
		['camera=(), microphone=(),', 'camera=(), microphone=()'],
		['camera=() microphone=(self)', 'camera=(), microphone=(self)'],
		['Camera=(); Microphone=()', 'camera=(), microphone=()'],
		["camera=('none'), geolocation=('self')", 'camera=(), geolocation=(self)'],
		["camera=none, geolocation='self'", 'camera=(), geolocation=(self)'],
		['camera=(', null],
		['what is this', null],
	];
	for (const [text, expected] of cases)
		it(`${text} -> ${expected}`, () => {
			const repaired = repairedSyntax(readDictionary(renderedValue(text)));
			assert.equal(repaired, expected);
			if (repaired !== null) assert.equal(dictionaryError(repaired), null);
		});
});
