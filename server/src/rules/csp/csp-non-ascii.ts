import { replaceToken } from '../../headers/csp/edits';
import { type CspToken, cspOf, hasNonAscii } from '../../headers/csp/parse';
import type { Rule } from '../rule';
import { policyHeaders } from './shared/policySubject';
import { reportPolicy } from './shared/valueReport';

/** `csp-non-ascii` of spec/header-policy.md section 2. */
export const rule: Rule = {
	id: 'csp-non-ascii',
	family: 'csp',
	summary: 'A directive holds a character beyond ASCII: browsers drop it',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'safe',
	headers: policyHeaders,
	checkValue: (subject, report) => {
		for (const directive of cspOf(subject.value).policies.flatMap(policy => policy.directives)) {
			if (directive.dropped !== 'non-ascii') continue;
			for (const token of [directive.nameToken, ...directive.values]) {
				if (!hasNonAscii(token.text) || token.source.kind === 'misquoted') continue;
				const repaired = inAscii(token);
				reportPolicy(subject, report, {
					span: token,
					severity: 'error',
					message: `${token.text} holds a character beyond ASCII, so browsers drop the whole ${directive.name}. ${repaired === null ? 'Write it in ASCII.' : `Write ${repaired.trim()}.`}`,
					fixes: repaired === null ? [] : [{ title: `Write ${repaired.trim()}`, safe: true, edits: [replaceToken(token, repaired)] }],
				});
			}
		}
	},
};

const lookalikes: ReadonlyMap<string, string> = new Map([
	['\u00a0', ' '],
	['\u2018', "'"],
	['\u2019', "'"],
	['\u201c', "'"],
	['\u201d', "'"],
	['\u2010', '-'],
	['\u2011', '-'],
	['\u2012', '-'],
	['\u2013', '-'],
	['\u2014', '-'],
	['\u2212', '-'],
	['\u037e', ';'],
	['\uff1b', ';'],
	['\u200b', ''],
	['\ufeff', ''],
]);

/** The word in ASCII: typographic characters by what they stand for, a host name in punycode (RFC 3492). Null where it cannot be told. */
function inAscii({ text, source }: CspToken): string | null {
	const plain = [...text].map(character => lookalikes.get(character) ?? character).join('');
	if (!hasNonAscii(plain)) return plain;
	if (source.kind !== 'host') return null;
	const wildcard = source.host.startsWith('*.');
	const address = `https://${wildcard ? source.host.slice(2) : source.host}/`;
	if (!URL.canParse(address) || hasNonAscii(source.path)) return null;
	const host = new URL(address).hostname;
	return `${source.scheme === null ? '' : `${source.scheme}://`}${wildcard ? '*.' : ''}${host}${source.port === null ? '' : `:${source.port}`}${source.path}`;
}
