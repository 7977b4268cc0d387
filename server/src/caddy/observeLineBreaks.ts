import { allDirectives } from '../caddyfile/blocks';
import { isMatcherWord } from '../caddyfile/token';
import type { Directive, Token } from '../caddyfile/tree';
import type { CaddyObservation } from '../model/caddyObservation';
import type { Place } from '../text/span';
import { canonicalFieldName, shownFieldName } from './fieldName';
import { bareField, headerLines } from './headerLines';
import { observationId } from './observationId';
import { fullPlaceholderName } from './placeholder';

/**
 * Line breaks that come into header values by another way than their own text: out of `vars`, a `map`, or the default of `{$NAME}`. HTTP/2 leaves
 * such a field out. Each text is told once, with the first field that takes it.
 */
export function observeLineBreaks(lines: readonly Directive[]): readonly CaddyObservation[] {
	const sources = new Map<string, Source>();
	for (const directive of allDirectives(lines)) for (const source of sourcesOf(directive)) sources.set(source.key, source);
	const found = new Map<string, CaddyObservation>();
	const tell = (place: Place, field: Token, through: string): void => {
		const id = observationId('line-break-through', place);
		const name = shownFieldName(canonicalFieldName(bareField(field)));
		if (!found.has(id)) found.set(id, { kind: 'line-break-through', id, place, field: name, through });
	};
	for (const directive of allDirectives(lines)) {
		if (directive.name.text !== 'header') continue;
		for (const { field, words } of headerLines(directive)) {
			// With two words it is a replacement, and behind a minus nothing is sent.
			const [value] = words;
			if (value === undefined || words.length !== 1 || field.text.startsWith('-')) continue;
			for (const { name, fallback } of value.environment) if (fallback?.includes('\n') === true) tell(value.place, field, `{$${name}}`);
			for (const [shown, key = ''] of value.text.matchAll(/\{([^{}]+)\}/g)) {
				const source = sources.get(fullPlaceholderName(key));
				if (source !== undefined) tell(source.place, field, shown);
			}
		}
	}
	return [...found.values()];
}

/** A text with a line break, and the placeholder it is behind. */
interface Source {
	readonly key: string;
	readonly place: Place;
}

function sourcesOf({ name, args, block }: Directive): readonly Source[] {
	const lines = block?.lines ?? [];
	const broken = (key: string, token: Token | undefined): readonly Source[] =>
		token?.text.includes('\n') === true ? [{ key, place: token.place }] : [];
	const words = isMatcherWord(args[0]) ? args.slice(1) : args;
	if (name.text === 'vars') {
		const pairs = [words, ...lines.map(line => [line.name, ...line.args])];
		return pairs.flatMap(([variable, value]) => (variable === undefined ? [] : broken(`http.vars.${variable.text}`, value)));
	}
	if (name.text !== 'map') return [];
	const keys = words.slice(1).map(({ text }) => fullPlaceholderName(text.replace(/^\{|\}$/g, '')));
	return lines.flatMap(line => keys.flatMap((key, index) => broken(key, line.args[index])));
}
