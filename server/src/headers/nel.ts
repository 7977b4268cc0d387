/**
 * What is wrong with a NEL value, as a clause, or null; and the group it reports to, or null where it needs none. A NEL policy is a
 * JSON object with `max_age` in seconds (0 takes the policy back), `report_to` and fractions from 0 to 1 (Network Error Logging, section 4).
 */
export function nelFault(text: string): { readonly fault: string | null; readonly group: string | null } {
	let policy: unknown;
	try {
		policy = JSON.parse(text);
	} catch {
		return { fault: 'the value is not JSON', group: null };
	}
	if (typeof policy !== 'object' || policy === null || Array.isArray(policy))
		return { fault: 'the value is not a JSON object', group: null };
	const members: ReadonlyMap<string, unknown> = new Map(Object.entries(policy));
	const maxAge = members.get('max_age');
	if (typeof maxAge !== 'number' || maxAge < 0) return { fault: 'max_age is not a number of seconds', group: null };
	const group = members.get('report_to');
	if (maxAge !== 0 && (typeof group !== 'string' || group === '')) return { fault: 'report_to does not name a group', group: null };
	for (const name of ['success_fraction', 'failure_fraction']) {
		const fraction = members.get(name);
		if (fraction !== undefined && (typeof fraction !== 'number' || fraction < 0 || 1 < fraction))
			return { fault: `${name} is not a number from 0 to 1`, group: null };
	}
	return { fault: null, group: maxAge !== 0 && typeof group === 'string' ? group : null };
}
