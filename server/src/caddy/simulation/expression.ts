import type { Exchange } from './exchange';

/** The value of a CEL expression where it can be told statically, else null. */
export function evaluateExpression(source: string, _exchange: Exchange): boolean | null {
	const trimmed = source.trim();
	if (trimmed === 'true') return true;
	return trimmed === 'false' ? false : null;
}
