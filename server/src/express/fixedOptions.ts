import type { Call } from '../javascript/call';
import { runFunction } from '../javascript/functions';
import type { StaticValue } from '../javascript/staticValue';
import { toStatic } from '../javascript/toStatic';
import { undefinedAt, unknown, type Value } from '../javascript/value';

/** The options argument of a call as it is at this moment; null where none is passed. */
export function fixedOptions(call: Call, index = 0): StaticValue | null {
	const argument = call.args[index];
	if (argument !== undefined) return fixedValue(argument.value, call);
	return call.open ? fixedValue(unknown('...', call.place), call) : null;
}

/** A value as it is at this moment, under the conditions that hold now. */
export function fixedValue(value: Value, call: Call): StaticValue {
	const returnOf = (found: Extract<Value, { kind: 'function' }>): Value =>
		runFunction(found, [], undefinedAt(call.place), { ...call, args: [], open: true });
	return toStatic(value, call.frame.run.conditions, returnOf);
}
