import type { StaticValue } from '../javascript/staticValue';

/** A body parser of express (body-parser 1 and 2): `express.json({ type })` and its siblings. */
export interface BodyParser {
	readonly kind: 'json' | 'urlencoded' | 'raw' | 'text';
	readonly options: StaticValue | null;
}

const defaults: Readonly<Record<BodyParser['kind'], string>> = {
	json: 'application/json',
	urlencoded: 'application/x-www-form-urlencoded',
	raw: 'application/octet-stream',
	text: 'text/plain',
};

/** The media types a parser reads, lower case, as written in its `type`: null where they are not known statically. */
export function parserTypes({ kind, options }: BodyParser): readonly string[] | null {
	if (options === null || options.kind === 'undefined') return [defaults[kind]];
	if (options.kind !== 'object' || options.open) return null;
	const type = options.entries.findLast(({ key }) => key === 'type')?.value;
	if (type === undefined || type.kind === 'undefined') return [defaults[kind]];
	const values = type.kind === 'array' && !type.open ? type.elements : [type];
	const texts = values.map(value => (value.kind === 'string' ? value.value.toLowerCase() : null));
	return texts.every(text => text !== null) ? texts : null;
}

/** Whether one of the types of a parser stands for a media type (type-is 1.6 and 2.0: names of extensions, wildcards, `+json`). */
export function accepts(types: readonly string[], wanted: string): boolean {
	return types.some(type => {
		const full = type.startsWith('+') ? `*/*${type}` : (extensions.get(type) ?? type);
		const [main = '', sub = ''] = full.split('/');
		const [wantedMain = '', wantedSub = ''] = wanted.split('/');
		if (main !== '*' && main !== wantedMain) return false;
		return sub === '*' || sub === wantedSub || (sub.startsWith('*+') && wantedSub.endsWith(sub.slice(1)));
	});
}

const extensions: ReadonlyMap<string, string> = new Map([
	['json', 'application/json'],
	['text', 'text/plain'],
	['txt', 'text/plain'],
	['html', 'text/html'],
	['urlencoded', 'application/x-www-form-urlencoded'],
	['bin', 'application/octet-stream'],
]);
