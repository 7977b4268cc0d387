import { existsSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(__dirname, '../../../shared');

/** A path below `../shared`, the reference material beside the checkout; the test is skipped with a line where that is absent. */
export function sharedPath(test: Mocha.Context, name: string): string {
	const found = path.join(folder, name);
	if (existsSync(found)) return found;
	console.error(`\n*** SKIPPED: ../shared/${name} is not here ***\n`);
	return test.skip();
}

/** A path below `../shared`, or null where it is absent. */
export function sharedPathOrNull(name: string): string | null {
	const found = path.join(folder, name);
	return existsSync(found) ? found : null;
}
