import { type DictionaryMember, dictionaryError, readDictionary } from '../../headers/structuredFields';
import { placeInValue } from '../../model/value';
import type { Rule } from '../rule';

/** `reporting-endpoints-invalid` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'reporting-endpoints-invalid',
	family: 'reporting',
	summary: 'Reporting-Endpoints is not a list of names and quoted URLs',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: ['reporting-endpoints'],
	checkValue: ({ value, operation }, report) => {
		const { text, members, error, open } = readDictionary(value);
		if (open) return;
		const repaired = members.map(repair).join(', ');
		const faulty =
			error === null ? members.filter(member => !isEndpoint(member)) : members.filter(member => member.end >= error.offset).slice(0, 1);
		for (const { start, end, key } of error !== null && faulty.length === 0 ? [{ start: 0, end: text.length, key: '' }] : faulty) {
			const whole = error !== null;
			report({
				place: placeInValue(value, start, end) ?? operation.place,
				message: whole
					? `Reporting-Endpoints: the value is not name="URL", name="URL" (${error.message}), so browsers drop the whole header and reports are lost. Write lower-case names and quoted URLs.`
					: `Reporting-Endpoints: ${key} has no quoted URL, so browsers ignore it and its reports are lost. Write ${key}="https://…".`,
				headers: ['Reporting-Endpoints'],
				fixes:
					repaired !== text && dictionaryError(repaired) === null && members.every(isRepairable)
						? [
								{
									title: 'Write lower-case names and quoted URLs',
									safe: true,
									intent: { kind: 'change-value', operation, edits: [{ start: 0, end: text.length, text: repaired }] },
								},
							]
						: [],
			});
		}
	},
};

function isEndpoint({ shape, items }: DictionaryMember): boolean {
	return shape === 'item' && (items[0]?.type === 'string' || items[0]?.type === 'unknown');
}

function isRepairable({ key, shape, items, parameters }: DictionaryMember): boolean {
	return (
		shape === 'item' &&
		items.length === 1 &&
		parameters.length === 0 &&
		/^[A-Za-z*][\w.*-]*$/.test(key) &&
		/^["'/]|^https?:/.test(items[0]?.text ?? '')
	);
}

function repair({ key, items }: DictionaryMember): string {
	const [item] = items;
	const url = item?.type === 'string' ? item.content : (item?.text ?? '').replace(/^'|'$/g, '');
	return `${key.toLowerCase()}="${url}"`;
}
