import { type Call, unknownCall } from './call';

import { emptyArray } from './literals';
import { concatenate, knownText } from './operators';
import { underConditions, type Value } from './value';
import { replacedInParts, trimmed, whiteSpacePattern } from './whiteSpace';

/** `string.name(...)` for the methods people write policies with. */
export function stringMethod(value: Value, name: string, call: Call): Value {
	const known = knownText(value);
	const [first, second] = call.args.map(argument => underConditions(argument.value, call.frame.run.conditions));
	if (name === 'toString' || name === 'valueOf' || name === 'normalize') return value;
	if (name === 'concat') return concatenate([value, ...call.args.map(argument => argument.value)], call.place);
	if (name === 'trim' || name === 'trimStart' || name === 'trimEnd') {
		if (known === null) return value.kind === 'text' ? trimmed(value, name) : unknownCall(call);
		return made(name === 'trim' ? known.trim() : name === 'trimStart' ? known.trimStart() : known.trimEnd(), call);
	}
	if (known === null) {
		if (whiteSpacePattern(name, call) === null) return unknownCall(call);
		return value.kind === 'text' ? replacedInParts(value, name, call) : value;
	}
	switch (name) {
		case 'toLowerCase':
			return made(known.toLowerCase(), call);
		case 'toUpperCase':
			return made(known.toUpperCase(), call);
		case 'replace':
		case 'replaceAll':
			return replace(known, name, call) ?? unknownCall(call);
		case 'split': {
			const separator = first === undefined ? null : knownText(first);
			if (separator === null || call.node === null) return unknownCall(call);
			const list = emptyArray(call.frame, call.node);
			for (const part of known.split(separator)) list.elements.push({ value: made(part, call), conditions: [] });
			return list;
		}
		case 'repeat':
			return first?.kind === 'number' && 0 <= first.value && first.value < 1000 ? made(known.repeat(first.value), call) : unknownCall(call);
		case 'startsWith':
		case 'endsWith':
		case 'includes': {
			const wanted = first === undefined ? null : knownText(first);
			if (wanted === null) return unknownCall(call);
			const value = name === 'includes' ? known.includes(wanted) : name === 'endsWith' ? known.endsWith(wanted) : known.startsWith(wanted);
			return { kind: 'boolean', value, place: call.place };
		}
		case 'slice':
		case 'substring': {
			if (first?.kind !== 'number' || (second !== undefined && second.kind !== 'number')) return unknownCall(call);
			return made(name === 'slice' ? known.slice(first.value, second?.value) : known.substring(first.value, second?.value), call);
		}
		default:
			return unknownCall(call);
	}
}

function replace(text: string, name: string, call: Call): Value | null {
	const [first, second] = call.args;
	const replacement = second === undefined ? null : knownText(second.value);
	if (replacement === null || first === undefined) return null;
	const literal = knownText(first.value);
	if (literal !== null)
		return made(name === 'replaceAll' ? text.replaceAll(literal, replacement) : text.replace(literal, replacement), call);
	const pattern = whiteSpacePattern(name, call);
	return pattern === null ? null : made(text.replace(pattern, replacement), call);
}

function made(value: string, call: Call): Value {
	return { kind: 'string', value, place: call.place, exact: false };
}
