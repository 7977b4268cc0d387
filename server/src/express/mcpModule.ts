import type { Call } from '../javascript/call';
import type { HostModule } from '../javascript/run';
import type { StaticValue } from '../javascript/staticValue';
import { type Condition, native, type Value } from '../javascript/value';
import type { Place } from '../text/span';
import { appOf, type Handler, type Refusal } from './app';
import { makeApp } from './appNative';
import { fixedOptions } from './fixedOptions';
import { middlewareNative } from './helmetModule';
import type { Session } from './session';

/**
 * `@modelcontextprotocol/sdk/server/express.js` (1.32): `createMcpExpressApp()` is an express app that already checks the Host
 * header and parses JSON, so that their 403 and 400 answers go out before anything the user adds.
 */
export function mcpModule(session: Session, place: Place): HostModule {
	const factories: ReadonlyMap<string, (call: Call) => Value> = new Map([
		['createMcpExpressApp', call => createApp(session, call)],
		['hostHeaderValidation', call => hostCheck(session, call, namesOf(fixedOptions(call)))],
		['localhostHostValidation', call => hostCheck(session, call, localHosts)],
	]);
	const member = (name: string): Value | null => {
		const call = factories.get(name);
		return call === undefined ? null : native({ name, place, call });
	};
	const namespace = native({ name: 'mcp', place, member });
	return { namespace, default: namespace, named: member };
}

/** What `localhostHostValidation()` lets through (server/middleware/hostHeaderValidation.ts). */
const localHosts: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

function createApp(session: Session, call: Call): Value {
	const value = makeApp(session, { kind: 'app', place: call.place, module: call.frame.module, partial: false, node: call.node });
	const app = appOf(value);
	const check = checkOf(fixedOptions(call));
	const middleware: readonly { readonly label: string; readonly refusal: Refusal; readonly conditions: readonly Condition[] }[] = [
		...(check === null ? [] : [{ label: 'hostHeaderValidation()', refusal: wrongHost(check.hosts), conditions: check.conditions }]),
		{
			label: 'express.json()',
			refusal: { label: 'requests with a broken body', status: 400, hosts: null, fails: true },
			conditions: [],
		},
	];
	for (const { label, refusal, conditions } of middleware) {
		const parser = label === 'express.json()' ? { parser: { kind: 'json', options: null } as const } : {};
		const handler: Handler = { kind: 'harmless', label, answers: true, refusal, ...parser, place: call.place, conditions };
		app?.entries.push({
			kind: 'use',
			method: null,
			paths: [],
			pathLabel: '',
			route: null,
			handlers: [handler],
			label: `createMcpExpressApp(): ${label}`,
			place: call.place,
			node: null,
			conditions: [],
		});
	}
	return value;
}

/** The host check of the options `{ host, allowedHosts }`: null where the app listens to every host unchecked. */
function checkOf(
	options: StaticValue | null,
): { readonly hosts: readonly string[] | null; readonly conditions: readonly Condition[] } | null {
	const option = (key: string): StaticValue | null =>
		options?.kind === 'object' ? (options.entries.findLast(entry => entry.key === key)?.value ?? null) : null;
	const allowed = option('allowedHosts');
	if (allowed !== null && allowed.kind !== 'undefined') return { hosts: namesOf(allowed), conditions: [] };
	const host = option('host');
	if (host === null || host.kind === 'undefined')
		return { hosts: localHosts, conditions: options === null || options.kind === 'object' ? [] : [sometimes] };
	if (host.kind !== 'string') return { hosts: localHosts, conditions: [sometimes] };
	return ['127.0.0.1', 'localhost', '::1'].includes(host.value) ? { hosts: localHosts, conditions: [] } : null;
}

const sometimes: Condition = { test: 'the host is a local one', holds: true };

function wrongHost(hosts: readonly string[] | null): Refusal {
	return { label: 'requests for other hosts', status: 403, hosts, fails: false };
}

function hostCheck(session: Session, call: Call, hosts: readonly string[] | null): Value {
	const label = 'hostHeaderValidation()';
	return middlewareNative(session, label, call.place, {
		kind: 'harmless',
		label,
		answers: true,
		refusal: wrongHost(hosts),
		place: call.place,
		conditions: [],
	});
}

function namesOf(value: StaticValue | null): readonly string[] | null {
	if (value?.kind !== 'array' || value.open) return null;
	const names = value.elements.map(element => (element.kind === 'string' ? element.value.toLowerCase() : null));
	return names.every(name => name !== null) ? names : null;
}
