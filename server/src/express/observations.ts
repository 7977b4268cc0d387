import type { AppObservation } from '../model/appObservation';
import type { Place } from '../text/span';
import { chainEntry } from './app';
import type { ChainParts } from './chain';
import { helmetObservations } from './helmet/facts';
import { noncesOf } from './nonces';
import { overridesOf, repeatedOf } from './overrides';
import { partialHelmet } from './partialHelmet';
import { isForAll } from './pathPattern';
import { reportObservations } from './reportPaths';
import type { Chain, Link } from './steps';

/** The facts about an app's chain that rules judge. */
export function observationsOf(chain: Chain, parts: ChainParts): readonly AppObservation[] {
	return [
		...optionObservations(parts),
		...parts.origins,
		...uncalled(chain, parts),
		...order(chain, parts),
		...partialHelmet(chain, parts),
		...repeatedOf(parts),
		...overridesOf(chain, parts),
		...childApps(chain, parts),
		...parts.helmets.flatMap(helmet => noncesOf(helmet, parts)),
		...afterSend(chain, parts),
		...reportObservations(chain, parts),
	];
}

/** The facts about the options of helmet alone, whatever chain it is in. */
function optionObservations(parts: ChainParts): readonly AppObservation[] {
	return parts.helmets.flatMap(({ handler, group, scope, branch }) =>
		helmetObservations(handler.outcome, { group, place: handler.place, scope, branch }),
	);
}

/** Middleware that was passed without being called. */
function uncalled(chain: Chain, parts: ChainParts): readonly AppObservation[] {
	return allLinks(chain).flatMap(link =>
		link.entry.handlers.flatMap((handler): readonly AppObservation[] => {
			if (handler.kind !== 'not-called') return [];
			return handler.whole
				? [{ kind: 'helmet-not-called', id: parts.nextId(), place: handler.place }]
				: [{ kind: 'standalone-not-called', id: parts.nextId(), place: handler.place, label: handler.label }];
		}),
	);
}

/** What is registered before the first helmet on the whole app goes without its headers. */
function order(chain: Chain, parts: ChainParts): readonly AppObservation[] {
	const whole = wholeHelmet(chain);
	if (whole === null || whole.before.length === 0) return [];
	return [
		{
			kind: 'helmet-after',
			id: parts.nextId(),
			place: whole.place,
			before: whole.before.map(({ entry, branch }) => chainEntry(entry, branch)),
		},
	];
}

/** The first helmet that all behind it has, also one in a router that is mounted at the root, with what stands before it. */
export function wholeHelmet(chain: Chain): { readonly link: Link; readonly place: Place; readonly before: readonly Link[] } | null {
	for (const [index, link] of chain.links.entries()) {
		const inner = isWholeHelmet(link) ? null : helmetOfRouter(link);
		if (!isWholeHelmet(link) && inner === null) continue;
		const outside = chain.links.slice(0, index).filter(losesHeaders);
		const handler = link.entry.handlers.find(({ kind }) => kind === 'helmet');
		const place = handler?.place ?? (0 < outside.length || inner === null ? link.entry.place : inner.place);
		return { link, place, before: [...outside, ...(inner?.before ?? [])] };
	}
	return null;
}

function helmetOfRouter({ entry, branch, steps }: Link): ReturnType<typeof wholeHelmet> {
	if (entry.kind !== 'use' || 0 < entry.paths.length || branch !== null) return null;
	for (const step of steps) {
		const found = step.kind === 'child' && step.branch === null && step.chain.app.kind === 'router' ? wholeHelmet(step.chain) : null;
		if (found !== null && found.link.branch === null) return found;
	}
	return null;
}

/** `app.use(helmet())`, at the root of the app. */
export function isWholeHelmet(link: Link): boolean {
	const { entry } = link;
	return entry.kind === 'use' && isForAll(entry.paths) && entry.handlers.some(handler => handler.kind === 'helmet');
}

/** Whether a registration answers requests by itself, so that what comes behind it never runs for them. */
export function losesHeaders(link: Link): boolean {
	if (link.isErrorHandler) return false;
	if (link.entry.kind === 'route') return !link.entry.handlers.some(handler => handler.kind === 'helmet');
	return link.steps.some(step => {
		switch (step.kind) {
			case 'child':
				return step.chain.links.some(({ isErrorHandler }) => !isErrorHandler) && !isWholeHelmet(step.chain.links[0] ?? link);
			case 'static':
				return true;
			case 'end':
				return step.only === 'preflight' || step.branch === null;
			default:
				return false;
		}
	});
}

/** A child `express()` sends X-Powered-By again, although the parent's helmet took it out. */
function childApps(chain: Chain, parts: ChainParts): readonly AppObservation[] {
	const removes = chain.links.some(isWholeHelmet) || chain.app.poweredBy.some(({ on }) => !on);
	if (!removes) return [];
	return chain.links.flatMap(link =>
		link.steps.flatMap((step): readonly AppObservation[] => {
			if (step.kind !== 'child') return [];
			const { app } = step.chain;
			if (app.kind !== 'app' || app.framework !== 'express' || app.poweredBy.some(({ on }) => !on) || step.chain.links.some(isWholeHelmet))
				return [];
			return [
				{
					kind: 'child-powered-by',
					id: parts.nextId(),
					place: app.place,
					mount: link.entry.place,
					label: app.name === '' ? 'the mounted app' : app.name,
				},
			];
		}),
	);
}

/**
 * A header that is set behind the call that sends the answer, in the same handler and always. Only `res` sends at once: what koa's
 * `ctx.body` and hono's `c.json()` say goes out when the handlers are done.
 */
function afterSend(chain: Chain, parts: ChainParts): readonly AppObservation[] {
	if (chain.app.framework !== 'express' && chain.app.framework !== 'nest') return [];
	return allLinks(chain).flatMap(link =>
		link.entry.handlers.flatMap(handler => {
			if (handler.kind !== 'code') return [];
			const { events } = handler.trace;
			const at = events.findIndex(event => event.kind === 'end' && event.conditions.length === 0);
			const end = events[at];
			if (end === undefined || end.kind !== 'end') return [];
			return events.slice(at + 1).flatMap((event): readonly AppObservation[] => {
				if (event.kind !== 'operation' || event.conditions.length !== 0 || event.operation.place.span.start < end.place.span.end) return [];
				return [
					{ kind: 'headers-after-send', id: parts.nextId(), place: event.operation.place, sent: end.place, header: event.operation.name },
				];
			});
		}),
	);
}

/** The links of a chain and of everything mounted on it. */
export function allLinks(chain: Chain): readonly Link[] {
	return chain.links.flatMap(link => [link, ...link.steps.flatMap(step => (step.kind === 'child' ? allLinks(step.chain) : []))]);
}
