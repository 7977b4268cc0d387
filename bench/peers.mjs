// The programs Headerlint is measured against. They are installed into a folder of their own outside the clone when they are first needed; one that cannot
// be had is left out with a line.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const versions = {
	oxlint: '1.94.0',
	eslint: '10.15.0',
	'eslint-plugin-sonarjs': '4.2.2',
	'@typescript-eslint/parser': '8.73.0',
	typescript: '6.0.3',
	'@vscode/ripgrep': '1.18.0',
	'vscode-langservers-extracted': '4.10.0',
};

/** The rules of eslint-plugin-sonarjs that are about response headers. */
const sonarRules = [
	'cors',
	'x-powered-by',
	'content-security-policy',
	'no-mixed-content',
	'frame-ancestors',
	'no-mime-sniff',
	'no-referrer-policy',
	'strict-transport-security',
	'no-ip-forward',
];

/** What is there of the peers: `{ oxlint, eslint, jsonServer, rg, caddy }`, each a function from a folder or file to a command, or null. */
export function findPeers(cache, { install, say }) {
	mkdirSync(cache, { recursive: true });
	if (!existsSync(path.join(cache, 'package.json'))) writeFileSync(path.join(cache, 'package.json'), '{ "private": true }\n');
	const missing = Object.entries(versions).filter(([name]) => !existsSync(path.join(cache, 'node_modules', name, 'package.json')));
	if (0 < missing.length && install) {
		say(`installing ${missing.map(([name]) => name).join(', ')} into ${cache}`);
		const packages = missing.map(([name, version]) => `${name}@${version}`);
		spawnSync('npm', ['install', '--save-exact', '--no-audit', '--no-fund', ...packages], { cwd: cache, stdio: 'ignore' });
	}
	const bin = name => path.join(cache, 'node_modules/.bin', name);
	const present = (name, command) => {
		if (command !== null) return command;
		say(`${name} is not there and is left out`);
		return null;
	};
	writeFileSync(path.join(cache, 'oxlint.json'), '{ "rules": { "no-debugger": "error" }, "categories": { "correctness": "off" } }\n');
	writeFileSync(
		path.join(cache, 'eslint.config.mjs'),
		`import sonarjs from 'eslint-plugin-sonarjs';
import parser from '@typescript-eslint/parser';
export default [{
	files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'],
	languageOptions: { parser },
	plugins: { sonarjs },
	linterOptions: { reportUnusedDisableDirectives: 'off' },
	rules: Object.fromEntries(${JSON.stringify(sonarRules)}.filter(id => id in sonarjs.rules).map(id => ['sonarjs/' + id, 'warn'])),
}];
`,
	);
	const node = process.execPath;
	return {
		oxlint: present(
			'oxlint',
			existsSync(bin('oxlint'))
				? folder => ({ command: node, args: [bin('oxlint'), '-c', path.join(cache, 'oxlint.json'), '--quiet', folder], cwd: cache })
				: null,
		),
		eslint: present(
			'ESLint with sonarjs',
			existsSync(bin('eslint')) && existsSync(path.join(cache, 'node_modules/eslint-plugin-sonarjs'))
				? folder => ({
						command: node,
						args: [
							'--max-old-space-size=6000',
							bin('eslint'),
							'--no-inline-config',
							'-c',
							path.join(cache, 'eslint.config.mjs'),
							'--ignore-pattern',
							'**/dist/**',
							'--ignore-pattern',
							'**/coverage/**',
							'.',
						],
						cwd: folder,
					})
				: null,
		),
		jsonServer: present(
			'vscode-json-language-server',
			existsSync(bin('vscode-json-language-server')) ? bin('vscode-json-language-server') : null,
		),
		rg: present('rg', ripgrep(cache)),
		caddy: present('caddy', spawnSync('caddy', ['version']).status === 0 ? args => ({ command: 'caddy', args, cwd: cache }) : null),
	};
}

function ripgrep(cache) {
	let program = null;
	try {
		program = createRequire(path.join(cache, 'package.json'))('@vscode/ripgrep').rgPath;
		execFileSync(program, ['--version']);
	} catch {
		if (spawnSync('rg', ['--version']).status !== 0) return null;
		program = 'rg';
	}
	return folder => ({ command: program, args: ['-l', 'helmet', folder], cwd: cache });
}
