import type { Call } from '../../javascript/call';
import { knownText } from '../../javascript/operators';
import type { Value } from '../../javascript/value';
import type { Place } from '../../text/span';
import { type AppRecord, appOf } from '../app';
import { makeApp } from '../appNative';
import { compilePath, undecided } from '../pathPattern';
import type { Session } from '../session';

/** An app or router that stands below a path: what is registered on it goes to the one it is made from. `members` are its members. */
export function prefixed(
	session: Session,
	app: AppRecord,
	path: Value,
	call: Call,
	members: (value: Value, name: string, place: Place) => Value | null,
): Value {
	const known = knownText(path);
	const { kind, framework, place, module, node } = app;
	const pattern =
		known === null ? undecided('prefix') : compilePath(known, framework === 'hono' ? 'hono' : 5, { ...app.routing, strict: false });
	const outer = makeApp(session, { kind, framework, place, module, partial: false, node, routing: app.routing }, (_, value, name, at) =>
		members(value, name, at),
	);
	appOf(outer)?.entries.push({
		kind: 'use',
		method: null,
		paths: [pattern],
		pathLabel: pattern.source,
		route: null,
		handlers: [{ kind: 'router', app, place: call.place, conditions: [] }],
		label: `'${pattern.source}'`,
		place: call.place,
		node: null,
		conditions: [],
	});
	return outer;
}
