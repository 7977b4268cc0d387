import type { EffectiveResponse } from '../model/surface';
import type { Refusal } from './app';
import { effectiveResponse } from './effectiveResponse';
import type { AppAnswer } from './joinAnswers';
import { withoutSlash } from './pathPattern';
import { anyRequest } from './requestState';
import { profileOf } from './scope';
import { answer } from './simulate';
import type { Chain, Link } from './steps';

/** More routes than this are not each answered for; the first ones stand for the rest. */
const ROUTE_LIMIT = 400;

/** A route with the path it is reached at. */
interface Reached {
	readonly link: Link;
	readonly path: string;
	readonly shown: string;
}

/**
 * The answers of an app that differ: of each route, to a preflight, to what nobody answers, to an error, and to what middleware
 * does not let through.
 */
export function responsesOf(chain: Chain): readonly EffectiveResponse[] {
	const routes = routesOf(chain, '', '').slice(0, ROUTE_LIMIT);
	const ask = (method: string, path: string, fails = false, refusedBy: Refusal | null = null): AppAnswer =>
		answer(chain, { ...anyRequest(method, path), fails, refusedBy });
	const responses: EffectiveResponse[] = [];
	const seen = new Set<string>();
	for (const { link, path, shown } of routes) {
		const method = link.entry.method ?? 'GET';
		if (seen.has(`${method} ${shown}`)) continue;
		seen.add(`${method} ${shown}`);
		const scope = { label: `${method} ${shown}`, profile: profileOf(shown, link.entry) };
		responses.push(effectiveResponse(ask(method, path), { method, url: path }, scope, null));
	}
	const first = routes.find(route => route.link.entry.method !== null) ?? routes[0];
	const somewhere = first?.path ?? '/';
	const preflight = ask('OPTIONS', somewhere);
	if (preflight.ending.by === 'preflight' || preflight.ending.by === 'auto-options')
		responses.push(
			effectiveResponse(preflight, { method: 'OPTIONS', url: somewhere }, { label: 'preflight requests', profile: 'api' }, null),
		);
	const missing = '/headerlint-no-such-path';
	responses.push(
		effectiveResponse(ask('GET', missing), { method: 'GET', url: missing }, { label: 'paths nobody answers', profile: null }, null),
	);
	if (first !== undefined)
		responses.push(
			effectiveResponse(
				ask(first.link.entry.method ?? 'GET', first.path, true),
				{ method: first.link.entry.method ?? 'GET', url: first.path },
				{ label: 'errors', profile: null },
				null,
			),
		);
	for (const { refusal, path } of refusalsOf(chain, '')) {
		const scope = { label: `${refusal.label} (${refusal.status})`, profile: 'api' } as const;
		const reached = path === '' ? somewhere : path;
		responses.push(effectiveResponse(ask('POST', reached, false, refusal), { method: 'POST', url: reached }, scope, null));
	}
	return responses;
}

/** What middleware answers by itself, with the path it is mounted at. */
function refusalsOf(chain: Chain, mount: string): readonly { readonly refusal: Refusal; readonly path: string }[] {
	return chain.links.flatMap(link => {
		const path = `${mount}${withoutSlash(link.entry.paths[0]?.sample ?? '')}`;
		return link.steps.flatMap(step =>
			step.kind === 'refusal' ? [{ refusal: step.refusal, path }] : step.kind === 'child' ? refusalsOf(step.chain, path) : [],
		);
	});
}

/** Every route of an app and of the routers mounted on it, in order. */
export function routesOf(chain: Chain, mount: string, shown: string): readonly Reached[] {
	return chain.links.flatMap((link): readonly Reached[] => {
		const pattern = link.entry.paths[0];
		const path = `${mount}${pattern?.sample ?? ''}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
		const label = `${shown}${pattern?.source ?? ''}`.replace(/\/{2,}/g, '/');
		if (link.entry.kind === 'route') return [{ link, path: path === '' ? '/' : path, shown: label === '' ? '/' : label }];
		return link.steps.flatMap(step =>
			step.kind === 'child' ? routesOf(step.chain, path === '/' ? '' : path, label === '/' ? '' : label) : [],
		);
	});
}
