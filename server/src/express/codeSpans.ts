import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type {
	AppSpans,
	ChildSpans,
	CodeContext,
	HelmetCallSpans,
	MountSpans,
	MoveSpans,
	RawHeaderSpans,
	StatementSpan,
} from '../fixes/codeContext';
import type { ModuleRecord } from '../javascript/module';
import { isWithin, type Place, type Span } from '../text/span';
import type { AppRecord, Entry } from './app';
import { importSpans, styleOf } from './codeStyle';
import { mountSpans } from './mountSpans';
import { wholeHelmet } from './observations';
import type { Session } from './session';
import { namesIn, outermostStatement, spanOf, statementNode, statementSpan, unconditional } from './statementSpans';
import type { Link } from './steps';
import type { BuiltSurface } from './surface';

type Modules = ReadonlyMap<string, ModuleRecord>;

/** What the code writer needs of a file, collected when a first fix is written. */
export function codeContext(session: Session, module: ModuleRecord, built: readonly BuiltSurface[]): CodeContext {
	const calls = new Map<string, HelmetCallSpans>();
	const apps = new Map<string, AppSpans>();
	const operations = new Map<string, RawHeaderSpans>();
	const moves = new Map<string, MoveSpans>();
	const mounts = new Map<string, MountSpans>();
	const children = new Map<string, ChildSpans>();
	for (const each of built) {
		const { surface, parts, app, chain } = each;
		for (const { group, handler, entry } of parts.helmets)
			calls.set(group, {
				call: handler.place,
				argumentsSpan: handler.argumentsPlace.span,
				options: handler.options,
				middleware: handler.middleware,
				statement: entry === null ? null : statementOfHelmet(entry, handler.place, session.run.modules.get(entry.place.path)),
				library: handler.library,
				version: handler.version,
			});
		for (const { operation, written } of parts.raw)
			operations.set(operation.id, {
				path: written.place.path,
				statement: statementSpan(written.node, session.run.modules.get(written.place.path)),
				call: written.place.span,
				form: written.form,
				method: written.methodPlace?.span ?? null,
				name: quoted(written.namePlace.span, session.run.modules.get(written.namePlace.path)?.source.text ?? ''),
				value: written.valuePlace?.span ?? null,
				cookie: written.cookie,
			});
		if (app !== null && app.framework !== 'next') apps.set(surface.id, appSpans(app, app.framework, built, session));
		for (const observation of surface.observations) {
			if (observation.kind === 'helmet-partial') {
				const mount = mountSpans(observation.group, each, session.run.modules);
				if (mount !== null) mounts.set(observation.id, mount);
			}
			if (observation.kind === 'child-powered-by') {
				const child = childSpans(session.apps.find(({ place }) => place === observation.place));
				if (child !== null) children.set(observation.id, child);
			}
			if (observation.kind === 'headers-after-send') {
				const node = parts.raw.find(({ written }) => written.place === observation.place)?.written.node ?? null;
				const move = moveAbove(node, observation.sent, session.run.modules);
				if (move !== null) moves.set(observation.id, move);
			}
			if (observation.kind !== 'helmet-after' || chain === null) continue;
			const first = chain.links.findIndex(link => link.entry.place === observation.before[0]?.place);
			const helmet = wholeHelmet(chain)?.link ?? null;
			if (helmet === null || undoes(chain.links.slice(first, chain.links.indexOf(helmet)), helmet)) continue;
			const move = moveSpans(helmet, chain.links[first]?.entry ?? null, session.run.modules);
			if (move !== null) moves.set(observation.id, move);
		}
	}
	return {
		path: module.source.path,
		text: path => session.run.modules.get(path)?.source.text ?? null,
		style: styleOf(module),
		calls,
		apps,
		operations,
		moves,
		mounts,
		children,
		imports: importSpans(module),
	};
}

/** The statement of a registration that mounts nothing but this helmet call, written in it. */
function statementOfHelmet(entry: Entry, call: HelmetCallSpans['call'], module: ModuleRecord | undefined): StatementSpan | null {
	return isWithin(call, entry.place) && entry.handlers.length === 1 ? statementSpan(entry.node, module) : null;
}

function appSpans(
	app: AppRecord,
	framework: AppSpans['framework'],
	built: readonly BuiltSurface[],
	{ run: { modules }, version }: Session,
): AppSpans {
	const helmet = version('helmet', app.module);
	const helmetVersion = helmet.isImportable ? helmet.version : null;
	const module = modules.get(app.place.path);
	const own = app.entries.filter(entry => entry.place.path === app.place.path);
	// What another file sets and registers comes before everything that stands here.
	const isSettled = app.routingSet !== 'elsewhere' || own[0] === app.entries[0];
	const first = own.map(entry => statementNode(entry.node, module)).find(statement => statement !== null) ?? null;
	const mounting = own.find(
		entry => entry.kind === 'use' && entry.paths.length === 0 && entry.handlers.some(handler => handler.kind === 'helmet'),
	);
	const call = mounting?.handlers.find(handler => handler.kind === 'helmet');
	const creation = creationSpan(app);
	const made = creation === null ? null : nameAtCreation(app);
	// A function that makes the app has its own name for it, and what is put behind its creation needs that one.
	const isRenamed = made !== null && app.name !== '' && made !== app.name;
	const helmetStatement = call === undefined || isRenamed ? null : statementNode(mounting?.node ?? null, module);
	const group = built.flatMap(({ parts }) => parts.helmets).find(({ entry }) => entry === mounting)?.group ?? null;
	return {
		path: app.place.path,
		name: made ?? (app.name === '' ? (nameAtCreation(app) ?? 'app') : app.name),
		framework,
		creation,
		opening: openingSpan(app, creation),
		firstRegistration: first === null || module === undefined || !isSettled ? null : spanOf(unconditional(first, module)),
		helmetStatement:
			helmetStatement === null || module === undefined || unconditional(helmetStatement, module) !== helmetStatement
				? null
				: spanOf(helmetStatement),
		helmetGroup: call === undefined ? null : group,
		hasHelmetElsewhere:
			call === undefined &&
			app.entries.some(
				({ place, kind, handlers }) =>
					place.path !== app.place.path && kind === 'use' && handlers.some(handler => handler.kind === 'helmet'),
			),
		helmetVersion,
		needsTypes: framework === 'nest' && /\.[cm]?tsx?$/.test(app.place.path),
	};
}

/**
 * Behind what middleware may be added: an app takes over how it compares paths when the first one is, so that settings for that come
 * before it. Null where those are not made beside the app.
 */
function openingSpan(app: AppRecord, creation: Span | null): Span | null {
	if (app.routingSet === null) return creation;
	const setting = app.routingSet === 'elsewhere' ? null : outermostStatement(app.routingSet, app.module);
	if (setting === null) return null;
	const parent = creationParent(app);
	const making = parent?.type === 'VariableDeclarator' ? app.module.tree.parentOf(parent) : undefined;
	const outer = making === undefined ? undefined : app.module.tree.parentOf(making);
	const holder = outer?.type === 'ExportNamedDeclaration' ? app.module.tree.parentOf(outer) : outer;
	return creation !== null && holder !== undefined && app.module.tree.parentOf(setting) === holder ? spanOf(setting) : null;
}

/** `const app = express();` or `this.app = express();` as a whole statement. */
function creationSpan(app: AppRecord): Span | null {
	const parent = creationParent(app);
	const { parentOf } = app.module.tree;
	const declaration = parent?.type === 'VariableDeclarator' ? parentOf(parent) : undefined;
	if (declaration?.type === 'VariableDeclaration' && declaration.declarations.length === 1) {
		const holder = parentOf(declaration);
		const outer = holder?.type === 'ExportNamedDeclaration' ? holder : declaration;
		return spanOf(outer);
	}
	return parent?.type === 'AssignmentExpression' ? statementSpan(parent, app.module) : null;
}

function childSpans(app: AppRecord | undefined): ChildSpans | null {
	if (app === undefined) return null;
	const [name, creation] = [nameAtCreation(app), creationSpan(app)];
	return name === null || creation === null ? null : { path: app.place.path, name, creation };
}

function nameAtCreation(app: AppRecord): string | null {
	const parent = creationParent(app);
	if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
	if (parent?.type !== 'AssignmentExpression') return null;
	return app.module.source.text.slice(parent.left.range[0], parent.left.range[1]);
}

function creationParent(app: AppRecord): TSESTree.Node | null {
	const { parentOf } = app.module.tree;
	let parent = app.node === null ? undefined : parentOf(app.node);
	while (parent?.type === 'TSAsExpression' || parent?.type === 'AwaitExpression' || parent?.type === 'TSSatisfiesExpression')
		parent = parentOf(parent);
	return parent ?? null;
}

/** Moving the helmet statement in front of the first one it comes too late for. */
function moveSpans(link: Link, first: Entry | null, modules: Modules): MoveSpans | null {
	const helmet = link.entry;
	const module = modules.get(helmet.place.path);
	if (module === undefined || !onlySetsHeaders(link)) return null;
	const { parentOf } = module.tree;
	const statement = statementNode(helmet.node, module);
	const target = outermostStatement(first?.node ?? null, module);
	if (statement === null || target === null || first === null || helmet.place.path !== first.place.path) return null;
	return {
		path: helmet.place.path,
		statement: spanOf(statement),
		target: target.range[0],
		possible: parentOf(statement) === parentOf(target) && usesOnlyEarlier(statement, target, module),
	};
}

/** Whether middleware among the links removes or sets a field that helmet sets: run behind helmet it has the last word, which now is helmet's. */
function undoes(links: readonly Link[], helmet: Link): boolean {
	const names = new Set(helmet.steps.flatMap(step => (step.kind === 'operation' ? [step.operation.name.toLowerCase()] : [])));
	const undoing = ({ entry, steps }: Link): boolean =>
		entry.kind === 'use' &&
		steps.some(step => {
			if (step.kind === 'child') return step.chain.links.some(undoing);
			return step.kind === 'operation' && step.operation.action !== 'default' && names.has(step.operation.name.toLowerCase());
		});
	return links.some(undoing);
}

/** Whether a registration answers nobody and lets everybody pass, so that it can run earlier than the author thought. */
function onlySetsHeaders({ steps }: Link): boolean {
	return steps.every(step => {
		if (step.kind === 'child') return step.chain.links.every(onlySetsHeaders) && step.chain.params.length === 0;
		return step.kind === 'begin' || step.kind === 'operation' || step.kind === 'next' || step.kind === 'undo';
	});
}

/** Moving a statement in front of the one of the same block that holds `place`. */
function moveAbove(node: TSESTree.Node | null, place: Place, modules: Modules): MoveSpans | null {
	const module = modules.get(place.path);
	const statement = statementNode(node, module);
	const holder = statement === null ? undefined : module?.tree.parentOf(statement);
	if (module === undefined || statement === null || (holder?.type !== 'BlockStatement' && holder?.type !== 'Program')) return null;
	const target = holder.body.find(({ range }) => range[0] <= place.span.start && place.span.end <= range[1]);
	if (target === undefined || statement.range[0] <= target.range[0]) return null;
	return {
		path: place.path,
		statement: spanOf(statement),
		target: target.range[0],
		possible: usesOnlyEarlier(statement, target, module),
	};
}

/** Whether no name in the statement is declared, by `const`, `let` or `class`, between the target and the statement. */
function usesOnlyEarlier(statement: TSESTree.Node, target: TSESTree.Node, module: ModuleRecord): boolean {
	const holder = module.tree.parentOf(statement);
	const siblings = holder?.type === 'Program' || holder?.type === 'BlockStatement' ? holder.body : [];
	const late = new Set(
		siblings
			.filter(sibling => target.range[0] <= sibling.range[0] && sibling.range[0] < statement.range[0])
			.flatMap(sibling => {
				const inner = sibling.type === 'ExportNamedDeclaration' && sibling.declaration !== null ? sibling.declaration : sibling;
				if (inner.type === 'VariableDeclaration') return inner.declarations.flatMap(({ id }) => namesIn(id));
				return inner.type === 'ClassDeclaration' && inner.id !== null ? [inner.id.name] : [];
			}),
	);
	return late.size === 0 || !namesIn(statement).some(name => late.has(name));
}

/** A literal's span with its quotes. */
function quoted(span: Span, text: string): Span {
	const before = text[span.start - 1];
	const isQuote = before === "'" || before === '"' || before === '`';
	return isQuote && text[span.end] === before ? { start: span.start - 1, end: span.end + 1 } : span;
}
