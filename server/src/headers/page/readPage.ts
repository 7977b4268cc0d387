import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { Span } from '../../text/span';
import { cssResources } from './css';
import type { MetaPolicy, PageContent, PageResource, ResourceDirective } from './resources';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/**
 * What an HTML page loads, runs and embeds, with the place of each in its text, in document order: scripts, styles, handlers,
 * images, media, fonts, frames, plugin content, manifests, form targets. Pages may be templates; nothing is executed. Never throws.
 */
export function readPage(html: string): PageContent {
	const resources: PageResource[] = [];
	const policies: MetaPolicy[] = [];
	let base: string | null = null;
	const stack: Node[] = [parse(html, { sourceCodeLocationInfo: true })];
	for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
		if ('tagName' in node) {
			readElement(node, resources);
			const policy = metaPolicy(node);
			if (policy !== null) policies.push(policy);
			if (node.tagName === 'base') base ??= attribute(node, 'href');
		}
		// A template's content is not rendered; its resources load only when a script takes them out.
		if ('childNodes' in node) for (let i = node.childNodes.length - 1; 0 <= i; i--) stack.push(node.childNodes[i] ?? node);
	}
	return { resources, policies, base };
}

/** Attributes with one address, by element: which directive decides about it. */
const addresses: Readonly<Record<string, readonly (readonly [attribute: string, directive: ResourceDirective])[]>> = {
	script: [['src', 'script-src-elem']],
	img: [['src', 'img-src']],
	image: [['href', 'img-src']],
	input: [['src', 'img-src']],
	iframe: [['src', 'frame-src']],
	frame: [['src', 'frame-src']],
	object: [['data', 'object-src']],
	embed: [['src', 'object-src']],
	audio: [['src', 'media-src']],
	video: [
		['src', 'media-src'],
		['poster', 'img-src'],
	],
	track: [['src', 'media-src']],
	form: [['action', 'form-action']],
	button: [['formaction', 'form-action']],
	base: [['href', 'base-uri']],
};

function readElement(element: Element, resources: PageResource[]): void {
	const nonce = attribute(element, 'nonce') ?? '';
	const integrity = (attribute(element, 'integrity') ?? '').split(/\s+/).filter(word => /^sha(?:256|384|512)-/.test(word));
	const add = (directive: ResourceDirective, url: string | null, name: string): void => {
		const trimmed = (url ?? '').trim();
		const place = attributeSpan(element, name);
		if (trimmed === '' || place === null) return;
		if (/^javascript:/i.test(trimmed)) resources.push(inline('script-src-elem', null, place, '', 'javascript:'));
		else resources.push({ kind: 'url', directive, url: trimmed, span: place, nonce, integrity });
	};
	for (const [name, directive] of addresses[element.tagName] ?? []) add(directive, attribute(element, name), name);
	if (element.tagName === 'img' || element.tagName === 'source')
		for (const url of candidates(attribute(element, 'srcset'))) add('img-src', url, 'srcset');
	if (element.tagName === 'source' && isMedia(element.parentNode)) add('media-src', attribute(element, 'src'), 'src');
	if (element.tagName === 'link') for (const directive of linkDirectives(element)) add(directive, attribute(element, 'href'), 'href');
	if (element.tagName === 'a' || element.tagName === 'area') {
		const href = attribute(element, 'href');
		if (href !== null && /^\s*javascript:/i.test(href)) add('script-src-elem', href, 'href');
	}
	readInline(element, nonce, resources);
}

function readInline(element: Element, nonce: string, resources: PageResource[]): void {
	const location = element.sourceCodeLocation?.startTag ?? element.sourceCodeLocation;
	const start: Span = { start: location?.startOffset ?? 0, end: location?.endOffset ?? 0 };
	if (element.tagName === 'script' && attribute(element, 'src') === null && runs(attribute(element, 'type'))) {
		const text = contentOf(element);
		if (text !== '') resources.push(inline('script-src-elem', text, start, nonce, '<script>'));
	}
	if (element.tagName === 'style') {
		const text = contentOf(element);
		if (text.trim() !== '') resources.push(inline('style-src-elem', text, start, nonce, '<style>'));
		for (const { directive, url } of cssResources(text))
			resources.push({ kind: 'url', directive, url, span: start, nonce: '', integrity: [] });
	}
	for (const { name, value } of element.attrs) {
		const place = attributeSpan(element, name);
		if (place === null || value.trim() === '') continue;
		if (name === 'style') resources.push(inline('style-src-attr', value, place, '', 'style attribute'));
		else if (/^on[a-z]+$/.test(name)) resources.push(inline('script-src-attr', value, place, '', name));
	}
}

function inline(
	directive: Extract<PageResource, { kind: 'inline' }>['directive'],
	text: string | null,
	span: Span,
	nonce: string,
	label: string,
): PageResource {
	return { kind: 'inline', directive, text, span, nonce, label };
}

/** Whether a script of that `type` is run; data blocks such as JSON and templates are not (HTML, "script type"). */
function runs(type: string | null): boolean {
	const essence = (type ?? '').trim().toLowerCase();
	return (
		essence === '' ||
		essence === 'module' ||
		essence === 'importmap' ||
		essence === 'speculationrules' ||
		/^(?:text|application)\/(?:x-)?(?:java|ecma)script$/.test(essence)
	);
}

function linkDirectives(element: Element): readonly ResourceDirective[] {
	const relations = (attribute(element, 'rel') ?? '').toLowerCase().split(/\s+/);
	const as = (attribute(element, 'as') ?? '').toLowerCase();
	const directives: ResourceDirective[] = [];
	if (relations.includes('stylesheet')) directives.push('style-src-elem');
	if (relations.some(relation => relation === 'icon' || relation.startsWith('apple-touch-icon') || relation === 'mask-icon'))
		directives.push('img-src');
	if (relations.includes('manifest')) directives.push('manifest-src');
	if (relations.includes('modulepreload')) directives.push('script-src-elem');
	const preloaded = relations.includes('preload') ? preloads[as] : undefined;
	if (preloaded !== undefined) directives.push(preloaded);
	return directives;
}

const preloads: Readonly<Record<string, ResourceDirective>> = {
	script: 'script-src-elem',
	style: 'style-src-elem',
	font: 'font-src',
	image: 'img-src',
	audio: 'media-src',
	video: 'media-src',
	track: 'media-src',
	fetch: 'connect-src',
	worker: 'worker-src',
};

function isMedia(node: Node | null): boolean {
	return node !== null && 'tagName' in node && (node.tagName === 'audio' || node.tagName === 'video');
}

/** The addresses of a `srcset`: each begins a candidate, behind a comma (HTML, "parse a srcset attribute"; `data:` ones end at white space). */
function candidates(srcset: string | null): readonly string[] {
	return (srcset ?? '')
		.split(/,\s+|,$/)
		.flatMap(candidate => candidate.trim().split(/\s+/).slice(0, 1))
		.filter(url => url !== '');
}

function metaPolicy(element: Element): MetaPolicy | null {
	if (element.tagName !== 'meta') return null;
	const name = attribute(element, 'http-equiv')?.trim().toLowerCase();
	const text = attribute(element, 'content');
	const span = attributeSpan(element, 'content');
	const isPolicy = name === 'content-security-policy' || name === 'content-security-policy-report-only';
	return isPolicy && text !== null && span !== null ? { text, reportOnly: name.endsWith('only'), span } : null;
}

function attribute(element: Element, name: string): string | null {
	return element.attrs.find(each => each.name === name)?.value ?? null;
}

function attributeSpan(element: Element, name: string): Span | null {
	const location = element.sourceCodeLocation?.attrs?.[name];
	return location === undefined ? null : { start: location.startOffset, end: location.endOffset };
}

function contentOf(element: Element): string {
	return element.childNodes.map(node => ('value' in node ? node.value : '')).join('');
}
