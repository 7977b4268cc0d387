import type { ValueEdit } from '../../fixes/intent';
import type { HstsDirective } from '../../headers/hsts';
import { maxAgeOf } from '../../headers/hsts';
import { changeValue, placeOf } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { hstsHeader, hstsName, policyOf } from './shared/policy';

/** Syntax that RFC 6797 allows and that checkers and older clients stumble over (hstspreload warns of each). */
export const rule: Rule = {
	id: 'hsts-nonportable-syntax',
	family: 'hsts',
	summary: 'Strict-Transport-Security is written in a way that some readers stumble over',
	severity: { ui: 'info', api: 'info', strict: 'info' },
	fix: 'safe',
	headers: hstsHeader,
	checkValue(subject, report) {
		const policy = policyOf(subject);
		if (policy === null || policy.comma !== null || policy.open) return;
		const odd: { readonly what: string; readonly edit: ValueEdit }[] = [];
		for (const directive of policy.directives) {
			const what = oddity(directive);
			if (what === null) continue;
			const value = directive.value ?? '';
			const text = `${subject.value.text.slice(directive.nameSpan.start, directive.nameSpan.end)}=${/^\d+$/.test(value) ? String(BigInt(value)) : value}`;
			odd.push({ what, edit: { ...directive.span, text } });
		}
		if (maxAgeOf(policy) !== null)
			for (const span of policy.empty) odd.push({ what: 'a semicolon with nothing behind it', edit: { ...span, text: '' } });
		const first = odd[0];
		if (first === undefined) return;
		report({
			place: placeOf(subject, first.edit),
			message: `${hstsName} has ${first.what}: browsers read it, other tools and the preload list's checker may not. Normalise it.`,
			headers: [hstsName],
			fixes: [
				changeValue(
					'Normalise the value',
					true,
					subject.operation,
					odd.map(({ edit }) => edit),
				),
			],
		});
	},
};

function oddity({ name, value, quoted, spaced, opaque }: HstsDirective): string | null {
	if (opaque || value === null || name !== 'max-age' || !/^\d+$/.test(value)) return null;
	if (quoted) return 'its max-age in quotes';
	if (spaced) return 'white space around the equals sign';
	return value.length > 1 && value.startsWith('0') ? 'a max-age with a leading zero' : null;
}
