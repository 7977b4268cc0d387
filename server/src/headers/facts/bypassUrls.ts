import { URLS as angularUrls } from 'csp_evaluator/dist/allowlist_bypasses/angular';
import { URLS as jsonpUrls, NEEDS_EVAL as needEval } from 'csp_evaluator/dist/allowlist_bypasses/jsonp';

/** A public address from which an attacker can run script on a page whose policy allows its host. */
export interface BypassUrl {
	readonly host: string;
	readonly path: string;
	readonly offers: 'a JSONP endpoint' | 'an old AngularJS';
	/** Whether the trick works only where the policy also has 'unsafe-eval'. */
	readonly needsEval: boolean;
}

/** The addresses that csp_evaluator 1.1.8 (Google, Apache-2.0) collects: JSONP endpoints and AngularJS copies on well-known hosts. */
export const bypassUrls: readonly BypassUrl[] = [
	...jsonpUrls.map(url => bypassUrl(url, 'a JSONP endpoint')),
	...angularUrls.map(url => bypassUrl(url, 'an old AngularJS')),
];

function bypassUrl(url: string, offers: BypassUrl['offers']): BypassUrl {
	const [, host = '', path = '/'] = /^\/\/([^/]*)(\/.*)?$/.exec(url) ?? [];
	const name = host.toLowerCase();
	return { host: name, path, offers, needsEval: offers === 'a JSONP endpoint' && needEval.includes(name) };
}
