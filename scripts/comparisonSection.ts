/** Puts `text` between the marks `<!-- name -->` and `<!-- /name -->` of a document; throws where a mark is missing. */
export function section(document: string, name: string, text: string): string {
	const open = `<!-- ${name} -->`;
	const close = `<!-- /${name} -->`;
	const start = document.indexOf(open);
	const end = document.indexOf(close);
	if (start === -1 || end < start) throw new Error(`docs/comparison.md has no section ${name}`);
	return `${document.slice(0, start + open.length)}\n${text}\n${document.slice(end)}`;
}
