import type { Call } from '../javascript/call';
import { knownText } from '../javascript/operators';
import type { HostModule } from '../javascript/run';
import { alternatives, native, type Value } from '../javascript/value';
import { folderOf, resolvePath } from '../text/paths';
import type { Place } from '../text/span';
import { makeApp } from './appNative';
import { fixedOptions } from './fixedOptions';
import { middlewareNative } from './helmetModule';
import type { Session } from './session';

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
		case 'Router':
			return native({
				name: 'Router',
				place,
				call: call => makeApp(session, { kind: 'router', place: call.place, module: call.frame.module, partial: false, node: call.node }),
				construct: call =>
					makeApp(session, { kind: 'router', place: call.place, module: call.frame.module, partial: false, node: call.node }),
			});
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
	return middlewareNative(session, 'express.static()', call.place, { kind: 'static', folder, options, place: call.place, conditions: [] });
}

/** The folder that is served, absolute. A relative one is relative to where the app is started; its package's folder is taken for that. */
function folderText(value: Value, call: Call): string | null {
	const { path } = call.frame.module.source;
	for (const alternative of alternatives(value)) {
		const known = knownText(alternative);
		if (known !== null) return resolvePath(packageFolder(call), known);
		const reason = alternative.kind === 'unknown' ? alternative.reason : '';
		const joined = /^(?:path\.)?(?:join|resolve)\((__dirname|import\.meta\.dirname|process\.cwd\(\)), ?(.+)\)$/.exec(reason);
		const parts = joined?.[2]?.split(',').map(part => /^\s*['"]([^'"]*)['"]\s*$/.exec(part)?.[1]);
		if (parts?.every(part => part !== undefined) === true)
			return resolvePath(joined?.[1] === 'process.cwd()' ? packageFolder(call) : folderOf(path), parts.join('/'));
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
