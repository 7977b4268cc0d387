// The entry that VS Code's extension host calls: `extensionTestsPath` of @vscode/test-electron and of scripts/e2e.mjs.
// Both want one thing only: a module that exports run(): Promise<void>, rejected if a test fails.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';

/** Runs the suites beside this file in the extension host. Rejects where a test failed, or where none ran. */
export async function run(): Promise<void> {
	const { default: Mocha } = await import('mocha');
	// scripts/e2e.mjs prints these lines and keeps the workbench's own in a file; the console there does no %s formatting.
	if (process.env['E2E'] !== undefined) Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => console.info(`E2E| ${format(...parts)}`);
	const grep = process.env['E2E_GREP'];
	const mocha = new Mocha({
		ui: 'bdd',
		color: false,
		timeout: 40_000,
		forbidOnly: process.env['CI'] !== undefined,
		...(grep === undefined ? {} : { grep }),
	});
	const folder = join(__dirname, 'suite');
	for (const name of readdirSync(folder).sort()) if (name.endsWith('.test.js')) mocha.addFile(join(folder, name));
	const result = await new Promise<{ passed: number; failed: number; skipped: number }>(resolve => {
		const runner = mocha.run(failed => resolve({ passed: runner.stats?.passes ?? 0, failed, skipped: runner.stats?.pending ?? 0 }));
	});
	// A run without this line did not reach its end.
	if (process.env['E2E'] !== undefined) console.info(`E2E-RESULT ${JSON.stringify(result)}`);
	if (0 < result.failed || result.passed === 0) throw new Error(`${result.passed} passed, ${result.failed} failed`);
}
