import { type Agreement, agreementOf, analyzeFixture, root } from './oracle';
import type { RandomApp } from './randomApp';
import { ask, requestHeaders, withRunning } from './realApp';

/** How one request of a random app was answered. */
export interface Compared {
	readonly request: string;
	readonly agreement: Agreement;
}

/** Runs an app, asks it, and compares the answers with what is predicted. Throws what the app throws when it starts. */
export function compareRandom(app: RandomApp): Promise<readonly Compared[]> {
	const analysis = analyzeFixture(app);
	return withRunning(app, root, async port => {
		const found: Compared[] = [];
		for (const request of ['OPTIONS /', 'GET /no/such/path', ...app.requests]) {
			const [method = 'GET', url = '/'] = request.split(' ');
			const real = await ask(port, method, url, '127.0.0.1');
			const { response } = analysis.respond({ method, url, headers: requestHeaders(method, '127.0.0.1'), upstream: null });
			found.push({ request, agreement: agreementOf(real, response) });
		}
		return found;
	});
}

/** A random app as it is told of. */
export function shownApp(app: RandomApp): string {
	const files = Object.entries(app.files).map(([name, text]) => `--- ${name}\n${text}`);
	return `${app.name} (${app.express}, ${app.helmet}, ${JSON.stringify(app.env ?? {})})\n${files.join('')}`;
}
