import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { createSource, type SourceText } from '../text/source';
import type { Place } from '../text/span';
import { type Frame, placeOf } from './call';
import { evaluate } from './expressions';
import { keptByText } from './keptByText';
import { propertyOf } from './literals';
import { objectMember } from './members';
import type { ModuleRecord } from './module';
import { parseScript } from './parse';
import { resolveModule } from './resolution';
import type { Run } from './run';
import { createScope } from './scope';
import { declareNames, execute } from './statements';
import { native, type ObjectValue, undefinedAt, unknown, type Value } from './value';

/** The exports of a module as the three ways to import see them. */
export interface ModuleExports {
	/** What `import x from` gives. */
	readonly default: Value;
	/** What `require` gives. */
	readonly required: Value;
	/** What `import * as x from` gives. */
	readonly namespace: Value;
	named(name: string): Value;
}

/** The record of a module that has not run yet, or null where even the recovering parser cannot read it. */
export function moduleRecord(source: SourceText): ModuleRecord | null {
	const tree = parseScript(source.path, source.text);
	if (tree === null) return null;
	const place: Place = { path: source.path, span: { start: 0, end: 0 } };
	const empty = (): ObjectValue => ({ kind: 'object', entries: [], open: false, place, madeUnder: [], constructedBy: null });
	return { source, tree, exports: empty(), commonJs: empty(), isCommonJs: false, state: 'new' };
}

/** Follows a module's own code, once. A statement that the recovered tree makes no sense of is passed over. */
export function runModule(module: ModuleRecord, run: Run): void {
	if (module.state !== 'new') return;
	module.state = 'running';
	const place: Place = { path: module.source.path, span: { start: 0, end: 0 } };
	const scope = createScope(null, true);
	const frame: Frame = { run, module, scope, self: undefinedAt(place) };
	scope.declare('module', moduleObject(module, place), []);
	scope.declare('exports', module.commonJs, []);
	const before = run.conditions;
	run.conditions = [];
	const { body } = module.tree.program;
	declareNames(body, frame);
	// Imports are hoisted: they run before the first statement wherever they stand.
	execute(
		body.filter(statement => statement.type === 'ImportDeclaration'),
		frame,
	);
	execute(
		body.filter(statement => statement.type !== 'ImportDeclaration'),
		frame,
	);
	run.conditions = before;
	module.state = 'done';
}

/** `module`, of which only `exports` matters. */
function moduleObject(module: ModuleRecord, place: Place): Value {
	return native({
		name: 'module',
		place,
		member: name => (name === 'exports' ? module.commonJs : null),
		assign: (name, value) => {
			if (name !== 'exports') return;
			module.commonJs = value;
			module.isCommonJs = true;
		},
	});
}

/** The exports of the module that `specifier` names in this file: of a package we know, of a file of the workspace, or unknown. */
export function loadExports(specifier: string, frame: Frame, place: Place): ModuleExports {
	const { run } = frame;
	const known = run.host.module(specifier, place);
	if (known !== null)
		return {
			default: known.default,
			required: known.namespace,
			namespace: known.namespace,
			named: name => known.named(name) ?? unknown(name, place, specifier),
		};
	const path = resolveModule(specifier, frame.module.source.path, run);
	const module = path === null ? null : loadModule(path, run);
	if (module === null) {
		const missing = unknown(specifier, place, specifier);
		return { default: missing, required: missing, namespace: missing, named: name => unknown(name, place, specifier) };
	}
	runModule(module, run);
	return exportsOf(module, frame, place);
}

/** More modules than this are not followed; an app's middleware and routers come first. */
const MODULE_LIMIT = 120;

function loadModule(path: string, run: Run): ModuleRecord | null {
	const before = run.modules.get(path);
	if (before !== undefined) return before;
	if (MODULE_LIMIT < run.modules.size) return null;
	run.dependencies.add(path);
	const text = run.files.read(path);
	const isSmallJson = path.endsWith('.json') && text !== null && text.length < 20_000;
	if (text === null || (!isSmallJson && !mayMatter(path, text, run.files))) return null;
	const module = path.endsWith('.json') ? jsonModule(path, text) : moduleRecord(createSource(path, text));
	if (module !== null) run.modules.set(path, module);
	return module;
}

/**
 * Whether a module's code or constants may have to do with headers. Others are not parsed: an app imports its whole business
 * logic, of which nothing reaches a header.
 */
const mayMatter = keptByText(text => text.length < 400_000 && (code.test(text) || (text.length < 6_000 && constants.test(text))));

/** Words of code that makes apps, routers and middleware, or sets headers. */
const code =
	/helmet|express['"]|Router\b|\bapp\.(?:use|get|all|route|disable)\(|\bcors\b|fastify|['"]koa|['"]hono|[sS]etHeader|\bres(?:ponse)?\.(?:set|header|append|removeHeader|cookie)\(|'self'|[hH]sts|HSTS|[dD]irectives|-[pP]owered-[bB]y/;

/** Words of small files of constants, and of those that only pass on what others export. */
const constants =
	/max_?[aA]ge|[pP]olic(?:y|ies)|[sS]ecurity|[oO]rigins?\b|process\.env|\b(?:port|PORT|host|HOST)\b|export (?:\*|\{|default|const|enum)|module\.exports|\bexports\.\w/;

/** A JSON file is the module of one expression. */
function jsonModule(path: string, text: string): ModuleRecord | null {
	return moduleRecord(createSource(path.replace(/\.json$/, '.js'), `module.exports = ${text}`));
}

function exportsOf(module: ModuleRecord, frame: Frame, place: Place): ModuleExports {
	const named = (name: string): Value => {
		const own = propertyOf(module.exports, name, frame.run.conditions);
		if (own !== null) return own.value;
		const { commonJs } = module;
		const common = commonJs.kind === 'object' ? objectMember(commonJs, name, frame.module.tree.program, frame) : null;
		if (common !== null) return common;
		if (commonJs.kind === 'native') return commonJs.member?.(name, place) ?? unknown(name, place, module.source.path);
		return unknown(name, place, module.source.path);
	};
	const isEs = 0 < module.exports.entries.length;
	const esDefault = propertyOf(module.exports, 'default', frame.run.conditions)?.value ?? null;
	const ownCommonJs = module.commonJs;
	// Compiled code and `esModuleInterop`: `exports.default` is what a default import means.
	const interop = ownCommonJs.kind === 'object' ? propertyOf(ownCommonJs, 'default', frame.run.conditions) : null;
	return {
		default: esDefault ?? interop?.value ?? ownCommonJs,
		required: isEs ? module.exports : ownCommonJs,
		namespace: isEs ? module.exports : ownCommonJs,
		named,
	};
}

/** Declares the names of an import (`import a, { b as c } from`, `import x = require()`), or passes on those of `export { a } from`. */
export function importNames(
	node: TSESTree.ImportDeclaration | TSESTree.TSImportEqualsDeclaration | TSESTree.ExportNamedDeclaration,
	frame: Frame,
): void {
	if (node.type === 'TSImportEqualsDeclaration') {
		const reference = node.moduleReference;
		if (reference.type !== 'TSExternalModuleReference') return;
		const specifier = evaluate(reference.expression, frame);
		if (specifier.kind !== 'string') return;
		const { required } = loadExports(specifier.value, frame, placeOf(frame.module, node));
		frame.scope.declare(node.id.name, required, []);
		return;
	}
	const specifier = node.source?.value;
	if (typeof specifier !== 'string') return;
	if (node.type === 'ImportDeclaration' && node.importKind === 'type') return;
	const place = placeOf(frame.module, node);
	if (node.type === 'ExportNamedDeclaration') {
		const loaded = loadExports(specifier, frame, place);
		for (const { local, exported } of node.specifiers) {
			const from = local.type === 'Identifier' ? local.name : local.value;
			const as = exported.type === 'Identifier' ? exported.name : exported.value;
			exportValue(as, from === 'default' ? loaded.default : loaded.named(from), node, frame);
		}
		return;
	}
	if (node.specifiers.length === 0 && specifier.startsWith('.')) loadExports(specifier, frame, place);
	for (const each of node.specifiers) {
		const load = (): ModuleExports => loadExports(specifier, frame, placeOf(frame.module, each));
		if (each.type === 'ImportNamespaceSpecifier') frame.scope.declareLazily(each.local.name, () => load().namespace);
		else if (each.type === 'ImportDefaultSpecifier') frame.scope.declareLazily(each.local.name, () => load().default);
		else if (each.importKind !== 'type') {
			const name = each.imported.type === 'Identifier' ? each.imported.name : each.imported.value;
			frame.scope.declareLazily(each.local.name, () => (name === 'default' ? load().default : load().named(name)));
		}
	}
}

/**
 * `export * from`. A name that the module has already keeps its value (ECMAScript, "ResolveExport"); a list of modules may hold itself,
 * as one that is generated often does.
 */
export function exportAll(node: TSESTree.ExportAllDeclaration, frame: Frame): void {
	const { namespace } = loadExports(node.source.value, frame, placeOf(frame.module, node));
	if (node.exported !== null) exportValue(node.exported.name, namespace, node, frame);
	else if (namespace.kind === 'object' && namespace !== frame.module.exports) {
		const own = new Set(frame.module.exports.entries.map(({ key }) => key));
		for (const { key, value } of namespace.entries) if (key !== 'default' && !own.has(key)) exportValue(key, value, node, frame);
	}
}

/** Adds an ES export. */
export function exportValue(name: string, value: Value, node: TSESTree.Node, frame: Frame): void {
	const place = placeOf(frame.module, node);
	frame.module.exports.entries.push({ key: name, keyPlace: place, value, place, conditions: [] });
}
