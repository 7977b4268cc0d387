import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { placeOf } from '../javascript/call';
import type { ModuleRecord } from '../javascript/module';
import type { AppObservation } from '../model/appObservation';
import type { Place } from '../text/span';
import type { Session } from './session';

/** helmet is imported or required at the top of the file, and nothing reads its name. */
export function unusedImports(session: Session, module: ModuleRecord, nextId: () => string): readonly AppObservation[] {
	return helmetImports(module)
		.filter(({ place }) => !session.helmetReads.has(`${place.path}:${place.span.start}`))
		.map(({ name, shown }) => ({ kind: 'helmet-not-mounted', id: nextId(), place: shown, what: 'import-unused', label: name }));
}

interface HelmetImport {
	readonly name: string;
	/** Where the module is loaded from, as `loadExports` is told. */
	readonly place: Place;
	readonly shown: Place;
}

function helmetImports(module: ModuleRecord): readonly HelmetImport[] {
	return module.tree.program.body.flatMap((statement): readonly HelmetImport[] => {
		if (statement.type === 'ImportDeclaration' && statement.source.value === 'helmet' && statement.importKind !== 'type')
			return statement.specifiers
				.filter(specifier => specifier.type !== 'ImportSpecifier')
				.map(specifier => ({ name: specifier.local.name, place: placeOf(module, specifier), shown: placeOf(module, specifier) }));
		if (statement.type !== 'VariableDeclaration') return [];
		return statement.declarations.flatMap(({ id, init }) =>
			id.type === 'Identifier' && isHelmetRequire(init)
				? [{ name: id.name, place: placeOf(module, init), shown: placeOf(module, id) }]
				: [],
		);
	});
}

function isHelmetRequire(node: TSESTree.Expression | null): node is TSESTree.CallExpression {
	if (node?.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require') return false;
	const [first] = node.arguments;
	return first?.type === 'Literal' && first.value === 'helmet';
}
