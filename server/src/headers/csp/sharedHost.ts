import { getPublicSuffix } from 'tldts';

/**
 * Whether `*.suffix` stands for the hosts of people who have nothing to do with each other: the suffix is a public one
 * (`*.com`, `*.github.io`, `*.cloudfront.net`; Public Suffix List with its private part, as tldts carries it).
 */
export function isSharedWildcard(host: string): boolean {
	if (!host.startsWith('*.')) return false;
	const suffix = host.slice(2);
	return (
		getPublicSuffix(suffix, { allowPrivateDomains: true }) === suffix && (suffix.includes('.') || getPublicSuffix(`a.${suffix}`) === suffix)
	);
}
