import assert from 'node:assert/strict';
import type { StaticValue } from '../../server/src/javascript/staticValue';
import { createRandom, seedOf } from '../support/random';
import { knownValue, ranValue } from './probedValue';
import { randomValue } from './randomValue';

const total = Number(process.env['VALUES'] ?? 400);

describe('random expressions, run for real', () => {
	it(`are what is known of ${total} of them`, () => {
		const seed = seedOf(1);
		let whole = 0;
		let ran = 0;
		const differences: string[] = [];
		for (let index = 0; index < total; index++) {
			const { code } = randomValue(createRandom(seed * 100_000 + index));
			const real = resultOf(code);
			if (real === null) continue;
			ran++;
			const known = knownValue(code);
			assert.ok(known, code);
			if (!agrees(known, real.value)) differences.push(`${code}\nknown: ${shown(known)}\nreally: ${JSON.stringify(real.value)}`);
			else if (isWhole(known)) whole++;
		}
		const share = (100 * whole) / ran;
		console.log(`      seed ${seed}: ${ran} ran, ${share.toFixed(1)} % known as a whole, ${differences.length} differences`);
		assert.equal(differences.length, 0, `\n${differences.slice(0, Number(process.env['SHOW'] ?? 3)).join('\n\n')}`);
		assert.ok(50 <= share, `${share} % known`);
	});
});

/** What running gives; null where it throws. */
function resultOf(code: string): { readonly value: unknown } | null {
	try {
		return { value: ranValue(code) };
	} catch {
		return null;
	}
}

/** Whether what is known may be the real value: unknown parts stand for anything. */
function agrees(known: StaticValue, real: unknown): boolean {
	switch (known.kind) {
		case 'string':
		case 'number':
		case 'boolean':
			return Object.is(known.value, real) || (known.value === 0 && real === 0);
		case 'null':
			return real === null;
		case 'undefined':
			return real === undefined;
		case 'text':
			return typeof real === 'string';
		case 'array': {
			if (known.open) return Array.isArray(real);
			return Array.isArray(real) && real.length === known.elements.length && known.elements.every((each, at) => agrees(each, real[at]));
		}
		case 'object': {
			if (typeof real !== 'object' || real === null) return false;
			if (known.open) return true;
			const last = new Map(known.entries.map(({ key, value }) => [key, value]));
			const names = new Set([...last.keys(), ...Object.keys(real)]);
			return [...names].every(name => {
				const value = last.get(name);
				return value !== undefined && (Object.hasOwn(real, name) || mayBeAbsent(value)) && agrees(value, Reflect.get(real, name));
			});
		}
		case 'function':
			return typeof real === 'function';
		case 'branch':
			return agrees(known.whenTrue, real) || agrees(known.whenFalse, real);
		default:
			return known.kind === 'unknown';
	}
}

function mayBeAbsent(value: StaticValue): boolean {
	return value.kind === 'unknown' || value.kind === 'branch';
}

function isWhole(known: StaticValue): boolean {
	switch (known.kind) {
		case 'array':
			return !known.open && known.elements.every(isWhole);
		case 'object':
			return !known.open && known.entries.every(({ value }) => isWhole(value));
		default:
			return known.kind !== 'unknown' && known.kind !== 'branch' && known.kind !== 'text';
	}
}

function shown(known: StaticValue): string {
	return JSON.stringify(known, (key, value: unknown) => (key === 'place' || key === 'keyPlace' ? undefined : value));
}
