import type { Call } from '../javascript/call';
import type { HostModule } from '../javascript/run';
import { native, type Value } from '../javascript/value';
import type { Place } from '../text/span';
import { fixedOptions } from './fixedOptions';
import { middlewareNative } from './helmetModule';
import type { Session } from './session';

/** The cors package: `cors(options)`. */
export function corsModule(session: Session, place: Place): HostModule {
	const value: Value = native({
		name: 'cors',
		place,
		member: name => (name === 'default' ? value : null),
		call: call => corsCall(session, call),
	});
	return { namespace: value, default: value, named: name => (name === 'default' || name === 'cors' ? value : null) };
}

/** `cors(options)` as a middleware. */
export function corsCall(session: Session, call: Call): Value {
	return middlewareNative(session, 'cors()', call.place, { kind: 'cors', options: fixedOptions(call), place: call.place, conditions: [] });
}
