import type { TextDocumentContentChangeEvent, TextDocumentsConfiguration } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createDocumentSource, type DocumentSource } from '../text/documentSource';
import { createSource, type SourceText } from '../text/source';
import { documentPath } from './documentPath';

/** A document of the editor at one version. */
export interface OpenDocument {
	readonly uri: string;
	readonly languageId: string;
	readonly version: number;
	/** Its text, with the path it is linted under. */
	readonly source: SourceText;
}

/** How documents are made and changed, for `TextDocuments`: a keystroke in a large one does not copy its text. */
export const openDocuments: TextDocumentsConfiguration<OrdinaryDocument | LargeDocument> = {
	create: (uri, languageId, version, content) => {
		const path = documentPath(uri, languageId);
		return content.length < largeLength
			? ordinaryDocument(path, TextDocument.create(uri, languageId, version, content))
			: largeDocument(uri, languageId, version, createDocumentSource(path, content));
	},
	update: (document, changes, version) =>
		document.kind === 'ordinary'
			? ordinaryDocument(document.source.path, TextDocument.update(document.text, changes, version))
			: largeDocument(document.uri, document.languageId, version, changes.reduce(changed, document.source)),
};

/** From so many UTF-16 units on, copying the text costs more than what a keystroke has to be judged for. */
const largeLength = 262_144;

interface OrdinaryDocument extends OpenDocument {
	readonly kind: 'ordinary';
	readonly text: TextDocument;
}

interface LargeDocument extends OpenDocument {
	readonly kind: 'large';
	readonly source: DocumentSource;
}

function ordinaryDocument(path: string, text: TextDocument): OrdinaryDocument {
	const { uri, languageId, version } = text;
	return { kind: 'ordinary', uri, languageId, version, text, source: createSource(path, text.getText()) };
}

function largeDocument(uri: string, languageId: string, version: number, source: DocumentSource): LargeDocument {
	return { kind: 'large', uri, languageId, version, source };
}

/** Columns behind the end of a line are its end; a range that ends before it starts is taken the other way round (LSP 3.17, "Text Documents"). */
function changed(source: DocumentSource, change: TextDocumentContentChangeEvent): DocumentSource {
	if (!('range' in change)) return createDocumentSource(source.path, change.text);
	const offsets = [source.lines.offsetAt(change.range.start), source.lines.offsetAt(change.range.end)];
	return source.edited({ start: Math.min(...offsets), end: Math.max(...offsets) }, change.text);
}
