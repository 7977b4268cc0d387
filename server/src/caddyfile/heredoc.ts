/** A line of a heredoc whose indentation is not the closing marker's. `lineOffset` counts from the first line of the body, 0-based. */
export interface IndentMismatch {
	readonly lineOffset: number;
	readonly lineText: string;
	readonly padding: string;
}

/**
 * Takes the closing marker's indentation off every line of a heredoc's body, drops carriage returns and the last line break
 * (caddyconfig/caddyfile/lexer.go, finalizeHeredoc, 2.11.4). `body` reaches from behind the opening line to the closing marker.
 * Where a line is indented otherwise, `mismatch` tells the first one and the lines are left as they are.
 */
export function stripHeredoc(body: string): { readonly text: string; readonly mismatch: IndentMismatch | null } {
	const lastBreak = body.lastIndexOf('\n');
	const padding = body.slice(lastBreak + 1);
	const lines = lastBreak < 0 ? [] : body.slice(0, lastBreak).split('\n');
	let mismatch: IndentMismatch | null = null;
	const stripped = lines.map((line, lineOffset) => {
		if (line === '' || line === '\r') return '';
		if (!line.startsWith(padding)) {
			mismatch ??= { lineOffset, lineText: line.replace(/\r+$/, ''), padding };
			return line.replaceAll('\r', '');
		}
		return line.slice(padding.length).replaceAll('\r', '');
	});
	return { text: stripped.join('\n'), mismatch };
}

/**
 * What Caddy says of a heredoc's opening (lexer.go, next, 2.11.4), or null where it is right. `head` is the token up to the line
 * break, `<<` included, `line` its 1-based line.
 */
export function heredocMarkerProblem(head: string, line: number): string | null {
	const marker = head.slice(2);
	if (marker === '')
		return `missing opening heredoc marker on line #${line}; must contain only alphanumeric characters, dashes and underscores; got empty string`;
	if (head.startsWith('<<<')) return `too many '<' for heredoc on line #${line}; only use two, for example <<END`;
	if (!/^[A-Za-z0-9_-]+$/.test(marker))
		return `heredoc marker on line #${line} must contain only alphanumeric characters, dashes and underscores; got '${marker}'`;
	return null;
}
