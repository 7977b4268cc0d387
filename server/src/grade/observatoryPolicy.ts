import { ANY_TEXT } from '../model/value';

/**
 * The Observatory's test of Content-Security-Policy: what it finds first decides. `values` are those of the enforced header,
 * `reportOnly` says whether a report-only one is sent, `https` whether http: sources are mixed content.
 */
export function gradePolicies(values: readonly string[], reportOnly: boolean, https: boolean): readonly [result: string, modifier: number] {
	if (values.length === 0) return [reportOnly ? 'csp-not-implemented-but-reporting-enabled' : 'csp-not-implemented', -25];
	const merged = mergePolicies(policiesOf(values));
	if (merged === null) return ['csp-header-invalid', -25];
	const { directives, repeatedReport, open } = merged;

	// Unknown text may hold the directives that seem to be missing.
	const absent: readonly string[] = open ? [] : ['*'];
	const sources = (name: string): readonly string[] => directives.get(name) ?? directives.get('default-src') ?? absent;
	const scripts = heeded(sources('script-src'), true);
	const styles = heeded(sources('style-src'), false);
	if (sources('script-src').includes("'strict-dynamic'") && !holdsNonceOrHash(sources('script-src'))) return ['csp-header-invalid', -25];
	if (scripts.some(isUnsafeInline) || scripts.some(isBroad) || sources('object-src').some(isBroad))
		return ['csp-implemented-with-unsafe-inline', -20];

	const active = [...directives].flatMap(([name, list]) => (passive.includes(name) ? [] : name === 'script-src' ? scripts : list));
	if (https && active.some(isInsecure)) return ['csp-implemented-with-insecure-scheme', -20];
	if (scripts.includes("'unsafe-eval'") || styles.includes("'unsafe-eval'")) return ['csp-implemented-with-unsafe-eval', -10];
	return repeatedReport ? ['csp-implemented-but-duplicate-directives', 0] : passingResult(directives, styles, https);
}

/** Whether a policy that the Observatory can read has frame-ancestors; it does not look at what they allow. */
export function hasFrameAncestors(values: readonly string[]): boolean {
	return values.length > 0 && mergePolicies(policiesOf(values))?.directives.has('frame-ancestors') === true;
}

/** Shorter than any directive: no policy. */
const shortestPolicy = 6;

const passive: readonly string[] = ['img-src', 'media-src'];

const broad: ReadonlySet<string> = new Set(['ftp:', 'http:', 'https:', '*', 'http://*', 'http://*.*', 'https://*', 'https://*.*']);

function isBroad(source: string): boolean {
	return broad.has(source);
}

function isUnsafeInline(source: string): boolean {
	return source === "'unsafe-inline'" || source === 'data:';
}

function isInsecure(source: string): boolean {
	return source.startsWith('http:') || source.startsWith('ftp:');
}

function holdsNonceOrHash(list: readonly string[]): boolean {
	return list.some(source => /^'(?:nonce|sha256|sha384|sha512)-/.test(source));
}

/** What counts of a list: a nonce or hash voids 'unsafe-inline', and together with 'strict-dynamic' hosts by scheme and 'self'. */
function heeded(list: readonly string[], script: boolean): readonly string[] {
	if (!holdsNonceOrHash(list)) return list;
	const strict = script && list.includes("'strict-dynamic'");
	return list.filter(source => {
		if (source === "'unsafe-inline'") return false;
		return !strict || (source !== "'self'" && ![...broad].some(prefix => source.startsWith(prefix)));
	});
}

function passingResult(
	directives: ReadonlyMap<string, readonly string[]>,
	styles: readonly string[],
	https: boolean,
): readonly [result: string, modifier: number] {
	const passiveSources = passive.flatMap(name => directives.get(name) ?? directives.get('default-src') ?? []);
	if (https && passiveSources.some(isInsecure)) return ['csp-implemented-with-insecure-scheme-in-passive-content-only', -10];
	if (styles.some(source => isUnsafeInline(source) || isBroad(source))) return ['csp-implemented-with-unsafe-inline-in-style-src-only', 0];
	const fallback = directives.get('default-src');
	if (fallback?.length === 1 && fallback[0] === "'none'") return ['csp-implemented-with-no-unsafe-default-src-none', 10];
	return ['csp-implemented-with-no-unsafe', 5];
}

function policiesOf(values: readonly string[]): readonly string[] {
	return values.flatMap(value => value.split(',')).map(policy => policy.trim());
}

interface MergedPolicy {
	/** Directive name to its sources, lower case. */
	readonly directives: ReadonlyMap<string, readonly string[]>;
	/** Whether report-uri or report-to stands twice in a policy. */
	readonly repeatedReport: boolean;
	/** Whether unknown text may hold more. */
	readonly open: boolean;
}

/** All policies as one, in which only what every one of them allows is left; null where one cannot be read. */
function mergePolicies(policies: readonly string[]): MergedPolicy | null {
	const directives = new Map<string, readonly string[]>();
	let repeatedReport = false;
	for (const [index, policy] of policies.entries()) {
		if (policy.length < shortestPolicy && !policy.includes(ANY_TEXT)) return null;
		const seen = new Set<string>();
		for (const part of policy.split(';')) {
			const [written = '', ...words] = part.trim().split(/\s+/);
			const name = written.toLowerCase();
			if (name === '') continue;
			if (seen.has(name) && name !== 'report-uri' && name !== 'report-to') return null;
			if (seen.has(name)) repeatedReport = true;
			seen.add(name);
			const list = words.length === 0 && name.endsWith('-src') ? ["'none'"] : words.map(word => word.toLowerCase());
			const own = withoutLonger(list);
			const allowed = index === 0 ? own : commonSources(directives.get(name) ?? [], own);
			directives.set(name, allowed.length === 0 ? ["'none'"] : allowed);
		}
	}
	return { directives, repeatedReport, open: policies.some(policy => policy.includes(ANY_TEXT)) };
}

/** A source that begins like another of the list says nothing more. In sorted order the shorter one comes right before. */
function withoutLonger(list: readonly string[]): readonly string[] {
	const kept: string[] = [];
	for (const source of [...new Set(list)].sort()) {
		const last = kept[kept.length - 1];
		if (last === undefined || !source.startsWith(last)) kept.push(source);
	}
	return kept;
}

/** What both lists allow: equal sources, and of a folder and a path in it the path. */
function commonSources(left: readonly string[], right: readonly string[]): readonly string[] {
	return [...new Set([...coveredBy(new Set(left), right), ...coveredBy(new Set(right), left)])];
}

function coveredBy(wide: ReadonlySet<string>, narrow: readonly string[]): readonly string[] {
	return narrow.filter(source => {
		if (wide.has(source)) return true;
		for (let slash = source.indexOf('/'); 0 <= slash; slash = source.indexOf('/', slash + 1))
			if (wide.has(source.slice(0, slash + 1))) return true;
		return false;
	});
}
