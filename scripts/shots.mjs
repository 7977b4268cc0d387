#!/usr/bin/env node
// Takes the picture of the README: the packaged extension in a real workbench, with squiggles, a light bulb's menu and the
// Problems panel.  node scripts/shots.mjs [FILE.png]   (npm run package first)
import { existsSync } from 'node:fs';
import path from 'node:path';
import { openHost, root } from './host.mjs';

const target = path.resolve(process.argv[2] ?? path.join(root, 'docs/images/workbench.png'));
const vsix = path.join(root, 'headerlint.vsix');
if (!existsSync(vsix)) {
	console.error('shots: no headerlint.vsix (npm run package)');
	process.exit(2);
}
const host = await openHost({
	workspace: path.join(root, 'examples'),
	vsix: [vsix],
	logFile: path.join(root, 'e2e.log'),
	viewport: { width: 1360, height: 860 },
	settings: {
		'workbench.colorTheme': 'Dark Modern',
		'workbench.secondarySideBar.defaultVisibility': 'hidden',
		'editor.minimap.enabled': false,
		'editor.fontSize': 13,
		'window.commandCenter': false,
	},
});
try {
	const { page } = host;
	page.setDefaultTimeout(30_000);
	await host.open([['openFile', host.remote(path.join(host.ws, 'broken/Caddyfile'))]]);
	await page.locator('.monaco-editor .squiggly-error, .monaco-editor .squiggly-warning').first().waitFor();
	await page.keyboard.press('F1');
	await page.locator('.quick-input-widget input').fill('>Headerlint: Check Workspace Headers');
	await page.keyboard.press('Enter');
	const problem = page.locator('.markers-panel .monaco-list-row', { hasText: 'caddy-unquoted-value-split' }).first();
	await problem.waitFor();
	await problem.dblclick();
	await page.locator('.monaco-editor.focused').first().waitFor();
	await page.keyboard.press('Control+Period');
	await page.locator('.action-widget .monaco-list-row').first().waitFor();
	await page.waitForTimeout(400); // the menu and the panel fade in
	await page.screenshot({ path: target });
	console.log(`shots: ${path.relative(root, target)}`);
} catch (error) {
	await host.page.screenshot({ path: path.join(root, 'e2e.log.png') }).catch(() => {});
	console.error(error);
	process.exitCode = 1;
} finally {
	await host.close();
}
process.exit();
