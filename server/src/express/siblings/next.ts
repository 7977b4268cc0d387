import type { Call, Frame } from '../../javascript/call';
import { callValue } from '../../javascript/calls';
import { propertyOf } from '../../javascript/literals';
import type { ModuleRecord } from '../../javascript/module';
import { knownText } from '../../javascript/operators';
import { createScope } from '../../javascript/scope';
import { alternatives, type ObjectValue, undefinedAt, type Value } from '../../javascript/value';
import type { Place } from '../../text/span';
import type { AppRecord, Handler, RawOperation } from '../app';
import { alwaysSet, appOf } from '../app';
import { makeApp } from '../appNative';
import { fixedValue } from '../fixedOptions';
import { compilePath } from '../pathPattern';
import type { Session } from '../session';

/** Whether a file is the configuration of Next.js. */
export function isNextConfig(path: string): boolean {
	return /(?:^|\/)next\.config\.[cm]?[jt]s$/.test(path);
}

/**
 * What `headers()` of a next.config adds to answers (Next.js 15, "headers"): every source that matches applies, in order, and of one
 * key the last wins. Registers an app whose middleware sets them.
 */
export function followNextConfig(session: Session, module: ModuleRecord): void {
	const place: Place = { path: module.source.path, span: { start: 0, end: 0 } };
	const frame: Frame = { run: session.run, module, scope: createScope(null, true), self: undefinedAt(place) };
	const call: Call = { node: null, frame, place, args: [], open: true };
	const exported = propertyOf(module.exports, 'default', [])?.value ?? module.commonJs;
	const config = configObject(exported, call, 0);
	if (config === null) return;
	const headers = propertyOf(config, 'headers', []);
	// Without headers() nothing is said here: they may come from a proxy, a middleware or the host.
	if (headers === null) return;
	const value = makeApp(session, { kind: 'app', framework: 'next', place: config.place, module, partial: config.open, node: null });
	const app = appOf(value);
	if (app === null) return;
	const powered = propertyOf(config, 'poweredByHeader', [])?.value;
	if (powered?.kind === 'boolean') app.poweredBy.push({ on: powered.value, place: powered.place, conditions: [] });
	const list = callValue(headers.value, call, config);
	for (const each of alternatives(list))
		if (each.kind === 'array') for (const element of each.elements) addSource(app, element.value, call);
	if (list.kind === 'unknown') app.unknowns.push({ reason: 'headers() is not known', place: headers.place });
	const page: Handler = {
		kind: 'code',
		place: config.place,
		conditions: [],
		trace: {
			label: 'the pages',
			isErrorHandler: false,
			events: [{ kind: 'end', status: 200, outcome: 'content', body: 'html', place: config.place, conditions: [] }],
		},
	};
	app.entries.push({
		kind: 'route',
		method: null,
		paths: [],
		pathLabel: '',
		route: null,
		handlers: [page],
		label: 'the pages',
		place: config.place,
		node: null,
		conditions: [],
	});
}

/** The configuration behind functions `(phase) => config` and wrappers `withPlugin(config)`. */
function configObject(value: Value, call: Call, depth: number): ObjectValue | null {
	if (4 < depth) return null;
	switch (value.kind) {
		case 'object':
			return value;
		case 'function':
			return configObject(callValue(value, call, undefinedAt(call.place)), call, depth + 1);
		case 'branch':
			return configObject(value.whenTrue, call, depth + 1) ?? configObject(value.whenFalse, call, depth + 1);
		case 'unknown':
			return value.holds?.find(held => held.entries.some(({ key }) => key === 'headers')) ?? value.holds?.[0] ?? null;
		default:
			return null;
	}
}

/** One `{ source, headers: [{ key, value }] }`. */
function addSource(app: AppRecord, value: Value, call: Call): void {
	if (value.kind !== 'object') {
		app.unknowns.push({ reason: 'a source of headers() is not known', place: value.place });
		return;
	}
	const source = propertyOf(value, 'source', [])?.value;
	const text = source === undefined ? null : knownText(source);
	const list = propertyOf(value, 'headers', [])?.value;
	const operations: RawOperation[] = [];
	for (const each of list === undefined ? [] : alternatives(list)) {
		if (each.kind !== 'array') app.unknowns.push({ reason: 'a list of headers is not known', place: each.place });
		else for (const element of each.elements) operations.push(...operationOf(element.value, call));
	}
	if (operations.length === 0) return;
	const everywhere = text !== null && /^\/?(?:\(\.\*\)|:\w+\*)\/?$/.test(text);
	const path = text?.replace(/:\w+\*|\(\.\*\)/g, '*') ?? null;
	const isConditional = value.entries.some(({ key }) => key === 'has' || key === 'missing');
	const conditions = isConditional ? [{ test: `the conditions of ${text ?? 'a source'}`, holds: true }] : [];
	const handler: Handler = {
		kind: 'sets',
		label: text ?? 'headers()',
		operations: operations.map(alwaysSet),
		place: value.place,
		conditions: [],
	};
	app.entries.push({
		kind: 'use',
		method: null,
		paths: everywhere || path === null ? [] : [compilePath(path, 4)],
		pathLabel: text ?? '',
		route: null,
		handlers: [handler],
		label: `headers() for ${text ?? '...'}`,
		place: value.place,
		node: null,
		conditions,
	});
}

function operationOf(value: Value, call: Call): readonly RawOperation[] {
	if (value.kind !== 'object') return [];
	const key = propertyOf(value, 'key', []);
	const sent = propertyOf(value, 'value', []);
	const name = key === null ? null : knownText(key.value);
	if (key === null || sent === null || name === null) return [];
	return [
		{
			action: 'set',
			name,
			namePlace: key.value.place,
			value: fixedValue(sent.value, call),
			place: value.place,
			form: 'other',
			methodPlace: null,
			valuePlace: sent.value.place,
			node: null,
			cookie: null,
		},
	];
}
