import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type AdaptServer, startAdaptServer } from '../support/adaptServer';
import { root } from '../support/cli';
import { assertClosed } from '../support/closedFixes';
import { readFixture } from '../support/fixture';
import { fixtureOptions } from '../support/fixtureOptions';
import type { LintTextOptions } from '../support/lintText';
import { hasCaddy } from '../support/realCaddy';
import { readVectors, vectorFile } from '../support/vectors';

interface Input {
	readonly label: string;
	readonly name: string;
	readonly text: string;
	readonly options: LintTextOptions;
}

describe('fixes are closed', () => {
	let caddy: AdaptServer | null = null;
	before(async function () {
		this.timeout(30_000);
		if (hasCaddy()) caddy = await startAdaptServer(root, {});
	});
	after(() => caddy?.stop());

	for (const { label, name, text, options } of [...fixtures(), ...vectors(), ...corpus()]) {
		it(label, async function () {
			this.timeout(60_000);
			await assertClosed(name, text, options, caddy);
		});
	}
});

function fixtures(): readonly Input[] {
	const folder = path.join(root, 'test/rules');
	return readdirSync(folder).flatMap(rule =>
		readdirSync(path.join(folder, rule))
			.filter(file => !file.includes('.fixed.') && !file.endsWith('.http') && statSync(path.join(folder, rule, file)).isFile())
			.map(file => ({
				label: `fixture ${rule}/${file}`,
				name: file,
				...fixtureInput(path.join(folder, rule, file)),
			})),
	);
}

function fixtureInput(file: string): { readonly text: string; readonly options: LintTextOptions } {
	const { text } = readFixture(readFileSync(file, 'utf8'));
	return { text, options: fixtureOptions(file, text) };
}

function vectors(): readonly Input[] {
	return readVectors().flatMap(vector => {
		const { name, text, options } = vectorFile(vector);
		return name.endsWith('.http') ? [] : [{ label: `vector ${vector.id}`, name, text, options }];
	});
}

function corpus(): readonly Input[] {
	const folder = path.join(root, '../shared/corpus/caddyfiles');
	if (!existsSync(folder)) return absent('corpus');
	return readdirSync(folder)
		.filter(file => file.endsWith('.caddyfile'))
		.sort()
		.map(file => ({ label: `corpus ${file}`, name: file, text: readFileSync(path.join(folder, file), 'utf8'), options: {} }));
}

function absent(what: string): readonly [] {
	console.error(`*** not here: the ${what} of ../shared; its part of the closure test is left out ***`);
	return [];
}
