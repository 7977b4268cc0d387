import assert from 'node:assert/strict';
import vm from 'node:vm';
import ts from 'typescript';
import { fixedOptions } from '../../server/src/express/fixedOptions';
import { followModule, prepareRun } from '../../server/src/javascript/evaluate';
import type { HostModule } from '../../server/src/javascript/run';
import type { StaticValue } from '../../server/src/javascript/staticValue';
import { native, undefinedAt } from '../../server/src/javascript/value';
import { createSource } from '../../server/src/text/source';
import { memoryFiles } from '../support/memoryFiles';

/** What is known statically of `probe(value)`, null where it is called without one; `files` are other files of the workspace. */
export function knownValue(code: string, files: Readonly<Record<string, string>> = {}): StaticValue | null {
	const found: (StaticValue | null)[] = [];
	const texts = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/workspace/${name}`, text]));
	const source = createSource('/workspace/src/app.ts', `import probe from 'probe';\n${code}\n`);
	const prepared = prepareRun(source, {
		host: {
			module: (specifier, place): HostModule | null => {
				if (specifier !== 'probe') return null;
				const probe = native({
					name: 'probe',
					place,
					call: call => {
						found.push(fixedOptions(call));
						return undefinedAt(call.place);
					},
				});
				return { namespace: probe, default: probe, named: () => null };
			},
			parameter: () => null,
		},
		files: memoryFiles(texts),
		root: '/workspace',
		onUnused: () => {},
		onEscape: () => {},
	});
	assert.ok(prepared);
	followModule(prepared.run, prepared.module, () => true);
	assert.equal(found.length, 1, 'probe is called once');
	return found[0] ?? null;
}

/** What the same code really gives. */
export function ranValue(code: string): unknown {
	const found: unknown[] = [];
	const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS } });
	vm.runInNewContext(outputText, {
		probe: (value: unknown) =>
			found.push(typeof value === 'object' && value !== null && Symbol.iterator in value ? [...(value as Iterable<unknown>)] : value),
		structuredClone,
		exports: {},
	});
	return found[0];
}
