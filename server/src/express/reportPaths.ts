import { heededDirective } from '../headers/csp/effective';
import { cspOf } from '../headers/csp/parse';
import { endpointsOf } from '../headers/reporting';
import type { StaticValue } from '../javascript/staticValue';
import type { AppObservation } from '../model/appObservation';
import type { HeaderOperation } from '../model/operation';
import { hasUnknown, placeInValue } from '../model/value';
import type { Place } from '../text/span';
import type { Entry, Handler } from './app';
import type { ChainParts } from './chain';
import type { AppAnswer } from './joinAnswers';
import { accepts, parserTypes } from './parserTypes';
import { anyRequest } from './requestState';
import { answer } from './simulate';
import type { Chain, Link } from './steps';

/** A path of this app that reports are sent to. */
interface ReportPath {
	readonly path: string;
	/** What is sent there: by `report-uri` and by the Reporting API (CSP3 5.3; Reporting API 3.5.2). */
	readonly types: Set<string>;
	/** Where it is written first. */
	readonly operation: HeaderOperation;
	readonly start: number;
	readonly end: number;
}

/**
 * What becomes of the reports that a policy sends to a path of the same Express app: nobody answers there, or no body parser in
 * front of the route reads them. Nothing is said where code that is not in sight may answer or parse.
 */
export function reportObservations(chain: Chain, parts: ChainParts): readonly AppObservation[] {
	const { app } = chain;
	if (app.framework !== 'express' || app.kind !== 'app' || app.partial || parts.unknowns.some(({ reason }) => reason.includes('arguments')))
		return [];
	return reportPaths(parts.operations).flatMap((found): readonly AppObservation[] => {
		const answered = answer(chain, anyRequest('POST', found.path));
		if (0 < answered.unknowns.length) return [];
		if (answered.ending.by === 'not-found') return mayAnswer(answered) ? [] : [unserved(found, chain, parts)];
		return answered.ending.by === 'handler' ? unread(found, answered, parts) : [];
	});
}

function unserved({ path, operation, start, end }: ReportPath, chain: Chain, parts: ChainParts): AppObservation {
	const place = (operation.value === null ? null : placeInValue(operation.value, start, end)) ?? operation.place;
	return { kind: 'report-path-unserved', id: parts.nextId(), place, path, header: operation.name, app: chain.app.place };
}

/** Relative URLs with a path, in the policies and endpoints of an app. */
function reportPaths(operations: readonly HeaderOperation[]): readonly ReportPath[] {
	const found = new Map<string, ReportPath>();
	const add = (url: string, type: string, operation: HeaderOperation, start: number, end: number): void => {
		const path = /^\/(?!\/)[^?#]*/.exec(url)?.[0];
		if (path === undefined || hasUnknown(path)) return;
		const known = found.get(path) ?? { path, types: new Set<string>(), operation, start, end };
		known.types.add(type);
		found.set(path, known);
	};
	for (const operation of operations) {
		const { value, name } = operation;
		if (value === null || operation.action === 'delete') continue;
		if (/^content-security-policy(?:-report-only)?$/i.test(name))
			for (const policy of cspOf(value).policies)
				for (const token of heededDirective(policy, 'report-uri')?.values ?? [])
					add(token.text, 'application/csp-report', operation, token.start, token.end);
		if (/^reporting-endpoints$/i.test(name))
			for (const { url } of endpointsOf(value)) {
				const at = value.text.indexOf(url);
				add(url, 'application/reports+json', operation, Math.max(0, at), Math.max(0, at) + url.length);
			}
	}
	return [...found.values()];
}

/** Whether something on the way may answer in a case that is not decided here: a test on the path, a proxy. */
function mayAnswer({ passed }: AppAnswer): boolean {
	return passed.some(({ link }) =>
		link.steps.some(step => step.kind === 'end' && step.only === null) ? true : link.entry.handlers.some(isProxy),
	);
}

function isProxy(handler: Handler): boolean {
	return (
		handler.kind === 'harmless' &&
		handler.answers &&
		handler.parser === undefined &&
		/prox|graphql|trpc|apollo|history/i.test(handler.label)
	);
}

/** A handler that looks at `req.body`, with parsers in front of it that do not read what is sent. */
function unread({ path, types }: ReportPath, { passed }: AppAnswer, parts: ChainParts): readonly AppObservation[] {
	const route = passed.at(-1)?.link;
	const handler = route?.entry.handlers.at(-1);
	if (route === undefined || handler === undefined || !parts.readsBody(handler.place)) return [];
	const parsers = passed.flatMap(({ link }) => link.entry.handlers).filter(each => each.kind === 'harmless' && each.parser !== undefined);
	const read = parsers.map(each => (each.kind === 'harmless' && each.parser !== undefined ? parserTypes(each.parser) : null));
	if (!read.every(each => each !== null) || passed.some(({ link }) => hidesParser(link))) return [];
	const all = read.flat();
	const lost = [...types].filter(type => !accepts(all, type));
	if (lost.length === 0) return [];
	const own = route.entry.handlers.find(each => each.kind === 'harmless' && each.parser?.kind === 'json');
	const option = own?.kind === 'harmless' && own.parser !== undefined ? typeOption(own.parser.options) : null;
	const wanted = [...new Set([...(option === null ? [] : (textsOf(option) ?? [])), ...types])];
	return [
		{
			kind: 'report-body-parser',
			id: parts.nextId(),
			place: option?.place ?? own?.place ?? calleePlace(route.entry),
			path,
			types: [...new Set(all)],
			lost,
			repairs: repairsOf(option, own, wanted, lost),
			insertion: own === undefined ? (route.entry.handlers[0]?.place ?? null) : null,
		},
	];
}

/** `app.post` of `app.post('/csp-report', ...)`. */
function calleePlace({ node, place }: Entry): Place {
	return node?.type === 'CallExpression' ? { path: place.path, span: { start: node.callee.range[0], end: node.callee.range[1] } } : place;
}

/** Middleware of our own may read the body by itself. */
function hidesParser(link: Link): boolean {
	return link.entry.kind === 'use' && link.entry.handlers.some(({ kind }) => kind === 'unknown');
}

function repairsOf(
	option: StaticValue | null,
	own: Handler | undefined,
	wanted: readonly string[],
	lost: readonly string[],
): Extract<AppObservation, { kind: 'report-body-parser' }>['repairs'] {
	const elements = wanted.map(value => ({ kind: 'string' as const, value }));
	const title = `Read ${lost.join(' and ')} too`;
	if (option !== null)
		return [
			{
				variant: 'read-reports',
				title,
				safe: false,
				change: { kind: 'replace-value', place: option.place, value: { kind: 'array', elements } },
			},
		];
	const options = own?.kind === 'harmless' ? (own.parser?.options ?? null) : null;
	if (options?.kind !== 'object') return [];
	return [
		{
			variant: 'read-reports',
			title,
			safe: false,
			change: { kind: 'add-property', object: options.place, name: 'type', value: { kind: 'array', elements } },
		},
	];
}

function typeOption(options: StaticValue | null): StaticValue | null {
	return options?.kind === 'object' ? (options.entries.findLast(({ key }) => key === 'type')?.value ?? null) : null;
}

function textsOf(type: StaticValue): readonly string[] | null {
	const values = type.kind === 'array' && !type.open ? type.elements : [type];
	const texts = values.map(value => (value.kind === 'string' ? value.value.toLowerCase() : null));
	return texts.every(text => text !== null) ? texts : null;
}
