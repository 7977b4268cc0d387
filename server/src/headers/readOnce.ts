/**
 * A reader of header values that remembers what it read: thousands of sites send the same few values, and many rules read each.
 * `read` must depend on the text alone. At most `limit` texts are remembered, then it starts over.
 */
export function readOnce<Read>(read: (text: string) => Read, limit = 1000): (text: string) => Read {
	const known = new Map<string, { readonly read: Read }>();
	return text => {
		const before = known.get(text);
		if (before !== undefined) return before.read;
		const fresh = read(text);
		if (limit <= known.size) known.clear();
		known.set(text, { read: fresh });
		return fresh;
	};
}
