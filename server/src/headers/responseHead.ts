import type { AnalysisOptions, CommentText, DocumentAnalysis } from '../model/analysis';
import { explain } from '../model/explanation';
import type { HeaderOperation } from '../model/operation';
import type { EffectiveResponse, ResponseOutcome, Surface, SurfaceHost } from '../model/surface';
import { type HeaderValue, joinValues, literalValue } from '../model/value';
import type { SourceText } from '../text/source';
import type { Place, Span } from '../text/span';
import { canonicalName } from './names';

/**
 * Reads a raw response head, such as `curl -sI URL` prints it: an optional status line, then fields (RFC 9112 sections 4
 * and 5, with line folding, LF as well as CRLF). Of several heads (`curl -sIL`, a proxy's own answer, 1xx) the last one is
 * judged; what follows it is the body. A line starting with `#` is a comment. `url` says where it came from, null where
 * nobody knows. The result is one surface of kind `response`; it offers no edits. Never throws: lines that are no field
 * are passed over.
 */
export function analyzeResponse(source: SourceText, _options: AnalysisOptions, url: string | null): DocumentAnalysis {
	const { head, comments } = lastHead(source.text);
	const operations = operationsOf(head, source);
	const place: Place = { path: source.path, span: head.headLine };
	const outcome = outcomeOf(head.status);
	const target = parseUrl(url);
	const response: EffectiveResponse = {
		request: { method: 'GET', url: url ?? '/' },
		scope: null,
		outcome,
		status: head.status,
		headers: operations.map(operation => ({
			name: operation.name,
			value: operation.value ?? literalValue('', operation.place),
			certainty: 'always',
			operation,
			overrode: [],
			origin: 'written',
		})),
		unknowns: [],
		upstream: null,
		branch: null,
	};
	const surface: Surface = {
		id: `${source.path}#response`,
		kind: 'response',
		label: url ?? 'response',
		place,
		hosts: target === null ? [] : [hostOf(target, place)],
		transport: target === null ? 'unknown' : target.protocol === 'http:' ? 'http' : 'https',
		content: outcome === 'redirect' ? 'redirect' : 'own',
		complete: true,
		operations,
		responses: [response],
		observations: [],
		upstreams: [],
		listens: [],
		staticRoots: [],
		mounted: [],
	};
	return {
		source,
		kind: 'response',
		surfaces: [surface],
		problems: [],
		comments,
		dependencies: [],
		write: () => null,
		respond: () => ({ surface, response }),
		explain: () => explain({ surface, response }, []),
		explainAll: () => [explain({ surface, response }, [])],
	};
}

/** One head: its status, the line that stands for it, and its field lines. */
interface Head {
	readonly status: number | null;
	readonly headLine: Span;
	readonly fields: readonly FieldLine[];
}

/** A field as written: the span of its name, and of its value without the white space around it, one span per folded line. */
interface FieldLine {
	readonly whole: Span;
	readonly name: Span;
	readonly values: readonly Span[];
}

interface Line {
	readonly start: number;
	/** Without the line break. */
	readonly end: number;
}

const statusLine = /^HTTP\/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t]|$)/i;

function lastHead(text: string): { readonly head: Head; readonly comments: readonly CommentText[] } {
	const lines = linesOf(text);
	const comments: CommentText[] = [];
	let index = lines.findIndex(line => text.slice(line.start, line.end).trim() !== '');
	let head: Head | null = null;
	while (0 <= index && index < lines.length) {
		const read = readHead(text, lines, index, comments);
		head = read.head;
		index = nextHead(text, lines, read.next, head.status);
	}
	const empty: Head = { status: null, headLine: { start: 0, end: lines[0]?.end ?? 0 }, fields: [] };
	return { head: head ?? empty, comments };
}

/**
 * Where the next head begins, or -1. It follows the blank line directly; after a redirect or a 1xx answer it is also looked
 * for behind a body, since only there another answer is to be expected (`curl -siL`).
 */
function nextHead(text: string, lines: readonly Line[], from: number, status: number | null): number {
	const searchBody = status !== null && (status < 200 || (300 <= status && status < 400));
	for (let i = from; i < lines.length; i++) {
		const line = lines[i];
		if (line === undefined) break;
		const content = text.slice(line.start, line.end);
		if (statusLine.test(content)) return i;
		if (content.trim() !== '' && !searchBody) break;
	}
	return -1;
}

function readHead(
	text: string,
	lines: readonly Line[],
	from: number,
	comments: CommentText[],
): { readonly head: Head; readonly next: number } {
	const fields: { whole: Span; name: Span; values: Span[] }[] = [];
	let status: number | null = null;
	let headLine: Span | null = null;
	let i = from;
	for (; i < lines.length; i++) {
		const line = lines[i];
		if (line === undefined) break;
		const content = text.slice(line.start, line.end);
		if (content.trim() === '') break;
		if (content.startsWith('#')) {
			comments.push({ text: content.slice(1).trim(), span: { start: line.start, end: line.end }, alone: true });
			continue;
		}
		headLine ??= { start: line.start, end: line.end };
		const match = statusLine.exec(content);
		if (match !== null) {
			if (fields.length > 0) break;
			status = Number(match[1]);
			continue;
		}
		const folded = /^[ \t]/.test(content);
		const last = fields[fields.length - 1];
		if (folded && last !== undefined) {
			last.whole = { start: last.whole.start, end: line.end };
			last.values.push(trimmed(text, line.start, line.end));
			continue;
		}
		const colon = content.indexOf(':', 1);
		if (colon < 0) continue;
		fields.push({
			whole: { start: line.start, end: line.end },
			name: { start: line.start, end: line.start + colon },
			values: [trimmed(text, line.start + colon + 1, line.end)],
		});
	}
	const first = lines[from];
	return { head: { status, headLine: headLine ?? { start: first?.start ?? 0, end: first?.end ?? 0 }, fields }, next: i };
}

function operationsOf(head: Head, source: SourceText): readonly HeaderOperation[] {
	const seen = new Set<string>();
	return head.fields.map((field, order) => {
		const placed = (span: Span): Place => ({ path: source.path, span });
		const written = source.text.slice(field.name.start, field.name.end);
		const key = written.toLowerCase();
		const repeated = seen.has(key);
		seen.add(key);
		const parts = field.values.filter(span => span.start < span.end);
		const value: HeaderValue =
			parts.length === 0
				? literalValue('', placed(field.values[0] ?? field.name))
				: // A folded line reads as one space (RFC 9112 5.2).
					joinValues(
						parts.map(span => literalValue(source.text.slice(span.start, span.end), placed(span))),
						' ',
					);
		return {
			id: `${source.path}#${order}`,
			action: repeated ? 'add' : 'set',
			name: canonicalName(written),
			namePlace: placed(field.name),
			value,
			place: placed(field.whole),
			timing: 'immediate',
			direction: 'response',
			origin: 'written',
			group: 'response',
			scope: null,
			branch: null,
		};
	});
}

function outcomeOf(status: number | null): ResponseOutcome {
	if (status === null) return 'content';
	if (status === 204 || status === 304) return 'empty';
	if (300 <= status && status < 400) return 'redirect';
	return 400 <= status ? 'error' : 'content';
}

function parseUrl(url: string | null): URL | null {
	return url !== null && URL.canParse(url) ? new URL(url) : null;
}

function hostOf(url: URL, place: Place): SurfaceHost {
	const scheme = url.protocol === 'http:' ? 'http' : 'https';
	return { name: url.hostname.toLowerCase(), port: url.port === '' ? null : Number(url.port), scheme, place };
}

function linesOf(text: string): readonly Line[] {
	const lines: Line[] = [];
	let start = 0;
	for (let i = 0; i <= text.length; i++) {
		if (i < text.length && text.charCodeAt(i) !== 10) continue;
		const end = start < i && text.charCodeAt(i - 1) === 13 ? i - 1 : i;
		lines.push({ start, end });
		start = i + 1;
	}
	return lines;
}

function trimmed(text: string, start: number, end: number): Span {
	let from = start;
	let until = end;
	while (from < until && isBlank(text.charCodeAt(from))) from++;
	while (from < until && isBlank(text.charCodeAt(until - 1))) until--;
	return { start: from, end: until };
}

function isBlank(code: number): boolean {
	return code === 32 || code === 9;
}
