import { canonicalName } from '../../headers/names';
import { isDevelopmentOnly } from '../../model/branch';
import { sentLines } from '../../model/sentHeaders';
import { placeInValue } from '../../model/value';
import { removeOperation } from '../generic/shared/reporting';
import type { Rule } from '../rule';
import { allowingCredentials, corsResponses } from './shared/corsLines';

/** `*` together with credentials, which browsers refuse (Fetch, "CORS check"). */
export const rule: Rule = {
	id: 'cors-wildcard-with-credentials',
	family: 'cross-origin',
	summary: 'Access-Control-Allow-Origin: * does not go together with credentials',
	severity: { ui: 'error', api: 'error', strict: 'error' },
	fix: 'suggested',
	checkSurface({ surface }, report) {
		for (const { origin, credentials, place } of corsResponses(surface)) {
			if (origin.kind !== 'any' || credentials === null) continue;
			const { operation } = credentials;
			report({
				place,
				message:
					'Access-Control-Allow-Origin: browsers refuse `*` for requests with credentials, so those fail. Name the origins that may send cookies, or drop Access-Control-Allow-Credentials.',
				headers: ['Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials'],
				fixes: operation === null ? [] : [removeOperation('Remove Access-Control-Allow-Credentials', false, operation)],
			});
		}
		for (const response of surface.responses) {
			for (const name of listing) {
				const line = sentLines(response, name).find(({ value }) => value.text.trim() === '*');
				const operation = line?.operation ?? null;
				if (line === undefined || operation?.origin !== 'written' || isDevelopmentOnly(operation.branch)) continue;
				if (allowingCredentials(response, line) === null) continue;
				const shown = canonicalName(name);
				report({
					place: placeInValue(line.value, 0, line.value.text.length) ?? operation.place,
					severity: 'warning',
					message: `${shown}: beside Access-Control-Allow-Credentials \`*\` is a name like any other, not all of them, so requests with cookies that need more are refused. Write the names.`,
					headers: [shown, 'Access-Control-Allow-Credentials'],
				});
			}
		}
	},
};

/** Lists in which `*` stands for itself where credentials are allowed (Fetch, "CORS protocol and credentials"). */
const listing = ['access-control-allow-headers', 'access-control-allow-methods', 'access-control-expose-headers'];
