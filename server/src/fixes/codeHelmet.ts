import { helmetOutcome } from '../express/helmet/helmetOutcome';
import type { StaticValue } from '../javascript/staticValue';
import type { AppObservation } from '../model/appObservation';
import { applyEdits, type TextEdit } from '../text/edit';
import type { Place } from '../text/span';
import type { CodeContext, HelmetCallSpans } from './codeContext';
import { insertStatements, positionOf } from './codeInsert';
import { layoutOf, removeItems } from './codeLayout';
import { editsIn } from './codeOptions';
import { removeRaw } from './codeRaw';
import { indentAt, withoutStatement } from './codeText';
import { optionLiteral, optionName, setHelmetHeader, staticOf } from './codeValue';

type Observed<K extends AppObservation['kind']> = Extract<AppObservation, { readonly kind: K }>;

/** Mounts a helmet call that stands on a path, a router or a route on the app itself, as its first middleware. */
export function mountOnWholeApp(id: string, context: CodeContext): readonly TextEdit[] | null {
	const mount = context.mounts.get(id);
	const app = mount === undefined ? undefined : context.apps.get(mount.surface);
	const text = mount === undefined ? null : context.text(mount.path);
	if (mount === undefined || app === undefined || text === null || app.path !== mount.path) return null;
	const position = positionOf(text, { ...app, helmetStatement: null });
	if (position === null || (app.framework !== 'express' && app.framework !== 'nest')) return null;
	const statement = `${app.name}.use(${text.slice(mount.call.start, mount.call.end)})${context.style.semicolons ? ';' : ''}`;
	const removed = 'isBody' in mount.removed ? withoutStatement(text, mount.removed) : { span: mount.removed, newText: '' };
	return editsIn(mount.path, [insertStatements(text, position, [statement], context), removed]);
}

/** Takes out a second helmet call that changes nothing, or gives its options to the first, which has none. */
export function joinCalls({ group, earlierGroup, repair }: Observed<'helmet-repeated'>, context: CodeContext): readonly TextEdit[] | null {
	const [later, earlier] = [context.calls.get(group), context.calls.get(earlierGroup)];
	const text = later === undefined ? null : context.text(later.call.path);
	if (repair === null || later?.statement == null || text === null) return null;
	const edits = editsIn(later.call.path, [withoutStatement(text, later.statement)]);
	if (repair === 'remove') return edits;
	const options = earlier === undefined || earlier.call.path !== later.call.path ? null : withoutFalse(later, text);
	if (earlier === undefined || options === null) return null;
	const [from, to] = [indentAt(text, later.options?.place.span.start ?? 0), indentAt(text, earlier.call.span.start)];
	const newText = options.includes('`') ? options : options.replaceAll(`\n${from}`, `\n${to}`);
	return [...editsIn(earlier.call.path, [{ span: earlier.argumentsSpan, newText }]), ...edits];
}

/** The options as written, without the properties that say `false`; null where they use names, which may not be there yet further up. */
function withoutFalse({ options }: HelmetCallSpans, text: string): string | null {
	if (options?.kind !== 'object' || options.open || !isLiteral(options, options.place)) return null;
	const { span, path } = options.place;
	const layout = layoutOf(text, span);
	if (layout === null) return null;
	const off = new Set(
		options.entries
			.filter(({ value }) => value.kind === 'boolean' && !value.value)
			.map(({ place }) => layout.items.findIndex(item => item.start === place.span.start)),
	);
	if (off.has(-1)) return null;
	const edits = editsIn(path, removeItems(text, layout, off));
	const whole = applyEdits(text, edits);
	return whole.slice(span.start, span.end - (text.length - whole.length));
}

/** Whether a value and everything in it is written at `place` itself. */
function isLiteral(value: StaticValue, place: Place): boolean {
	const { path, span } = value.place;
	if (path !== place.path || span.start < place.span.start || place.span.end < span.end) return false;
	switch (value.kind) {
		case 'object':
			return !value.open && value.entries.every(entry => isLiteral(entry.value, place));
		case 'array':
			return !value.open && value.elements.every(element => isLiteral(element, place));
		case 'string':
		case 'number':
		case 'boolean':
		case 'null':
			return true;
		default:
			return false;
	}
}

/** Gives helmet the value that a later statement sets, and takes that statement out. Null where helmet would send something else. */
export function moveIntoOptions(
	{ header, after, operation, earlierGroup }: Observed<'header-overridden'>,
	context: CodeContext,
): readonly TextEdit[] | null {
	const call = earlierGroup === null ? undefined : context.calls.get(earlierGroup);
	const raw = context.operations.get(operation.id);
	const option = optionName(header);
	const literal = after === null ? null : optionLiteral(header, after);
	if (call === undefined || raw === undefined || after === null || option === null || literal === null) return null;
	const place = operation.place;
	const options: StaticValue = {
		kind: 'object',
		entries: [{ key: option, keyPlace: place, value: staticOf(literal, place), place }],
		open: false,
		place,
	};
	const { headers, problems } = helmetOutcome(call.version, options);
	const sent = headers.find(({ name }) => name.toLowerCase() === header.toLowerCase())?.value.text;
	if (sent !== after || problems.some(({ kind }) => kind === 'helmet-throws')) return null;
	const [written, removed] = [setHelmetHeader(header, after, call, context), removeRaw(raw, context)];
	return written === null || removed === null ? null : [...written, ...removed];
}
