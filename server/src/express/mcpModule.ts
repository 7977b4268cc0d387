import type { HostModule } from '../javascript/run';
import { native } from '../javascript/value';
import type { Place } from '../text/span';
import { appOf, type Handler } from './app';
import { makeApp } from './appNative';
import type { Session } from './session';

/**
 * `createMcpExpressApp()` of the Model Context Protocol SDK (server/express.ts, 1.2x): an express app that already parses JSON and
 * checks the Host header, so that their 400 and 403 answers go out before anything the user adds.
 */
export function mcpModule(session: Session, place: Place): HostModule {
	const factory = native({
		name: 'createMcpExpressApp',
		place,
		call: call => {
			const value = makeApp(session, { kind: 'app', place: call.place, module: call.frame.module, partial: false, node: call.node });
			const app = appOf(value);
			const built = (label: string): Handler => ({ kind: 'harmless', label, answers: true, place: call.place, conditions: [] });
			for (const label of ['express.json()', 'hostHeaderValidation()'])
				app?.entries.push({
					kind: 'use',
					method: null,
					paths: [],
					pathLabel: '',
					handlers: [built(label)],
					label: `createMcpExpressApp(): ${label}`,
					place: call.place,
					node: null,
					conditions: [],
				});
			return value;
		},
	});
	const member = (name: string): ReturnType<HostModule['named']> => (name === 'createMcpExpressApp' ? factory : null);
	return { namespace: native({ name: 'mcp', place, member }), default: native({ name: 'mcp', place, member }), named: member };
}
