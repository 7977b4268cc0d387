import type { BlockGrammar } from './setupGrammar';
import { numbered, once, taking, timed } from './setupOptionKinds';
import type { OptionGrammar } from './setupOptions';
import type { CaddyVersion } from './token';

/** The lines of the `log` directive and of the global option (httpcaddyfile/builtins.go, `parseLogHelper`, 2.11.4 and 0cf03d32f). */
export function logOptions(where: 'site' | 'global', version: CaddyVersion = '2.11'): BlockGrammar {
	const single = (name: string, grammar: OptionGrammar): readonly [string, OptionGrammar] => [
		name,
		version === 'next' ? { ...grammar, once: `'${name}' subdirective specified more than once in the same log block` } : grammar,
	];
	const elsewhere = (message: string): OptionGrammar => ({ words: 'any', check: token => ({ message, token }) });
	const barred = where === 'site' ? ['include', 'exclude'] : ['hostnames'];
	const place = where === 'site' ? 'log directive' : 'log global options';
	return {
		options: new Map<string, OptionGrammar>([
			...taking('some', 'hostnames'),
			...taking('any', 'include', 'exclude'),
			single('output', { words: 'first' }),
			single('format', { words: 'first' }),
			single('core', { words: 'first' }),
			single('level', { words: 'only one' }),
			single('no_hostname', { words: 'none' }),
			single('sampling', { words: 'block', block: sampling(version) }),
			...barred.map((name): readonly [string, OptionGrammar] => [name, elsewhere(`${name} is not allowed in the ${place}`)]),
		]),
		complain: option => `unrecognized subdirective: ${option}`,
	};
}

function sampling(version: CaddyVersion): BlockGrammar {
	const options = [
		...timed(() => 'failed to parse interval', ['interval']),
		...numbered(() => 'failed to parse first', 'first'),
		...numbered(() => 'failed to parse thereafter', 'thereafter'),
	];
	const message = (name: string): string => `'${name}' specified more than once in the same sampling block`;
	return {
		options: new Map(
			options.map(([name, grammar]) => [
				name,
				version === 'next' ? { ...once(grammar.words, message(name)), ...judged(grammar) } : grammar,
			]),
		),
		complain: option => `unrecognized subdirective: ${option}`,
	};
}

function judged({ judge }: OptionGrammar): Pick<OptionGrammar, 'judge'> {
	return judge === undefined ? {} : { judge };
}
