import { handlerDirectives } from '../caddyfile/directiveNames';
import { goStableSort } from '../caddyfile/goStableSort';
import type { Directive } from '../caddyfile/tree';
import type { Route } from './route';
import type { DirectiveRoutes, GroupCounter } from './siteDraft';

/** The positions of directives after the `order` global options (httpcaddyfile/options.go, `parseOptOrder`); unreadable lines are ignored. */
export function directiveOrder(options: readonly Directive[]): ReadonlyMap<string, number> {
	let order = [...handlerDirectives];
	for (const option of options) {
		if (option.name.text !== 'order') continue;
		const [name, position, other] = option.args.map(argument => argument.text);
		if (name === undefined) continue;
		const without = order.filter(directive => directive !== name);
		if (position === 'first') order = [name, ...without];
		else if (position === 'last') order = [...without, name];
		else if ((position === 'before' || position === 'after') && other !== undefined) {
			const at = without.indexOf(other);
			if (at !== -1) order = without.toSpliced(position === 'before' ? at : at + 1, 0, name);
		}
	}
	return new Map(order.map((directive, position) => [directive, position]));
}

/**
 * Puts the routes of a block's directives in the order they run, groups mutually exclusive ones and merges neighbours, as the
 * adapter does (httptype.go, `buildSubroute`; directives.go, `sortRoutes`; 2.11.4). `sorted` is false for `route` blocks. Sorts
 * `values` in place: the adapter sorts the routes of a site again for each of its listeners, which can change their order.
 */
export function arrangeRoutes(
	values: DirectiveRoutes[],
	order: ReadonlyMap<string, number>,
	groups: GroupCounter,
	sorted: boolean,
): readonly Route[] {
	const arranged = values;
	if (sorted) goStableSort(arranged, (a, b) => standsBefore(a, b, order));
	const groupNames = new Map<string, string | null>();
	for (const directive of ['handle', 'rewrite', 'root']) {
		let count = 0;
		for (const value of arranged) if (value.directive === directive && ++count > 1) break;
		groupNames.set(directive, count > 1 || directive === 'rewrite' ? groups.next() : null);
	}
	const routes: Route[] = [];
	for (const value of arranged) {
		const group = value.single ? groupNames.get(value.directive) : undefined;
		for (const route of value.routes) routes.push(group === undefined ? route : { ...route, group });
	}
	return consolidateRoutes(routes);
}

/** Joins neighbouring routes with equal matchers, group and terminal flag (httptype.go, `consolidateRoutes`). */
export function consolidateRoutes(routes: readonly Route[]): readonly Route[] {
	const merged: Route[] = [];
	let handlers: Route['handlers'][number][] = [];
	for (const route of routes) {
		const last = merged[merged.length - 1];
		if (last !== undefined && last.terminal === route.terminal && last.group === route.group && sameMatchers(last, route)) {
			handlers.push(...route.handlers);
			continue;
		}
		handlers = [...route.handlers];
		merged.push({ ...route, handlers });
	}
	return merged;
}

function sameMatchers(left: Route, right: Route): boolean {
	return (
		left.matcherSets.length === right.matcherSets.length &&
		left.matcherSets.every((set, index) => set === right.matcherSets[index] || set.key === right.matcherSets[index]?.key)
	);
}

function standsBefore(a: DirectiveRoutes, b: DirectiveRoutes, order: ReadonlyMap<string, number>): boolean {
	// A directive without a position counts as position 0: Go's zero value for a missing map entry.
	if (a.directive !== b.directive) return (order.get(a.directive) ?? 0) < (order.get(b.directive) ?? 0);
	const left = a.single ? a.routes[0] : undefined;
	const right = b.single ? b.routes[0] : undefined;
	if (left === undefined || right === undefined) return false;
	const before = moreSpecific(left, right);
	return a.directive === 'vars' ? !before : before;
}

function moreSpecific(left: Route, right: Route): boolean {
	const leftPath = singlePath(left);
	const rightPath = singlePath(right);
	if (leftPath !== '' && rightPath !== '') {
		const leftTrimmed = leftPath.endsWith('*') ? leftPath.slice(0, -1) : leftPath;
		const rightTrimmed = rightPath.endsWith('*') ? rightPath.slice(0, -1) : rightPath;
		if (leftTrimmed === rightTrimmed) return byteLength(leftPath) < byteLength(rightPath);
		const difference = byteLength(leftTrimmed) - byteLength(rightTrimmed);
		return difference === 0 ? compareBytes(leftTrimmed, rightTrimmed) < 0 : 0 < difference;
	}
	return 0 < left.matcherSets.length && right.matcherSets.length === 0;
}

/** The only pattern of the only matcher set, or empty. */
function singlePath(route: Route): string {
	const paths = route.matcherSets.length === 1 ? route.matcherSets[0]?.paths : undefined;
	return paths?.length === 1 ? (paths[0] ?? '') : '';
}

/** The length in UTF-8, as Go's `len` counts. */
export function byteLength(text: string): number {
	let length = text.length;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (0x7f < code) length += 0x7ff < code && (code < 0xd800 || 0xdfff < code) ? 2 : 1;
	}
	return length;
}

/** Orders two texts as Go orders strings: by UTF-8 bytes, which is by code point. */
export function compareBytes(left: string, right: string): number {
	if (left === right) return 0;
	const a = [...left];
	const b = [...right];
	for (let i = 0; i < a.length && i < b.length; i++) {
		const difference = (a[i]?.codePointAt(0) ?? 0) - (b[i]?.codePointAt(0) ?? 0);
		if (difference !== 0) return difference;
	}
	return a.length - b.length;
}
