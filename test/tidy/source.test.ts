import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(__dirname, '../..');
const files = ['server/src', 'client/src'].flatMap(folder => sources(path.join(root, folder)));

describe('the source keeps the project’s promises', () => {
	it('files are one thing each: at most 400 lines', () => {
		const long = files.filter(file => !/\/facts\//.test(file)).filter(file => 400 < readFileSync(file, 'utf8').split('\n').length);
		assert.deepEqual(long.map(relative), []);
	});

	it('no file is named for nothing', () => {
		assert.deepEqual(files.filter(file => /(?:utils?|helpers?|manager|misc|common)\.ts$/i.test(file)).map(relative), []);
	});

	it('exported functions of server/src say what they take, return and report', () => {
		assert.deepEqual(files.filter(file => relative(file).startsWith('server/src/')).flatMap(undocumented), []);
	});

	it('the core knows neither the editor nor the disk nor the network', () => {
		const shells = /^server\/src\/(?:lsp|cli|live|workspace)\//;
		const reaching = files
			.filter(file => relative(file).startsWith('server/src/') && !shells.test(relative(file)))
			.filter(file => /from '(?:vscode|node:(?:fs|http|https|net|child_process)|fs|child_process)/.test(readFileSync(file, 'utf8')));
		assert.deepEqual(reaching.map(relative), []);
	});

	it('only javascript/estree.ts imports the JavaScript parser', () => {
		const importers = files.filter(file =>
			/^import (?!type)[^;]*from '(?:typescript|@typescript-eslint\/typescript-estree)'/m.test(readFileSync(file, 'utf8')),
		);
		assert.deepEqual(importers.map(relative), ['server/src/javascript/estree.ts']);
	});

	it('only lsp/ knows LSP types', () => {
		const knowing = files
			.filter(file => relative(file).startsWith('server/src/') && !relative(file).startsWith('server/src/lsp/'))
			.filter(file => /from 'vscode-languageserver/.test(readFileSync(file, 'utf8')));
		assert.deepEqual(knowing.map(relative), []);
	});

	it('nothing is marked as left unfinished', () => {
		assert.deepEqual(files.filter(file => /\b(?:TODO|FIXME|XXX)\b/.test(readFileSync(file, 'utf8'))).map(relative), []);
	});
});

/** Exported functions, and exported constants that are functions, without a doc comment: `file: name`. */
function undocumented(file: string): readonly string[] {
	const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
	const bare: string[] = [];
	for (const statement of source.statements) {
		const exported =
			ts.canHaveModifiers(statement) &&
			ts.getModifiers(statement)?.some(modifier => modifier.kind === ts.SyntaxKind.ExportKeyword) === true;
		if (!exported || 0 < ts.getJSDocCommentsAndTags(statement).length) continue;
		if (ts.isFunctionDeclaration(statement)) bare.push(`${relative(file)}: ${statement.name?.text ?? 'default'}`);
		if (!ts.isVariableStatement(statement)) continue;
		for (const { name, initializer } of statement.declarationList.declarations)
			if (initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)))
				bare.push(`${relative(file)}: ${name.getText()}`);
	}
	return bare;
}

function sources(folder: string): readonly string[] {
	return readdirSync(folder)
		.flatMap(name => {
			const file = path.join(folder, name);
			if (statSync(file).isDirectory()) return sources(file);
			return file.endsWith('.ts') ? [file] : [];
		})
		.sort();
}

function relative(file: string): string {
	return path.relative(root, file).split(path.sep).join('/');
}
