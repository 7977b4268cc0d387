import type { Call } from '../javascript/call';
import type { HostModule } from '../javascript/run';
import { native, type Value } from '../javascript/value';
import type { Place } from '../text/span';
import { makeApp, routingOf } from './appNative';
import { pathOnDisk } from './filePaths';
import { fixedOptions } from './fixedOptions';
import { middlewareNative } from './helmetModule';
import type { Session } from './session';
import { traceSetHeaders } from './trace';

/** express: the factory, its Router, static files and body parsers. */
export function expressModule(session: Session, place: Place): HostModule {
	const value: Value = native({
		name: 'express',
		place,
		call: call => makeApp(session, { kind: 'app', place: call.place, module: call.frame.module, partial: false, node: call.node }),
		construct: call => makeApp(session, { kind: 'app', place: call.place, module: call.frame.module, partial: false, node: call.node }),
		member: (name, at) => (name === 'default' ? value : expressMember(session, name, at)),
	});
	return { namespace: value, default: value, named: name => (name === 'default' ? value : expressMember(session, name, place)) };
}

function expressMember(session: Session, name: string, place: Place): Value | null {
	switch (name) {
		case 'Router': {
			const make = (call: Call): Value => {
				const { place: at, frame, node } = call;
				const routing = routingOf(call.args[0]?.value);
				return makeApp(session, { kind: 'router', place: at, module: frame.module, partial: false, node, routing });
			};
			return native({ name: 'Router', place, call: make, construct: make });
		}
		case 'static':
			return native({ name: 'express.static', place, call: call => staticFiles(session, call) });
		case 'json':
		case 'urlencoded':
		case 'raw':
		case 'text':
			return native({
				name: `express.${name}`,
				place,
				call: call =>
					middlewareNative(session, `express.${name}()`, call.place, {
						kind: 'harmless',
						label: `express.${name}()`,
						answers: true,
						parser: { kind: name, options: fixedOptions(call, 0) },
						place: call.place,
						conditions: [],
					}),
			});
		default:
			return null;
	}
}

/** `express.static(folder, options)` (serve-static). */
export function staticFiles(session: Session, call: Call): Value {
	const first = call.args[0];
	const folder = first === undefined ? null : pathOnDisk(first.value, call);
	const options = fixedOptions(call, 1);
	const given = call.args[1]?.value;
	const setter = given?.kind === 'object' ? given.entries.findLast(({ key }) => key === 'setHeaders')?.value : undefined;
	const trace = setter?.kind === 'function' ? traceSetHeaders(session, setter, call) : null;
	const handler = { kind: 'static', folder, options, trace, place: call.place, conditions: [] } as const;
	return middlewareNative(session, 'express.static()', call.place, handler);
}
