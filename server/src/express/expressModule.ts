import type { Call } from '../javascript/call';
import { knownText } from '../javascript/operators';
import type { HostModule } from '../javascript/run';
import { alternatives, native, type Value } from '../javascript/value';
import { folderOf, resolvePath } from '../text/paths';
import type { Place } from '../text/span';
import { makeApp, routingOf } from './appNative';
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
	const folder = first === undefined ? null : folderText(first.value, call);
	const options = fixedOptions(call, 1);
	const given = call.args[1]?.value;
	const setter = given?.kind === 'object' ? given.entries.findLast(({ key }) => key === 'setHeaders')?.value : undefined;
	const trace = setter?.kind === 'function' ? traceSetHeaders(session, setter, call) : null;
	const handler = { kind: 'static', folder, options, trace, place: call.place, conditions: [] } as const;
	return middlewareNative(session, 'express.static()', call.place, handler);
}

/** The folder that is served, absolute. A relative one is relative to where the app is started; its package's folder is taken for that. */
function folderText(value: Value, call: Call): string | null {
	const { path } = call.frame.module.source;
	const baseOf = (written: string): string | null =>
		written === 'process.cwd()' ? packageFolder(call) : /^(?:__dirname|import\.meta\.dirname)$/.test(written) ? folderOf(path) : null;
	for (const alternative of alternatives(value)) {
		const known = knownText(alternative);
		if (known !== null) return resolvePath(packageFolder(call), known);
		if (alternative.kind === 'text') {
			const [first, ...rest] = alternative.parts;
			const base = first?.kind === 'unknown' ? baseOf(first.reason) : null;
			const texts = rest.map(part => knownText(part));
			if (base !== null && texts.every(text => text !== null)) return resolvePath('/', `${base}${texts.join('')}`);
		}
		const reason = alternative.kind === 'unknown' ? alternative.reason : '';
		if (baseOf(reason) !== null) return baseOf(reason);
		const joined = /^(?:\w+\.|require\(['"](?:node:)?path['"]\)\.)?(?:join|resolve)\(([^,]+), ?(.+)\)$/.exec(reason);
		const parts = joined?.[2]?.split(',').map(part => /^\s*['"]([^'"]*)['"]\s*$/.exec(part)?.[1]);
		const base = baseOf(joined?.[1] ?? '');
		if (base !== null && parts?.every(part => part !== undefined) === true) return resolvePath(base, parts.join('/'));
	}
	return null;
}

function packageFolder(call: Call): string {
	const { run, module } = call.frame;
	for (let folder = folderOf(module.source.path); folder.startsWith(run.root) && folder !== '/'; folder = folderOf(folder)) {
		run.dependencies.add(`${folder}/package.json`);
		if (run.files.read(`${folder}/package.json`) !== null) return folder;
	}
	return run.root;
}
