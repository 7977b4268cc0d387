/** Which file or `file:snippet` imports which, to find cycles (caddyconfig/caddyfile/importgraph.go, 2.11.4). */
export type ImportGraph = Map<string, Set<string>>;

/**
 * Notes that `from` imports each of `targets`. Answers with Caddy's words where one of them already leads back to `from`; the
 * targets before it are noted all the same.
 */
export function addImports(graph: ImportGraph, from: string, targets: readonly string[]): string | null {
	for (const target of targets) {
		if (leadsTo(graph, target, from)) return `a cycle of imports exists between ${from} and ${target}`;
		const known = graph.get(from);
		if (known === undefined) graph.set(from, new Set([target]));
		else known.add(target);
	}
	return null;
}

function leadsTo(graph: ImportGraph, start: string, goal: string): boolean {
	const seen = new Set<string>();
	const open = [...(graph.get(start) ?? [])];
	for (let node = open.pop(); node !== undefined; node = open.pop()) {
		if (node === goal) return true;
		if (seen.has(node)) continue;
		seen.add(node);
		open.push(...(graph.get(node) ?? []));
	}
	return false;
}
