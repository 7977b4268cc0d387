import type { Matcher, MatcherSet } from './matcher';

/**
 * Whether a set of matchers lets requests of certain origins through and no others: it names them, or a pattern that not every origin fits.
 * What only asks for the presence of an Origin, or keeps single ones out, chooses none.
 */
export function choosesOrigin({ matchers }: MatcherSet): boolean {
	return matchers.some(isChoice);
}

function isChoice(matcher: Matcher): boolean {
	switch (matcher.kind) {
		case 'header':
			return [...matcher.fields].some(([name, values]) => isOrigin(name) && values !== null && !values.includes('*'));
		case 'header-regexp':
			return isOrigin(matcher.field) && !fitsAnyOrigin.test(matcher.pattern.text);
		case 'vars':
			return [...matcher.variables.keys()].some(name => /header\.origin\}?$/i.test(name));
		case 'expression':
			return /origin/i.test(matcher.source);
		default:
			return false;
	}
}

function isOrigin(name: string): boolean {
	return name.toLowerCase() === 'origin';
}

// `.*`, `^.+$`, `^https?://.*$`: whatever a browser sends.
const fitsAnyOrigin = /^\^?(?:https\?:(?:\\?\/){2})?\(?\.?[*+]?\)?\$?$/;
