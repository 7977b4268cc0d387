import type { ValueEdit } from '../../fixes/intent';
import { hasUnknown } from '../../model/value';
import { cspDirectives, withdrawnDirectives } from '../facts/cspDirectives';
import { nearest } from '../nearest';
import type { CspDirective, CspPolicy } from './parse';

/** What is wrong with a directive's name, if anything. */
export type NameFault = 'unknown' | 'punctuation' | null;

/**
 * Judges a directive's name in its policy. `text` is the whole value. Names that hold unknown text or characters beyond ASCII are
 * passed over, and so is what follows a comma in the middle of a list: there the comma is the mistake.
 */
export function nameFault(policy: CspPolicy, directive: CspDirective, text: string): NameFault {
	const { name, nameToken, kind, dropped } = directive;
	if (kind !== null || withdrawnDirectives.has(name) || dropped !== null || hasUnknown(nameToken.text)) return null;
	if (directive === policy.directives[0] && 0 < policy.start && text.slice(0, policy.start - 1).trim() !== '') return null;
	return name.endsWith(':') || name.includes('=') ? 'punctuation' : 'unknown';
}

/** The directive that an unknown name was meant to be: `scriptSrc` and `script_src` for `script-src`, or two typing mistakes away. */
export function meantDirective(written: string): string | null {
	const kebab = written
		.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
		.replaceAll('_', '-')
		.replace(/^-/, '');
	if (cspDirectives.has(kebab)) return kebab;
	return nearest(written.toLowerCase(), cspDirectives.keys(), 2);
}

/** The edit that takes a colon or equals sign off a directive's name; null where no directive is left then. */
export function punctuationRepair({ nameToken, values }: CspDirective): ValueEdit | null {
	const { text, start, end } = nameToken;
	const [, name = '', rest = ''] = /^([^:=]*)[:=]+(.*)$/s.exec(text) ?? [];
	const lower = name.toLowerCase();
	const next = values[0];
	// The header's own name, copied into its value.
	if (/^content-security-policy(?:-report-only)?$/.test(lower) && rest === '' && next !== undefined)
		return { start, end: next.start, text: '' };
	const known = cspDirectives.has(lower) ? name : meantDirective(name);
	return known === null ? null : { start, end, text: rest === '' ? known : `${known} ${rest}` };
}

/** The directive that a faulty name stands for, lower case, or null where it stands for none. */
export function intendedDirective(directive: CspDirective): string | null {
	const { text } = directive.nameToken;
	const name = text.split(/[:=]/, 1)[0] ?? '';
	return cspDirectives.has(name.toLowerCase()) ? name.toLowerCase() : meantDirective(name);
}
