import { runFunction } from '../javascript/functions';
import type { HostModule } from '../javascript/run';
import { toStatic } from '../javascript/toStatic';
import { native, undefinedAt } from '../javascript/value';
import type { Place } from '../text/span';
import { middlewareNative } from './helmetModule';
import type { Session } from './session';

/** The cors package: `cors(options)`. */
export function corsModule(session: Session, place: Place): HostModule {
	const value = native({
		name: 'cors',
		place,
		member: name => (name === 'default' ? value : null),
		call: call => {
			const first = call.args[0];
			const { conditions } = call.frame.run;
			const options =
				first === undefined
					? null
					: toStatic(first.value, conditions, found => runFunction(found, [], undefinedAt(call.place), { ...call, args: [], open: true }));
			return middlewareNative(session, 'cors()', call.place, { kind: 'cors', options, place: call.place, conditions: [] });
		},
	});
	return { namespace: value, default: value, named: name => (name === 'default' || name === 'cors' ? value : null) };
}
