import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../server/src/finding';
import type { Profile } from '../../server/src/rules/rule';
import { lintText } from './lintText';

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

/** The findings for a vector, whose value is set in a site, a response or an app as its kind asks for. */
export function lintVector({ kind, input, profile, context }: Vector): readonly Finding[] {
	const options = { config: { profile }, url: `https://${context.host}/` };
	switch (kind) {
		case 'csp':
			return lintText(
				'Caddyfile',
				`${context.host} {\n\theader Content-Security-Policy \`${String(input)}\`\n\trespond "hello"\n}\n`,
				options,
			);
		case 'hsts':
			return lintText('response.http', `Strict-Transport-Security: ${String(input)}\n`, options);
		case 'header': {
			// The vectors of this kind are objects of `name` and `value`.
			const { name, value } = input as { readonly name: string; readonly value: string };
			return lintText('response.http', `${name}: ${value}\n`, options);
		}
		case 'response': {
			// The vectors of this kind are lists of name and value.
			const fields = input as readonly (readonly [string, string])[];
			return lintText('response.http', `HTTP/1.1 200 OK\n${fields.map(([name, value]) => `${name}: ${value}\n`).join('')}`, options);
		}
		case 'caddyfile': {
			const apps = (context.workspace ?? []).map(
				(text, index) => [`/workspace/app${index}.js`, appText(text.replace(/^\S+: /, ''))] as const,
			);
			return lintText('Caddyfile', String(input), { ...options, files: Object.fromEntries(apps), members: apps.map(([name]) => name) });
		}
		case 'helmet':
			return lintText('app.js', appText(`app.use(helmet(${String(input)}));`), options);
		case 'js':
			return lintText('app.js', appText(String(input)), options);
	}
}

function appText(statement: string): string {
	return `import express from 'express';
import helmet from 'helmet';
import cors from 'cors';

const app = express();
app.disable('x-powered-by');
${statement}
app.get('/', (req, res) => res.send('<p>hello</p>'));
app.listen(3000);
`;
}
