import type { HeaderValue } from '../model/value';
import { hasUnknown } from '../model/value';
import type { Span } from '../text/span';
import { cspOf } from './csp/parse';
import { type Dictionary, readDictionary } from './structuredFields';

/** A reporting endpoint as Reporting-Endpoints defines it: the name is a dictionary key, the URL a string (Reporting API 3.1). */
export interface Endpoint {
	readonly name: string;
	readonly url: string;
}

/** The endpoints that a Reporting-Endpoints value defines; none where it does not parse, since browsers then drop it whole. */
export function endpointsOf(value: HeaderValue): readonly Endpoint[] {
	const dictionary = readDictionary(value);
	if (dictionary.error !== null) return [];
	return dictionary.members.flatMap(({ key, shape, items }) => {
		const [item] = items;
		const usable = shape === 'item' && (item?.type === 'string' || item?.type === 'unknown');
		return item !== undefined && usable ? [{ name: key, url: item.content }] : [];
	});
}

/** The groups that a Report-To value defines, the older way of naming endpoints: JSON objects with `group`, joined by commas. */
export function reportToGroups(value: HeaderValue): readonly Endpoint[] {
	let parsed: unknown;
	try {
		parsed = JSON.parse(`[${value.text}]`);
	} catch {
		return [];
	}
	return (Array.isArray(parsed) ? parsed : []).flatMap((entry: unknown) => {
		if (typeof entry !== 'object' || entry === null) return [];
		const group: unknown = 'group' in entry ? entry.group : 'default';
		const endpoints: unknown = 'endpoints' in entry ? entry.endpoints : [];
		const first: unknown = Array.isArray(endpoints) ? endpoints[0] : null;
		const url = typeof first === 'object' && first !== null && 'url' in first && typeof first.url === 'string' ? first.url : '';
		return typeof group === 'string' ? [{ name: group, url }] : [];
	});
}

/** A place where a value names an endpoint. */
export interface EndpointUse extends Span {
	readonly name: string;
}

/** The endpoints that a value of the header (lower case name) names, with their offsets; unknown names are left out. */
export function endpointUses(header: string, value: HeaderValue): readonly EndpointUse[] {
	const uses = header.startsWith('content-security-policy')
		? usesInPolicy(value)
		: header.startsWith('integrity-policy')
			? usesInIntegrityPolicy(readDictionary(value))
			: header.startsWith('permissions-policy')
				? usesInMembers(readDictionary(value))
				: usesInItem(value.text);
	return uses.filter(({ name }) => name !== '' && !hasUnknown(name));
}

function usesInPolicy(value: HeaderValue): readonly EndpointUse[] {
	return cspOf(value)
		.policies.flatMap(policy => policy.directives)
		.filter(directive => directive.dropped === null && directive.kind === 'report-group')
		.flatMap(directive => directive.values.slice(0, 1))
		.filter(token => token.certain)
		.map(({ start, end, text }) => ({ start, end, name: text }));
}

function usesInIntegrityPolicy({ members }: Dictionary): readonly EndpointUse[] {
	return members
		.filter(member => member.key === 'endpoints')
		.flatMap(member => member.items)
		.filter(item => item.type === 'token')
		.map(({ start, end, content }) => ({ start, end, name: content }));
}

function usesInMembers({ members }: Dictionary): readonly EndpointUse[] {
	return members
		.flatMap(member => member.parameters)
		.filter(parameter => parameter.key === 'report-to' && parameter.item?.type === 'string')
		.map(({ start, end, item }) => ({ start, end, name: item?.content ?? '' }));
}

/** COOP and COEP: `same-origin; report-to="name"`. */
function usesInItem(text: string): readonly EndpointUse[] {
	const match = /;\s*report-to="([^"\\]*)"/.exec(text);
	if (match?.[1] === undefined) return [];
	const start = match.index + match[0].indexOf('report-to');
	return [{ start, end: match.index + match[0].length, name: match[1] }];
}
