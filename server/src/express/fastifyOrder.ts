import type { Entry } from './app';
import type { Chain, Link, Step } from './steps';

/**
 * Fastify's plugins and hooks run for every route of their scope, also those registered before them. What a hook sets by
 * `reply.header()` wins over helmet, which sets it on the raw answer; error handlers and the one for 404 come last.
 */
export function hooksFirst(links: readonly Link[]): readonly Link[] {
	const told = links.map((link, index) => (link.steps.some(({ kind }) => kind === 'child') ? withContested(link, index, links) : link));
	const rank = ({ entry, isErrorHandler }: Link): number => {
		if (entry.hook === 'onSend') return 0;
		if (isErrorHandler) return 5;
		if (entry.kind === 'route') return entry.paths.length === 0 ? 6 : 4;
		if (entry.handlers.some(handler => handler.kind === 'router')) return 4;
		// The other hooks come when nobody has answered in the first one.
		if (entry.handlers.every(handler => handler.kind === 'code')) return entry.hook === 'onRequest' ? 2 : 3;
		return 1;
	};
	return [0, 1, 2, 3, 4, 5, 6].flatMap(wanted => told.filter(link => rank(link) === wanted));
}

/**
 * Says of a plugin which fields its hooks set in an order that is not looked into: hooks of the parent that are added below it run behind
 * its own (fastify 5, fastify.js, `_addHook`, which adds them to the children as well), those of a later stage do in any case, and what
 * `reply.header()` sets wins over the raw answer of helmet.
 */
function withContested(link: Link, index: number, links: readonly Link[]): Link {
	const steps = link.steps.map((step): Step => {
		if (step.kind !== 'child') return step;
		const own = hooksOf(step.chain);
		const names = new Set(own.flatMap(fieldsSet));
		const hasRaw = own.some(({ entry }) => !isCode(entry));
		const behind = links.filter(
			({ entry }, at) =>
				entry.kind === 'use' && isCode(entry) && (index < at || hasRaw || (entry.hook !== 'onRequest' && entry.hook !== 'onSend')),
		);
		const contested = behind.flatMap(fieldsSet).filter(name => names.has(name));
		return contested.length === 0 ? step : { ...step, contested };
	});
	return { ...link, steps };
}

/** The hooks and plugins of a chain and of those in it. */
function hooksOf(chain: Chain): readonly Link[] {
	return chain.links.flatMap(link => [
		...(link.entry.kind === 'use' && !link.isErrorHandler ? [link] : []),
		...link.steps.flatMap(step => (step.kind === 'child' ? hooksOf(step.chain) : [])),
	]);
}

function isCode({ handlers }: Entry): boolean {
	return handlers.every(({ kind }) => kind === 'code');
}

function fieldsSet({ steps }: Link): readonly string[] {
	return steps.flatMap(step => (step.kind === 'operation' ? [step.operation.name.toLowerCase()] : []));
}
