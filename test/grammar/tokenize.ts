import { readFileSync } from 'node:fs';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { type IRawGrammar, parseRawGrammar, Registry } from 'vscode-textmate';

export const ownScope = 'source.caddyfile.headerlint';
export const injectionScope = 'headerlint.injection';

/** The root scopes of the two other Caddy extensions. */
export const neighbourScopes = ['source.Caddyfile', 'source.caddyfile'];

const files: Readonly<Record<string, string>> = {
	[ownScope]: 'syntaxes/caddyfile.tmLanguage.json',
	[injectionScope]: 'syntaxes/headers.injection.tmLanguage.json',
};

/** A stand-in for a neighbour's grammar: it knows strings and comments, and nothing of headers. */
function neighbourGrammar(scopeName: string): IRawGrammar {
	return parseRawGrammar(
		JSON.stringify({
			scopeName,
			patterns: [
				{ name: 'comment.line.neighbour', match: '#.*$' },
				{ name: 'string.quoted.double.neighbour', begin: '"', end: '"' },
				{ name: 'keyword.control.neighbour', match: '^\\s*[a-z_]+' },
			],
		}),
		'neighbour.json',
	);
}

let wasm: Promise<void> | undefined;

/** Colours a text as VS Code does: every piece of text with its scopes, outermost first. `root` is the scope that won the language. */
export async function tokenize(root: string, text: string): Promise<readonly (readonly [text: string, ...scopes: string[]])[]> {
	wasm ??= loadWASM(readFileSync('node_modules/vscode-oniguruma/release/onig.wasm'));
	await wasm;
	const registry = new Registry({
		onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
		loadGrammar: async scope => {
			const file = files[scope];
			return file === undefined ? neighbourGrammar(scope) : parseRawGrammar(readFileSync(file, 'utf8'), file);
		},
		getInjections: scope => (scope === root ? [injectionScope] : undefined),
	});
	const grammar = await registry.loadGrammar(root);
	if (grammar === null) throw new Error(`no grammar for ${root}`);
	const tokens: (readonly [string, ...string[]])[] = [];
	let stack: Parameters<typeof grammar.tokenizeLine>[1] = null;
	for (const line of text.split('\n')) {
		const result = grammar.tokenizeLine(line, stack);
		stack = result.ruleStack;
		for (const { startIndex, endIndex, scopes } of result.tokens) {
			const piece = line.slice(startIndex, endIndex);
			if (piece.trim() !== '') tokens.push([piece.trim(), ...scopes.slice(1)]);
		}
	}
	return tokens;
}
