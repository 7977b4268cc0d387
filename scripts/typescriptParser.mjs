// esbuild plugin: bundles the parser of TypeScript and the converter of typescript-estree without the type checker, the language
// service and the project loading that come with them, three quarters of the code. Used for dist/jsparser.code.js only.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The parts of typescript-estree that only type-aware linting runs. `parse` requires them and never calls them; a call would end
 * in a TypeError, which the tests of the bundle would see.
 */
const typeAware =
	/^(?:@typescript-eslint\/project-service|debug|\.\.?\/(?:create-program\/(?:createIsolatedProgram|createProjectProgram|getWatchProgramsForProjects|useProvidedPrograms|validateDefaultProjectForFilesGlob)|createParserServices|nativeParserRegistry|semantic-or-syntactic-errors|useProgramFromProjectService|clear-caches))$/;

/** Leaves out what a parser does not need. */
export const typescriptParser = {
	name: 'typescript-parser',
	setup(build) {
		build.onResolve({ filter: typeAware }, args =>
			/@typescript-eslint[\\/]typescript-estree/.test(args.importer) ? { path: args.path, namespace: 'type-aware' } : undefined,
		);
		build.onLoad({ filter: /./, namespace: 'type-aware' }, args => ({
			contents: args.path === 'debug' ? 'module.exports = () => () => {};' : '',
		}));
		build.onLoad({ filter: /[\\/]typescript[\\/]lib[\\/]typescript\.js$/ }, args => {
			const used = namesUsed(path.join(path.dirname(args.path), '../../@typescript-eslint/typescript-estree/dist'), build);
			return { contents: asModule(readFileSync(args.path, 'utf8'), used) };
		});
	},
};

/** The members of the TypeScript API that the bundled libraries and our own parser mention, without those that make programs. */
function namesUsed(estree, build) {
	const shipped = readdirSync(estree, { recursive: true }).filter(
		file => /\.js$/.test(file) && !/^native/.test(file) && !typeAware.test(`./${file.replace(/\\/g, '/').replace(/\.js$/, '')}`),
	);
	const files = [
		...shipped.map(file => path.join(estree, file)),
		path.join(estree, '../../../ts-api-utils/lib/index.cjs'),
		path.join(build.initialOptions.absWorkingDir, 'server/src/javascript/estree.ts'),
	];
	const texts = files.map(file => readFileSync(file, 'utf8'));
	const names = texts.flatMap(text => [...text.matchAll(/\bts\d*(?:__default\.default)?\.([A-Za-z_]\w*)/g)].map(match => match[1]));
	return new Set(names.filter(name => !/Program|readConfigFile/.test(name)));
}

/**
 * typescript.js is one function around the declarations of all source files, which hides from a bundler what is used. This takes
 * the function away, keeps the files that the parser needs and exports the names in `used`; esbuild then leaves out most of the
 * rest. What the kept files mention of the others is never reached by parsing.
 */
function asModule(text, used) {
	const sections = text.split(/^\/\/ (?=src\/)/m);
	const [table] = /^__export\(typescript_exports, \{\n[^}]*\}\);/m.exec(text) ?? [''];
	const names = [...table.matchAll(/^ {2}(\w+): \(\) => (\w+),?$/gm)].filter(([, name]) => used.has(name));
	const kept = sections.filter(section => parserFiles.test(section));
	if (names.length === 0 || kept.length < 20)
		throw new Error('typescript.js is not built like that of TypeScript 6.0: see scripts/typescriptParser.mjs');
	const body = kept.map(section => section.replace(/^(var \w+ = )(?=(?:new )?[\w.]+\()/gm, '$1/* @__PURE__ */ ')).join('\n// ');
	const list = names.map(([, name, local]) => (name === local ? name : `${name}: ${local}`)).join(', ');
	const exported = names.map(([, name, local]) => `${local} as ${name}`).join(', ');
	return `// ${body}\nexport { ${exported} };\nexport default { ${list} };\n`;
}

/** The source files of TypeScript that make syntax trees; services.ts holds the nodes with methods that typescript-estree calls. */
const parserFiles =
	/^src\/(?:compiler\/(?:corePublic|core|debug|semver|performanceCore|performance|tracing|types|sys|path|diagnosticInformationMap\.generated|scanner|utilitiesPublic|utilities|parser|factory\/\w+)|services\/(?:services|utilities))\.ts\n/;
