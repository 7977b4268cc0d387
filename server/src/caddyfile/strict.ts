import type { FileReader } from '../model/analysis';
import { UNSET } from './environment';
import { parseBlocks } from './parser';
import { startParser } from './parserState';
import type { CaddyVersion } from './token';

/** What `caddy adapt` is given besides the text. */
export interface AdaptInput {
	/** The file's absolute path, with `/`. */
	readonly path: string;
	/** The file as it was named on the command line. */
	readonly file: string;
	readonly env: ReadonlyMap<string, string>;
	readonly files: FileReader;
	readonly version: CaddyVersion;
}

/**
 * Parses as `caddy adapt` 2.11.4 does before it looks at directives. Null where the text is accepted, else the exact words behind
 * `Error: `, file, line and import chain included.
 */
export function parseLikeCaddy(text: string, input: AdaptInput): string | null {
	const parser = startParser(text, {
		path: input.path,
		file: input.file,
		files: input.files,
		root: '/',
		environment: name => input.env.get(name) ?? UNSET,
		version: input.version,
		mode: 'like-caddy',
		lenient: false,
	});
	if (parser.problems.length === 0) parseBlocks(parser);
	return parser.problems[0]?.full ?? null;
}
