/**
 * Whether a deletion of the field `pattern` takes the field `name` away: `X-Frame-Options`, `X-*`, `*-Options`, `*Frame*` or `*`,
 * without regard to case (modules/caddyhttp/headers/headers.go, 2.11.4). `pattern` is without the leading `-`.
 */
export function deletes(pattern: string, name: string): boolean {
	const wanted = pattern.toLowerCase();
	const field = name.toLowerCase();
	const starts = wanted.startsWith('*');
	const ends = wanted.endsWith('*');
	if (wanted === '*') return true;
	if (starts && ends) return field.includes(wanted.slice(1, -1));
	if (starts) return field.endsWith(wanted.slice(1));
	return ends ? field.startsWith(wanted.slice(0, -1)) : field === wanted;
}
