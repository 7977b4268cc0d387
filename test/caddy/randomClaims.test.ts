import assert from 'node:assert/strict';
import type { CaddyObservation } from '../../server/src/model/caddyObservation';
import type { HeaderOperation } from '../../server/src/model/operation';
import { createRandom, seedOf } from '../support/random';
import { analyze, ask } from './predict';
import { askedPaths, globalOptions, nestedRoute, nestedSite, snippets } from './randomNested';

/** Sites per run. */
const count = Number(process.env['CLAIMS'] ?? 1000);

type Claim = Extract<CaddyObservation, { readonly kind: 'never-runs' | 'never-matches' | 'error-block-never-runs' | 'matches-root-only' }>;

/** The lines of the text that are said to do nothing. */
function stretch(claim: Claim): { readonly start: number; readonly end: number } {
	return claim.kind === 'error-block-never-runs' ? claim.block.span : claim.place.span;
}

function isClaim(observation: { readonly kind: string }): observation is Claim {
	return ['never-runs', 'never-matches', 'error-block-never-runs', 'matches-root-only'].includes(observation.kind);
}

/** What is predicted is held against the real Caddy in randomNested.test.ts; what rules claim is held against it here. */
describe('what is said never to be sent', () => {
	it(`is sent by none of ${count} random sites`, function () {
		this.timeout(120_000);
		const wrong: string[] = [];
		let claims = 0;
		for (let site = 0; site < count; site++) {
			const random = createRandom(seedOf(1) * 6007 + site);
			const routes = nestedRoute(random, 'n2', []) + nestedRoute(random, 'n1', ['n2']) + nestedRoute(random, 'n0', ['n2']);
			const { host, text: own } = nestedSite(random, 0);
			const text = random.pick(globalOptions) + snippets + routes + own;
			const analysis = analyze(text);
			const told = analysis.surfaces[0]?.observations.filter(isClaim) ?? [];
			if (told.length === 0 || analysis.problems.some(({ severity }) => severity === 'error')) continue;
			claims += told.length;
			const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
			const contradicts = ({ place }: HeaderOperation, claim: Claim, path: string): boolean => {
				const { start, end } = stretch(claim);
				const line = lineOf(place.span.start);
				return lineOf(start) <= line && line <= lineOf(end) && !(claim.kind === 'matches-root-only' && path === '/');
			};
			for (const path of askedPaths) {
				const url = `${/^http:|\*/.test(own) ? 'http' : 'https'}://${host}${path}`;
				for (const { operation } of ask(analysis, url, { method: 'GET' }).response.headers)
					for (const claim of told)
						if (operation !== null && contradicts(operation, claim, path))
							wrong.push(`site ${site}, ${url}: ${operation.name} is sent, and yet ${claim.kind}\n${text}`);
			}
		}
		console.log(`      ${claims} claims`);
		assert.deepEqual(wrong.slice(0, 2), []);
		assert.ok(count / 100 < claims, `only ${claims} claims: the generator is lopsided`);
	});
});
