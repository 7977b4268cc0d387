import type { AppObservation } from '../model/appObservation';
import type { HeaderOperation, OperationScope } from '../model/operation';
import { renderedValue } from '../model/value';
import type { Place } from '../text/span';
import {
	type AppRecord,
	alwaysSet,
	type Entry,
	type Handler,
	type HelmetHandler,
	type RawOperation,
	type SetOperation,
	type TraceEvent,
} from './app';
import { corsOutcome } from './corsHeaders';
import { unmatchedOrigins } from './corsOrigins';
import { hooksFirst } from './fastifyOrder';
import { bothCases, caseOf, casesOf, headerValueOf } from './headerValue';
import { helmetOperations } from './helmet/facts';
import { scopeOf } from './scope';
import { fileCacheControl } from './staticFiles';
import type { Chain, Link, Step } from './steps';

/** What making the chain of one surface collects. */
export interface ChainParts {
	readonly operations: HeaderOperation[];
	/** Helmet calls by the group of their operations. */
	readonly helmets: {
		readonly group: string;
		readonly handler: HelmetHandler;
		/** Null where it is in no chain. */
		readonly entry: Entry | null;
		readonly scope: OperationScope | null;
		readonly branch: string | null;
		readonly app: AppRecord | null;
	}[];
	readonly raw: { readonly operation: HeaderOperation; readonly written: RawOperation }[];
	readonly statics: { readonly folder: string | null; readonly place: Place; readonly mount: string }[];
	readonly unknowns: { readonly reason: string; readonly place: Place }[];
	/** What cors' lists of origins hold in vain. */
	readonly origins: AppObservation[];
	/** Whether code in sight, but for what stands at the `later` places, writes `res.locals.<name>`; null where code that could is not in sight. */
	readonly writesLocal: ((name: string, later: readonly Place[]) => boolean) | null;
	nextId(): string;
	/** Whether the code at a place looks at a request's body; false where its text is not in sight. */
	readsBody(place: Place): boolean;
}

/** Makes the operations of an app and of everything mounted on it. `mount` is the path it is mounted at, `seen` guards against a cycle. */
export function makeChain(
	app: AppRecord,
	parts: ChainParts,
	mount = '',
	outer: string | null = null,
	seen: readonly AppRecord[] = [],
): Chain {
	for (const each of app.unknowns) parts.unknowns.push(each);
	const forAll = new Set(app.entries.flatMap(({ route, method }) => (route !== null && method === null ? [route] : [])));
	const linkOf = (entry: Entry): Link => {
		const branch = bothCases(outer, caseOf(entry.conditions.filter(condition => !app.conditions.includes(condition))));
		const path = `${mount}${entry.paths[0]?.source ?? ''}`;
		const scope = mount === '' && entry.paths.length === 0 && entry.method === null ? null : scopeOf(entry.method, path, entry);
		const binder: Binder = { app, entry, scope, path, parts, seen: [...seen, app] };
		const steps = entry.handlers.flatMap((handler): readonly Step[] => [
			{ kind: 'begin' },
			...stepsOf(handler, bothCases(branch, caseOf(handler.conditions)), binder),
		]);
		return {
			entry,
			branch,
			steps: entry.hook === 'onSend' ? steps.flatMap(lateStep) : steps,
			isErrorHandler: entry.handlers.some(handler => handler.kind === 'code' && handler.trace.isErrorHandler),
			isOfAll: entry.route !== null && forAll.has(entry.route),
		};
	};
	const links = app.entries.map(linkOf);
	const params = app.params.map(({ name, entry }) => ({ name, link: linkOf(entry) }));
	return { app, params, links: app.framework === 'fastify' ? hooksFirst(links) : links };
}

/** What a hook does when the answer is ready; it cannot answer any more. */
function lateStep(step: Step): readonly Step[] {
	if (step.kind === 'operation') return [{ ...step, late: true }];
	return step.kind === 'begin' || step.kind === 'next' || step.kind === 'unknown' ? [step] : [];
}

interface Binder {
	readonly app: AppRecord;
	readonly entry: Entry;
	readonly scope: OperationScope | null;
	readonly path: string;
	readonly parts: ChainParts;
	readonly seen: readonly AppRecord[];
}

function stepsOf(handler: Handler, branch: string | null, binder: Binder): readonly Step[] {
	const { parts, scope } = binder;
	switch (handler.kind) {
		case 'helmet': {
			const group = parts.nextId();
			const operations = helmetOperations(handler.outcome, { group, place: handler.place, scope, branch });
			parts.operations.push(...operations);
			parts.helmets.push({ group, handler, entry: binder.entry, scope, branch, app: binder.app });
			// What is called for each request, by @fastify/helmet or in a handler, ends every request when it throws.
			const throws = handler.outcome.problems.some(
				problem => problem.kind === 'helmet-throws' && (problem.when === 'request' || handler.perRequest) && problem.branch === null,
			);
			return [
				...(throws ? [{ kind: 'fail', branch, status: 500, isLost: false, isEarly: handler.replaces } as const] : []),
				...operations.map(
					(operation): Step => ({
						kind: 'operation',
						operation,
						only: null,
						certain: true,
						late: handler.library === 'hono',
						yields: handler.replaces,
					}),
				),
				{ kind: 'next', branch: null },
			];
		}
		case 'cors':
			return corsSteps(handler, branch, binder);
		case 'static':
			parts.statics.push({ folder: handler.folder, place: handler.place, mount: binder.path.replace(/\/$/, '') });
			return [
				{
					kind: 'static',
					mount: handler,
					steps: handler.trace?.events.flatMap(event => codeStep(event, branch, binder, groupOf(binder))) ?? [],
					cacheControl: fileCacheControl(handler.options, handler.place),
					branch,
				},
				{ kind: 'next', branch: null },
			];
		case 'router':
			if (binder.seen.includes(handler.app)) return [];
			return [{ kind: 'child', chain: makeChain(handler.app, parts, binder.path.replace(/\/$/, ''), branch, binder.seen), branch }];
		case 'code':
			return handler.trace.events.flatMap(event => codeStep(event, branch, binder, groupOf(binder)));
		case 'helmet-undone': {
			const { outcome } = handler.handler;
			const isUndone = ({ group }: HeaderOperation): boolean =>
				parts.helmets.some(each => each.group === group && each.handler.outcome === outcome);
			return [
				{ kind: 'undo', isUndone, branch },
				{ kind: 'next', branch: null },
			];
		}
		case 'sets': {
			const group = parts.nextId();
			return [...handler.operations.flatMap(each => bind(each, branch, group, binder)), { kind: 'next', branch: null }];
		}
		case 'harmless':
			return [
				...(handler.refusal === undefined ? [] : [{ kind: 'refusal', refusal: handler.refusal, branch } as const]),
				{ kind: 'next', branch: null },
			];
		case 'not-called':
			return handler.whole ? [{ kind: 'fail', branch, status: 500, isLost: false }] : [{ kind: 'hang' }];
		case 'unknown':
			return [
				{ kind: 'unknown', reason: handler.reason, place: handler.place },
				{ kind: 'next', branch: null },
			];
		default:
			return [{ kind: 'next', branch: null }];
	}
}

/** Operations of one middleware share a group. */
function groupOf(binder: Binder): string {
	return binder.parts.nextId();
}

function codeStep(event: TraceEvent, outer: string | null, binder: Binder, group: string): readonly Step[] {
	const branch = bothCases(outer, caseOf(event.conditions));
	switch (event.kind) {
		case 'operation':
			return bind(alwaysSet(event.operation), branch, group, binder);
		case 'next':
			return event.to === 'error' || event.to === 'nowhere'
				? [{ kind: 'fail', branch: caseOf(event.conditions), status: event.status, isLost: event.to === 'nowhere' }]
				: [{ kind: event.to, branch: caseOf(event.conditions), guarded: event.guarded }];
		case 'end':
			return [
				{
					kind: 'end',
					branch: caseOf(event.conditions),
					status: event.status,
					outcome: event.outcome,
					body: event.body,
					...(event.page === undefined ? {} : { page: event.page }),
					only: null,
					place: event.place,
				},
			];
		case 'typed':
			return [{ kind: 'typed', branch: caseOf(event.conditions) }];
		case 'file':
			return [{ kind: 'file', path: event.path, branch: caseOf(event.conditions) }];
		default:
			return stepsOf(event.handler, branch, binder).filter(step => step.kind !== 'next');
	}
}

/** One operation for each case of its value. */
function bind(set: SetOperation, branch: string | null, group: string, binder: Binder): readonly Step[] {
	const { parts, scope } = binder;
	const { raw, origin, certain, late, judged, unlessTyped } = set;
	return (raw.value === null ? [{ value: null, branch }] : casesOf(raw.value, branch)).flatMap((each): readonly Step[] => {
		const values = each.value?.kind === 'array' && !each.value.open && raw.action !== 'delete' ? each.value.elements : [each.value];
		return values.flatMap((item, index): readonly Step[] => {
			const value = item === null ? null : headerValueOf(item);
			if (raw.action !== 'delete' && value === null) return [];
			const operation: HeaderOperation = {
				id: parts.nextId(),
				action: raw.action === 'set' && 0 < index ? 'add' : raw.action,
				name: raw.name,
				namePlace: raw.namePlace,
				value,
				place: raw.place,
				timing: 'immediate',
				direction: 'response',
				origin,
				group,
				scope,
				branch: each.branch,
			};
			if (judged) {
				parts.operations.push(operation);
				parts.raw.push({ operation, written: raw });
			}
			return [{ kind: 'operation', operation, only: null, certain, late, ...(unlessTyped === true ? { unlessTyped } : {}) }];
		});
	});
}

/** cors answers every OPTIONS request itself and lets the others pass (cors 2.8). */
function corsSteps(handler: Extract<Handler, { kind: 'cors' }>, branch: string | null, binder: Binder): readonly Step[] {
	const { parts, scope } = binder;
	const outcome = corsOutcome(handler.options, handler.place, handler.library);
	parts.origins.push(...unmatchedOrigins(handler.options, handler.library, branch, () => parts.nextId()));
	const group = parts.nextId();
	const operations = outcome.headers.map((header): Step => {
		const operation: HeaderOperation = {
			id: parts.nextId(),
			action: header.action,
			name: header.name,
			namePlace: header.option?.keyPlace ?? null,
			value: header.value,
			place: header.option?.place ?? handler.place,
			timing: 'immediate',
			direction: 'response',
			origin: header.option === null ? 'default' : 'written',
			group,
			scope,
			branch: bothCases(branch, header.branch),
		};
		parts.operations.push(operation);
		return { kind: 'operation', operation, only: header.only, certain: header.always };
	});
	if (outcome.preflightContinue) return [...operations, { kind: 'next', branch: null }];
	return [
		...operations,
		{
			kind: 'end',
			branch,
			status: outcome.optionsSuccessStatus,
			outcome: 'empty',
			body: 'unknown',
			only: 'preflight',
			place: handler.place,
		},
		{ kind: 'next', branch: null },
	];
}

/** The value of `X-Powered-By` that express sends unasked. */
export const poweredByExpress = renderedValue('Express');
