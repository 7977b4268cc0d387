import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../server/src/finding';
import type { Profile } from '../../server/src/rules/rule';
import { type LintTextOptions, lintText } from './lintText';

/** One vector of test/vectors/header-vectors.json; its `about` says what each kind's `input` is. */
export interface Vector {
	readonly id: string;
	readonly kind: 'csp' | 'header' | 'hsts' | 'caddyfile' | 'helmet' | 'js' | 'response';
	readonly profile: Profile;
	readonly context: { readonly host: string; readonly workspace?: readonly string[] };
	readonly input: unknown;
	readonly expect: readonly { readonly rule: string; readonly severity: string }[];
	readonly notExpect?: readonly string[];
	readonly reason: string;
	/** What other tools say of it, as recorded from them. */
	readonly peers?: Readonly<Record<string, unknown>>;
}

/** All vectors, in the order of the file. */
export function readVectors(): readonly Vector[] {
	const file = path.resolve(__dirname, '../vectors/header-vectors.json');
	// The file is ours and checked by what the tests make of it.
	return (JSON.parse(readFileSync(file, 'utf8')) as { readonly vectors: readonly Vector[] }).vectors;
}

/** The findings for a vector. */
export function lintVector(vector: Vector): readonly Finding[] {
	const { name, text, options } = vectorFile(vector);
	return lintText(name, text, options);
}

/** A file that sends a vector's value: a site, a response or an app, as its kind asks for. */
export function vectorFile({ kind, input, profile, context }: Vector): {
	readonly name: string;
	readonly text: string;
	readonly options: LintTextOptions;
} {
	const options: LintTextOptions = { config: { profile }, url: `https://${context.host}/` };
	const site = (header: string): string => `${context.host} {\n\theader ${header} \`${String(input)}\`\n\trespond "hello"\n}\n`;
	switch (kind) {
		case 'csp':
			return { name: 'Caddyfile', text: site('Content-Security-Policy'), options };
		case 'hsts':
			return { name: 'Caddyfile', text: site('Strict-Transport-Security'), options };
		case 'header': {
			// The vectors of this kind hold a name and a value.
			const { name, value } = input as { readonly name: string; readonly value: string };
			return { name: 'response.http', text: `${name}: ${value}\n`, options };
		}
		case 'response': {
			// The vectors of this kind are lists of name and value.
			const fields = input as readonly (readonly [string, string])[];
			return { name: 'response.http', text: `HTTP/1.1 200 OK\n${fields.map(([name, value]) => `${name}: ${value}\n`).join('')}`, options };
		}
		case 'caddyfile': {
			const apps = (context.workspace ?? []).map(
				(text, index) => [`/workspace/app${index}.js`, appText(text.replace(/^\S+: /, ''))] as const,
			);
			return {
				name: 'Caddyfile',
				text: String(input),
				options: { ...options, files: Object.fromEntries(apps), members: apps.map(([name]) => name) },
			};
		}
		case 'helmet':
			return { name: 'app.js', text: appText(`app.use(helmet(${String(input)}));`), options };
		case 'js':
			return { name: 'app.js', text: appText(String(input)), options };
	}
}

/** Imports only what the statement uses: an import without use has a finding of its own. */
function appText(statement: string): string {
	const imports = ['helmet', 'cors'].filter(name => statement.includes(`${name}(`)).map(name => `import ${name} from '${name}';\n`);
	return `import express from 'express';
${imports.join('')}
const app = express();
app.disable('x-powered-by');
${statement}
app.get('/', (req, res) => res.send('<p>hello</p>'));
app.listen(3000);
`;
}
