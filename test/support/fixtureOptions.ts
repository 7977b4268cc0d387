import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { LintTextOptions } from './lintText';

/** `// helmet@7.2.0` on the first line, and the files of `<case>.files/` as further members. */
export function fixtureOptions(file: string, text: string): LintTextOptions {
	const helmet = /^(?:\/\/|#) helmet@(\S+)/.exec(text)?.[1];
	const extra = file.replace(/\.[a-z]+$/, '.files');
	const files: Record<string, string> = {};
	const collect = (from: string, to: string): void => {
		for (const name of readdirSync(from)) {
			const source = path.join(from, name);
			if (statSync(source).isDirectory()) collect(source, `${to}/${name}`);
			else files[`${to}/${name}`] = readFileSync(source, 'utf8');
		}
	};
	if (existsSync(extra)) collect(extra, '/workspace');
	const members = Object.keys(files).filter(name => !name.endsWith('.json'));
	return { files, members, ...(helmet === undefined ? {} : { helmet }) };
}
