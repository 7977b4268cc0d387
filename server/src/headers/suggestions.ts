import type { Profile } from '../rules/rule';
import { cacheDirectives } from './cacheControl';
import { clearedTypes } from './clearSiteData';
import { embedderPolicies, openerPolicies, resourcePolicies } from './crossOrigin';
import { parseCsp } from './csp/parse';
import { cspDirectives } from './facts/cspDirectives';
import { cspKeywords } from './facts/cspKeywords';
import { deprecatedFeatures, permissionsFeatures } from './facts/permissionsFeatures';
import { sandboxFlags } from './facts/sandboxFlags';
import { directiveSubjects, sourceMeanings, wordMeanings } from './facts/valueWords';
import { oneYear, recommendedValue } from './recommended';
import { referrerPolicies } from './referrerPolicy';

/** Something that may be written next. */
export interface Suggestion {
	readonly text: string;
	/** A clause for people; empty where none is known. */
	readonly detail: string;
	/** What a fix would write; at most a few, and first. */
	readonly isRecommended: boolean;
}

export interface Suggestions {
	/** Where in the text before the cursor begins what they take the place of. */
	readonly start: number;
	/** The recommended ones first. */
	readonly items: readonly Suggestion[];
}

/** What may follow `before`, the text of a value up to the cursor, in a header (lower-case name). Empty for headers without known words. */
export function valueSuggestions(header: string, before: string, profile: Profile): Suggestions {
	const recommended = recommendedValue(header, profile);
	const whole: readonly Suggestion[] = recommended === null ? [] : [suggest(recommended, 'recommended', true)];
	switch (header) {
		case 'content-security-policy':
		case 'content-security-policy-report-only':
			return cspSuggestions(before, recommendedValue('content-security-policy', profile) ?? '');
		case 'strict-transport-security':
			return listed(before, ';', whole, hstsParts);
		case 'permissions-policy':
		case 'permissions-policy-report-only':
			return permissionsSuggestions(before, whole);
		case 'clear-site-data':
			return listed(
				before,
				',',
				[],
				clearedTypes.map(type => suggest(`"${type}"`, '')),
			);
		case 'referrer-policy':
			return listed(before, ',', whole, wordsOf(header, [...referrerPolicies.keys()]));
		case 'cache-control':
			return listed(before, ',', whole, cacheWords);
		default:
			return { start: 0, items: distinct([...whole, ...wordsOf(header, oneWordValues[header] ?? [])]) };
	}
}

/** What may follow in the value of one directive of Content-Security-Policy; `present` are the words it has. */
export function sourceSuggestions(directive: string, present: readonly string[]): readonly Suggestion[] {
	const kind = cspDirectives.get(directive);
	const has = (word: string): boolean => present.some(other => other.toLowerCase() === word.toLowerCase());
	const found = ((): readonly Suggestion[] => {
		switch (kind) {
			case 'sources':
				return [
					...[...cspKeywords].flatMap(([keyword, directives]) => {
						const meaning = sourceMeanings.get(keyword);
						return meaning === undefined || (directives !== null && !directives.has(directive)) ? [] : [suggest(`'${keyword}'`, meaning)];
					}),
					...['https:', 'data:', 'blob:'].map(scheme => suggest(scheme, sourceMeanings.get(scheme) ?? '')),
				];
			case 'ancestors':
				return ['none', 'self'].map(keyword => suggest(`'${keyword}'`, sourceMeanings.get(keyword) ?? ''));
			case 'sandbox-flags':
				return [...sandboxFlags].map(flag => suggest(flag, ''));
			case 'trusted-types-for':
				return [suggest("'script'", 'the only word there is')];
			case 'webrtc':
				return ["'allow'", "'block'"].map(word => suggest(word, ''));
			default:
				return [];
		}
	})();
	return found.filter(({ text }) => !has(text) && (text !== "'none'" || present.length === 0));
}

function cspSuggestions(before: string, recommended: string): Suggestions {
	const segment = Math.max(before.lastIndexOf(';'), before.lastIndexOf(',')) + 1;
	const typed = before.slice(segment);
	const written = /^\s*(\S+)\s+(?:.*\s)?(?=\S*$)/s.exec(typed);
	if (written !== null) {
		const [complete, name = ''] = written;
		const present = complete.trim().split(/\s+/).slice(1);
		return { start: segment + complete.length, items: sourceSuggestions(name.toLowerCase(), present) };
	}
	const start = segment + (/^\s*/.exec(typed)?.[0].length ?? 0);
	const policy = before.slice(before.lastIndexOf(',') + 1, segment);
	const present = new Set(parseCsp(policy).policies[0]?.directives.map(({ name }) => name) ?? []);
	const missing = recommended
		.split(';')
		.map(directive => directive.trim())
		.filter(directive => !present.has(directive.split(' ')[0] ?? ''));
	const whole = present.size === 0 ? [suggest(recommended, 'recommended', true)] : [];
	const names = [...cspDirectives.keys()].filter(name => !present.has(name));
	return {
		start,
		items: [
			...whole,
			...missing.map(text => suggest(text, 'recommended', true)),
			...names.map(name => suggest(name, directiveSubjects.get(name) ?? '')),
		],
	};
}

function permissionsSuggestions(before: string, whole: readonly Suggestion[]): Suggestions {
	const segment = before.lastIndexOf(',') + 1;
	const typed = before.slice(segment);
	const equals = typed.indexOf('=');
	if (equals !== -1)
		return {
			start: segment + equals + 1,
			items: [suggest('()', 'nobody', true), suggest('(self)', 'this origin'), suggest('*', 'every site')],
		};
	const features = [...permissionsFeatures]
		.filter(name => !deprecatedFeatures.has(name))
		.map(name => suggest(`${name}=()`, 'nobody may use it'));
	return listed(before, ',', whole, features);
}

/** Words of a list: the recommended value as a whole where nothing stands there yet. */
function listed(before: string, separator: string, whole: readonly Suggestion[], words: readonly Suggestion[]): Suggestions {
	const segment = before.lastIndexOf(separator) + 1;
	const start = segment + (/^\s*/.exec(before.slice(segment))?.[0].length ?? 0);
	const present = before.slice(0, segment).split(separator).map(wordOf);
	const left = words.filter(({ text }) => !present.includes(wordOf(text)));
	return { start, items: distinct(segment === 0 ? [...whole, ...left] : left) };
}

function wordOf(text: string): string {
	return text.trim().toLowerCase().replace(/=.*$/s, '');
}

const hstsParts: readonly Suggestion[] = [
	{ text: `max-age=${oneYear}`, detail: '365 days', isRecommended: true },
	{ text: 'includeSubDomains', detail: 'all subdomains, too', isRecommended: false },
	{ text: 'preload', detail: 'may be built into browsers, which takes months to undo', isRecommended: false },
];

const cacheWords: readonly Suggestion[] = [...cacheDirectives].map(([name, value]) =>
	suggest(value === 'seconds' ? `${name}=` : name, wordMeanings.get('cache-control')?.get(name) ?? ''),
);

const oneWordValues: Readonly<Record<string, readonly string[]>> = {
	'x-frame-options': ['DENY', 'SAMEORIGIN'],
	'x-content-type-options': ['nosniff'],
	'cross-origin-resource-policy': resourcePolicies,
	'cross-origin-opener-policy': openerPolicies,
	'cross-origin-opener-policy-report-only': openerPolicies,
	'cross-origin-embedder-policy': embedderPolicies,
	'cross-origin-embedder-policy-report-only': embedderPolicies,
	'origin-agent-cluster': ['?1'],
	'x-dns-prefetch-control': ['off'],
	'x-xss-protection': ['0'],
	'x-permitted-cross-domain-policies': ['none', 'master-only'],
	'x-download-options': ['noopen'],
};

function wordsOf(header: string, words: readonly string[]): readonly Suggestion[] {
	const meanings = wordMeanings.get(header.replace(/-report-only$/, ''));
	return words.map(word => suggest(word, meanings?.get(word.toLowerCase()) ?? ''));
}

function suggest(text: string, detail: string, isRecommended = false): Suggestion {
	return { text, detail, isRecommended };
}

function distinct(items: readonly Suggestion[]): readonly Suggestion[] {
	return items.filter(({ text }, index) => items.findIndex(other => other.text === text) === index);
}
