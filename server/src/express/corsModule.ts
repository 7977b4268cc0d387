import type { Call } from '../javascript/call';
import { runFunction } from '../javascript/functions';
import type { HostModule } from '../javascript/run';
import type { StaticValue } from '../javascript/staticValue';
import { type FunctionValue, native, truth, undefinedAt, underConditions, unknown, type Value } from '../javascript/value';
import type { Place } from '../text/span';
import type { CorsLibrary } from './corsHeaders';
import { fixedOptions } from './fixedOptions';
import { middlewareNative } from './helmetModule';
import type { Session } from './session';

/** The cors package: `cors(options)`, and those of its name for other frameworks. */
export function corsModule(session: Session, place: Place, library: CorsLibrary = 'cors'): HostModule {
	const value: Value = native({
		name: 'cors',
		place,
		member: name => (name === 'default' ? value : null),
		call: call => corsCall(session, call, library),
	});
	return { namespace: value, default: value, named: name => (name === 'default' || name === 'cors' ? value : null) };
}

/** `cors(options)` as a middleware. */
export function corsCall(session: Session, call: Call, library: CorsLibrary = 'cors'): Value {
	return middlewareNative(session, 'cors()', call.place, {
		kind: 'cors',
		options: withKnownOrigin(fixedOptions(call), call),
		library,
		place: call.place,
		conditions: [],
	});
}

/** A function that lets every origin pass, whatever it is, is what `origin: true` says. */
function withKnownOrigin(options: StaticValue | null, call: Call): StaticValue | null {
	const given = call.args[0] === undefined ? null : underConditions(call.args[0].value, call.frame.run.conditions);
	const origin = given?.kind === 'object' ? given.entries.findLast(({ key }) => key === 'origin')?.value : undefined;
	if (options?.kind !== 'object' || origin?.kind !== 'function' || !passesAll(origin, call)) return options;
	const value: StaticValue = { kind: 'boolean', value: true, place: origin.place };
	return { ...options, entries: options.entries.map(entry => (entry.key === 'origin' ? { ...entry, value } : entry)) };
}

/** Whether `(origin, callback) => ...` does nothing but `callback(null, true)`, in every case. */
function passesAll(origin: FunctionValue, call: Call): boolean {
	const { run } = call.frame;
	const before = run.conditions.length;
	const passes: boolean[] = [];
	const callback = native({
		name: 'callback',
		place: origin.place,
		call: ({ args: [error, allowed], frame, place }) => {
			const isFree = frame.run.conditions.length === before && frame.run.unbroken.length === 0;
			passes.push(
				isFree && error !== undefined && truth(error.value) === false && allowed?.value.kind === 'boolean' && allowed.value.value,
			);
			return undefinedAt(place);
		},
	});
	const args = [unknown('origin', origin.place), callback].map(value => ({ value, place: origin.place }));
	runFunction(origin, args, undefinedAt(call.place), { ...call, args, open: false, node: null });
	return passes.length === 1 && passes[0] === true;
}
