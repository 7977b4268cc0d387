import { existsSync } from 'node:fs';
import { folderOf } from '../text/paths';

/** The folder of the installed package, absolute, with `/`: the nearest one above this code that holds package.json and docs/rules. */
export function packageFolder(): string {
	let folder = __dirname.replace(/\\/g, '/');
	while (!(existsSync(`${folder}/package.json`) && existsSync(`${folder}/docs/rules`)) && folder !== folderOf(folder))
		folder = folderOf(folder);
	return folder;
}
