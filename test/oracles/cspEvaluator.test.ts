import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Version } from 'csp_evaluator/dist/csp';
import { CspEvaluator } from 'csp_evaluator/dist/evaluator';
import { Severity, Type } from 'csp_evaluator/dist/finding';
import { CspParser } from 'csp_evaluator/dist/parser';
import { lintText } from '../support/lintText';
import { readVectors } from '../support/vectors';
import differences from './cspEvaluatorDifferences.json';

/** Which of our rules say the same as a finding of csp_evaluator. */
const counterparts: Readonly<Record<string, readonly string[]>> = {
	MISSING_SEMICOLON: ['csp-missing-semicolon'],
	UNKNOWN_DIRECTIVE: ['csp-unknown-directive', 'csp-directive-punctuation', 'csp-deprecated-directive'],
	INVALID_KEYWORD: ['csp-unknown-keyword', 'csp-unquoted-keyword', 'csp-wrong-quotes', 'csp-keyword-misplaced'],
	SCRIPT_UNSAFE_INLINE: ['csp-script-unsafe-inline'],
	SCRIPT_UNSAFE_EVAL: ['csp-script-unsafe-eval'],
	SCRIPT_UNSAFE_HASHES: ['csp-script-unsafe-hashes'],
	PLAIN_URL_SCHEMES: ['csp-script-scheme-source'],
	PLAIN_WILDCARD: ['csp-script-wildcard'],
	SCRIPT_ALLOWLIST_BYPASS: ['csp-allowlist-bypass'],
	MISSING_DIRECTIVES: ['csp-missing-script-src', 'csp-object-src-not-none', 'csp-missing-base-uri'],
	NONCE_LENGTH: ['csp-nonce-short', 'csp-nonce-static'],
	NONCE_CHARSET: ['csp-nonce-charset', 'csp-nonce-static'],
	IP_SOURCE: ['csp-ip-source', 'csp-localhost-source'],
	DEPRECATED_DIRECTIVE: ['csp-deprecated-directive'],
	SRC_HTTP: ['csp-insecure-source', 'csp-report-uri-insecure'],
};

const root = path.resolve(__dirname, '../..');

describe('csp_evaluator and Headerlint agree, but for the differences that are explained', () => {
	const used = new Set<string>();
	for (const policy of [...new Set([...policiesOfFixtures(), ...policiesOfVectors()])].sort())
		it(policy, () => {
			const theirs = evaluated(policy);
			const ours = lintText('Caddyfile', `example.com {\n\theader Content-Security-Policy \`${policy}\`\n\trespond "hello"\n}\n`).filter(
				({ rule }) => rule.startsWith('csp-'),
			);
			for (const { type, value } of theirs) {
				const same = ours.some(({ rule }) => counterparts[type]?.includes(rule) === true);
				if (!same) explained('csp_evaluator', type, value);
			}
			for (const { rule, severity } of ours) {
				const same = theirs.some(({ type }) => counterparts[type]?.includes(rule) === true);
				if (severity !== 'info' && !same) explained('headerlint', rule, policy);
			}
		});

	after(() => {
		const stale = differences.filter(difference => !used.has(`${difference.only} ${difference.finding} ${difference.where}`));
		assert.deepEqual(stale, [], 'these differences are gone');
	});

	/** Fails unless a difference of the data file covers the finding that only one side has. */
	function explained(only: string, finding: string, text: string): void {
		const difference = differences.find(each => each.only === only && each.finding === finding && new RegExp(each.where).test(text));
		assert.ok(difference !== undefined, `only ${only} says ${finding} of ${text}`);
		used.add(`${only} ${finding} ${difference.where}`);
	}
});

/** Its findings that are more than advice; where it throws, one finding THROWS. */
function evaluated(policy: string): readonly { readonly type: string; readonly value: string }[] {
	try {
		return new CspEvaluator(new CspParser(policy).csp, Version.CSP3)
			.evaluate()
			.filter(({ severity }) => severity === Severity.HIGH || severity === Severity.SYNTAX || severity === Severity.MEDIUM)
			.map(({ type, directive, value }) => ({ type: Type[type] ?? '', value: `${directive} ${value ?? ''}` }));
	} catch {
		return [{ type: 'THROWS', value: policy }];
	}
}

function policiesOfFixtures(): readonly string[] {
	const folder = path.join(root, 'test/rules');
	return readdirSync(folder)
		.filter(name => name.startsWith('csp-'))
		.flatMap(name => readdirSync(path.join(folder, name)).map(file => path.join(folder, name, file)))
		.filter(file => file.endsWith('.caddyfile'))
		.flatMap(file => [...readFileSync(file, 'utf8').matchAll(/header Content-Security-Policy "([^"]*)"/g)].map(match => match[1] ?? ''));
}

function policiesOfVectors(): readonly string[] {
	return readVectors()
		.filter(({ kind }) => kind === 'csp')
		.map(({ input }) => String(input));
}
