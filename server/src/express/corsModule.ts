import type { Call } from '../javascript/call';
import type { HostModule } from '../javascript/run';
import { native, type Value } from '../javascript/value';
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
		options: fixedOptions(call),
		library,
		place: call.place,
		conditions: [],
	});
}
