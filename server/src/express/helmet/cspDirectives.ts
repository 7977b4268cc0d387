import { didYouMean } from './didYouMean';
import { since, type VersionNumber } from './version';

const defaults8: readonly (readonly [name: string, entries: readonly string[]])[] = [
	['default-src', ["'self'"]],
	['base-uri', ["'self'"]],
	['font-src', ["'self'", 'https:', 'data:']],
	['form-action', ["'self'"]],
	['frame-ancestors', ["'self'"]],
	['img-src', ["'self'", 'data:']],
	['object-src', ["'none'"]],
	['script-src', ["'self'"]],
	['script-src-attr', ["'none'"]],
	['style-src', ["'self'", 'https:', "'unsafe-inline'"]],
	['upgrade-insecure-requests', []],
];

/** What `getDefaultDirectives()` answers (helmet 4 to 8): 5 added form-action, 6 dropped block-all-mixed-content. */
export function defaultDirectives(version: VersionNumber): ReadonlyMap<string, readonly string[]> {
	const known = defaults8.filter(([name]) => name !== 'form-action' || since(5) <= version);
	if (since(6) <= version) return new Map(known);
	return new Map([...known.slice(0, 2), ['block-all-mixed-content', []], ...known.slice(2)]);
}

/** Every directive of CSP3, CSP2 and the drafts browsers know, in camel case. */
const directiveKeys: readonly string[] = [
	'baseUri',
	'blockAllMixedContent',
	'childSrc',
	'connectSrc',
	'defaultSrc',
	'fencedFrameSrc',
	'fontSrc',
	'formAction',
	'frameAncestors',
	'frameSrc',
	'imgSrc',
	'manifestSrc',
	'mediaSrc',
	'navigateTo',
	'objectSrc',
	'pluginTypes',
	'prefetchSrc',
	'reportTo',
	'reportUri',
	'requireSriFor',
	'requireTrustedTypesFor',
	'sandbox',
	'scriptSrc',
	'scriptSrcAttr',
	'scriptSrcElem',
	'styleSrc',
	'styleSrcAttr',
	'styleSrcElem',
	'trustedTypes',
	'upgradeInsecureRequests',
	'workerSrc',
];

/** The directive a key means or is a slip of, in camel case; null where it is none. */
export function directiveNameOf(key: string): string | null {
	const camel = camelCase(key);
	return directiveKeys.includes(camel) ? camel : didYouMean(key, directiveKeys);
}

/** `script-src` as the key of an options object: `scriptSrc`. */
export function camelCase(name: string): string {
	return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
