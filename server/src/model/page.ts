import type { PageContent } from '../headers/page/resources';
import type { StaticRoot } from './surface';

/** An HTML file of the workspace that a surface serves as it is. */
export interface Page {
	/** Absolute, with `/`. */
	readonly path: string;
	/** The path of its URL, beginning with `/`; `index.html` answers for its folder. */
	readonly url: string;
	/** The file as shown to people: the folder's name and the path below it, `public/about/index.html`. */
	readonly label: string;
	readonly root: StaticRoot;
	readonly content: PageContent;
}
