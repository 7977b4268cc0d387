import { type Condition, conditionsSince, inCase, type Value } from './value';

interface Slot {
	value: Value | (() => Value);
	/** The conditions that held where it was declared. */
	readonly declaredUnder: readonly Condition[];
}

/** The names of one block, function or module while its code is followed. */
export interface Scope {
	/** The value of a name, looked up outwards; null where it is not declared. */
	lookup(name: string): Value | null;
	/** Declares a name in this scope, or gives the declared one its value. */
	declare(name: string, value: Value, declaredUnder: readonly Condition[]): void;
	/** Declares a name whose value is worked out when it is first read: imports nobody reads are never loaded. */
	declareLazily(name: string, value: () => Value): void;
	/** Assigns to the nearest declared name; under conditions the old value stays for the other case. False where there is none. */
	assign(name: string, value: Value, conditions: readonly Condition[]): boolean;
	/** The scope `var` declares in. */
	readonly functionScope: Scope;
	/** The names declared here, in order. */
	names(): readonly string[];
}

/** Makes a scope inside `outer`; a function's or module's own scope takes the `var` declarations of its blocks. */
export function createScope(outer: Scope | null, ofFunction: boolean): Scope {
	const slots = new Map<string, Slot>();
	const scope: Scope = {
		lookup: name => {
			const slot = slots.get(name);
			if (slot === undefined) return outer?.lookup(name) ?? null;
			if (typeof slot.value === 'function') slot.value = slot.value();
			return slot.value;
		},
		declare: (name, value, declaredUnder) => {
			slots.set(name, { value, declaredUnder });
		},
		declareLazily: (name, value) => {
			slots.set(name, { value, declaredUnder: [] });
		},
		assign: (name, value, conditions) => {
			const slot = slots.get(name);
			if (slot === undefined) return outer?.assign(name, value, conditions) ?? false;
			const before = typeof slot.value === 'function' ? slot.value() : slot.value;
			slot.value = inCase(value, conditionsSince(slot.declaredUnder, conditions), before);
			return true;
		},
		get functionScope() {
			return ofFunction || outer === null ? scope : outer.functionScope;
		},
		names: () => [...slots.keys()],
	};
	return scope;
}
