import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A docs page of a rule, taken apart for the tests that hold it true. */
export interface RulePage {
	readonly text: string;
	readonly title: string;
	readonly headings: readonly string[];
	readonly examples: readonly RuleExample[];
	/** Blocks `<language> beside [path]`: files of the workspace that the examples of the page are linted with. */
	readonly beside: readonly { readonly language: string; readonly path: string | null; readonly text: string }[];
}

/** A fenced block whose info string is `<language> bad` or `<language> good`. */
export interface RuleExample {
	readonly language: string;
	readonly verdict: 'bad' | 'good';
	readonly text: string;
	/** 1-based line of the opening fence. */
	readonly line: number;
}

/** Whether the rule has a page at all. */
export function hasRulePage(id: string): boolean {
	return existsSync(path.resolve(__dirname, '../../docs/rules', `${id}.md`));
}

/** Reads `docs/rules/<id>.md`. Throws where the page is missing. */
export function rulePage(id: string): RulePage {
	const text = readFileSync(path.resolve(__dirname, '../../docs/rules', `${id}.md`), 'utf8');
	const examples: RuleExample[] = [];
	for (const match of text.matchAll(/^```(\w+) (bad|good)\n([\s\S]*?)^```$/gm)) {
		const [, language = '', verdict, body = ''] = match;
		examples.push({
			language,
			verdict: verdict === 'bad' ? 'bad' : 'good',
			text: body,
			line: text.slice(0, match.index).split('\n').length,
		});
	}
	return {
		text,
		title: /^# (.+)$/m.exec(text)?.[1] ?? '',
		headings: [...text.matchAll(/^## (.+)$/gm)].map(match => match[1] ?? ''),
		examples,
		beside: [...text.matchAll(/^```(\w+) beside(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(([, language = '', path, body = '']) => ({
			language,
			path: path ?? null,
			text: body,
		})),
	};
}
