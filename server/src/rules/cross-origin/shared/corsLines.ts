import { type AllowedOrigin, readAllowedOrigin } from '../../../headers/cors';
import { admitsEveryOrigin, isDevelopmentOnly } from '../../../model/branch';
import type { HeaderOperation } from '../../../model/operation';
import { contentResponses, sentLines } from '../../../model/sentHeaders';
import type { EffectiveHeader, EffectiveResponse, Surface } from '../../../model/surface';
import { placeInValue } from '../../../model/value';
import type { Place } from '../../../text/span';

/** A response that allows an origin, with what it says about credentials. */
export interface CorsResponse {
	readonly response: EffectiveResponse;
	readonly line: EffectiveHeader;
	readonly operation: HeaderOperation;
	readonly origin: AllowedOrigin;
	/** Whether requests of certain origins only get this line. */
	readonly isChosen: boolean;
	/** The line that allows credentials, or null. */
	readonly credentials: EffectiveHeader | null;
	readonly place: Place;
}

/** Every Access-Control-Allow-Origin that the author wrote for an answer with content, once per operation and response. */
export function corsResponses(surface: Surface): readonly CorsResponse[] {
	return contentResponses(surface).flatMap(response =>
		sentLines(response, 'access-control-allow-origin').flatMap((line): readonly CorsResponse[] => {
			const { operation, value } = line;
			if (operation === null || operation.origin !== 'written' || isDevelopmentOnly(operation.branch)) return [];
			const credentials = allowingCredentials(response, line);
			const place = placeInValue(value, 0, value.text.length) ?? operation.place;
			const origin = readAllowedOrigin(value);
			const isChosen = operation.scope?.choosesOrigin === true;
			const isListed = origin.kind === 'reflected' && (isChosen || !admitsEveryOrigin(operation.branch));
			return [{ response, line, operation, origin: isListed ? { kind: 'unknown' } : origin, isChosen, credentials, place }];
		}),
	);
}

/** The line of a response that allows credentials wherever `line` is there, too; null for none. */
export function allowingCredentials(response: EffectiveResponse, line: EffectiveHeader): EffectiveHeader | null {
	const allowing = sentLines(response, 'access-control-allow-credentials');
	return allowing.find(other => other.value.text.trim() === 'true' && goTogether(line, other)) ?? null;
}

/** Whether an answer with one of two lines has the other, too: of two that are only perhaps there, each may stand for another case. */
function goTogether(line: EffectiveHeader, other: EffectiveHeader): boolean {
	if (line.certainty === 'always' || other.certainty === 'always') return true;
	const [one, two] = [line.operation, other.operation];
	return one !== null && two !== null && one.branch === two.branch && (one.branch !== null || one.group === two.group);
}
