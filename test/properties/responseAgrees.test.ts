import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../server/src/finding';
import { isUnknown } from '../../server/src/model/value';
import { ruleById } from '../../server/src/rules/registry';
import { root } from '../support/cli';
import { workspaceLinter } from '../support/fixEverything';
import { readFixture } from '../support/fixture';
import { lintText } from '../support/lintText';

/**
 * What a recorded response cannot tell: whether a value is the same in every response or for every path, what else the
 * workspace holds against preloading, and what its owner has acknowledged there.
 */
const needsTheConfiguration =
	/^(?:csp-nonce-static|csp-nonce-short|csp-blocks-page|clear-site-data-global|hsts-over-http|hsts-local-host|hsts-preload-(?:contradicted|unacknowledged|stale-ack))$/;

describe('`headerlint response` says of a response what `check` says of the configuration that sends it', () => {
	const folder = path.join(root, 'test/rules');
	for (const rule of readdirSync(folder)) {
		if (ruleById(rule)?.checkValue === undefined) continue;
		for (const file of readdirSync(path.join(folder, rule))) {
			if (!file.endsWith('.caddyfile') || file.includes('.fixed.')) continue;
			it(`${rule}/${file}`, () => {
				const { text } = readFixture(readFileSync(path.join(folder, rule, file), 'utf8'));
				const linter = workspaceLinter(file, text);
				const sites = linter.workspace.surfaces.filter(({ kind }) => kind === 'caddy-site');
				for (const site of sites) {
					const main = site.responses.find(({ outcome, scope }) => outcome === 'content' && scope === null);
					// A part that is unknown in the configuration is known in a response, and judged there; so is what an app behind the site adds.
					if (
						main === undefined ||
						main.upstream !== null ||
						main.headers.some(({ value, certainty }) => isUnknown(value) || certainty === 'maybe')
					)
						continue;
					const sent = new Set(main.headers.flatMap(({ operation }) => (operation === null ? [] : [operation.place.span.start])));
					const written = new Set(main.headers.flatMap(({ operation }) => (operation === null ? [] : [operation.name.toLowerCase()])));
					const configured = (linter.report(`/workspace/${file}`)?.findings ?? []).filter(({ place }) =>
						site.operations.some(
							operation =>
								sent.has(operation.place.span.start) &&
								operation.place.span.start <= place.span.start &&
								place.span.end <= operation.place.span.end,
						),
					);
					const head = `HTTP/1.1 200 OK\n${main.headers.map(({ name, value }) => `${name}: ${value.text}\n`).join('')}`;
					const recorded = lintText('response.http', head, { url: main.request.url }).filter(({ headers }) =>
						headers.some(header => written.has(header.toLowerCase())),
					);
					assert.deepEqual(valueRules(recorded), valueRules(configured), head);
				}
			});
		}
	}
});

/** The rules about single values among the findings, sorted. */
function valueRules(findings: readonly Finding[]): readonly string[] {
	return [...new Set(findings.map(({ rule }) => rule))]
		.filter(rule => ruleById(rule)?.checkValue !== undefined && !needsTheConfiguration.test(rule))
		.sort();
}
