import type { FixIntent } from '../../../fixes/intent';
import { type Endpoint, endpointsOf, reportToGroups } from '../../../headers/reporting';
import { fieldsOf, responsesOf } from '../../../model/responsesOf';
import { settingOperations } from '../../../model/sentHeaders';
import type { EffectiveHeader, EffectiveResponse } from '../../../model/surface';
import { hasUnknown } from '../../../model/value';
import type { ValueSubject } from '../../rule';

/** The endpoints that a response defines, by Reporting-Endpoints first, then by Report-To. */
export function endpointsIn(response: EffectiveResponse): readonly Endpoint[] {
	return [
		...fieldsOf(response, 'reporting-endpoints').flatMap(({ value }) => endpointsOf(value)),
		...fieldsOf(response, 'report-to').flatMap(({ value }) => reportToGroups(value)),
	];
}

/** Whether a field of the response defines endpoints that are not known statically. */
export function hasUnknownEndpoints(response: EffectiveResponse): boolean {
	return ['reporting-endpoints', 'report-to'].some(name => fieldsOf(response, name).some(({ value }) => hasUnknown(value.text)));
}

/**
 * The endpoints that every response with the subject's value defines. A part that answers nothing by itself, a router of its own, is asked
 * what it sets.
 */
export function sentEndpoints(subject: ValueSubject): readonly Endpoint[] {
	if (subject.surface.responses.length === 0)
		return settingOperations(subject.surface, 'reporting-endpoints').flatMap(({ value }) => (value === null ? [] : endpointsOf(value)));
	const [first, ...rest] = answersWith(subject).map(endpointsIn);
	return (first ?? []).filter(({ name }) => rest.every(endpoints => endpoints.some(endpoint => endpoint.name === name)));
}

/** The intent that makes the responses with the subject's value define an endpoint: in the field that is there, or a new one. */
export function insertEndpoint(subject: ValueSubject, name: string, url: string): FixIntent {
	const { surface } = subject;
	const present = answersWith(subject).flatMap(response => fieldsOf(response, 'reporting-endpoints'))[0];
	const text = `${name}="${url}"`;
	if (isWritten(present)) {
		const end = present.value.text.trimEnd().length;
		const edits = [{ start: end, end, text: 0 < end ? `, ${text}` : text }];
		return { kind: 'change-value', operation: present.operation, edits };
	}
	return { kind: 'insert-headers', surface, headers: [{ name: 'Reporting-Endpoints', value: text }] };
}

type WrittenHeader = EffectiveHeader & { readonly operation: NonNullable<EffectiveHeader['operation']> };

function isWritten(header: EffectiveHeader | undefined): header is WrittenHeader {
	return header?.operation?.origin === 'written' && header.operation.value === header.value;
}

/** The responses with the subject's value; all of the surface where none is known to carry it, as on a path that no route has. */
function answersWith({ surface, operation }: ValueSubject): readonly EffectiveResponse[] {
	const responses = responsesOf(surface, operation);
	return responses.length === 0 ? surface.responses : responses;
}
