import assert from 'node:assert/strict';
import { validateHeaderValue } from 'node:http';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { helmetOutcome, standaloneOutcome } from '../../server/src/express/helmet/helmetOutcome';
import { allOptionNames, optionsArbitrary, optionValueArbitrary } from './helmetArbitraries';
import { type Built, buildStatic } from './helmetValues';

/** Each installed helmet, by its version. The package names are aliases of package.json. */
const packages: readonly (readonly [version: string, name: string])[] = [
	['3.23.3', 'helmet3'],
	['4.6.0', 'helmet4'],
	['5.1.1', 'helmet5'],
	['6.2.0', 'helmet6'],
	['7.2.0', 'helmet7'],
	['8.2.0', 'helmet82'],
	['8.3.0', 'helmet'],
];
const seed = Number(process.env['SEED'] ?? 20261122);
const numRuns = Number(process.env['RUNS'] ?? 300);

interface Observed {
	readonly startError: string | null;
	/** The model tells all there are, helmet one of them. */
	readonly requestErrors: readonly string[];
	readonly warnings: readonly string[];
	readonly headers: Readonly<Record<string, string>>;
}

type Factory = (options?: unknown) => (req: unknown, res: unknown, next: (error?: unknown) => void) => void;

describe('the helmet model agrees with the real helmet on generated options', () => {
	for (const [version, name] of packages) {
		// The package is code of ours to run: an oracle of the tests.
		const symbols = name !== 'helmet3';
		const helmet: Factory & Record<string, Factory> = require(name);

		it(`helmet(options) of ${version}`, () => {
			fc.assert(
				fc.property(optionsArbitrary, spec => {
					const built = buildStatic(spec, symbols);
					compare(observe(helmet, built, helmet), foretold(helmetOutcome(version, built.value)));
				}),
				{ seed, numRuns },
			);
		});

		it(`the standalone middleware of ${version}`, () => {
			fc.assert(
				fc.property(fc.constantFrom(...allOptionNames), fc.option(optionValueArbitrary, { nil: undefined }), (option, spec) => {
					const factory = helmet[option];
					if (typeof factory !== 'function') return;
					const built = spec === undefined ? { value: null, real: () => undefined } : buildStatic(spec, symbols);
					compare(observe(factory, built, helmet), foretold(standaloneOutcome(version, option, built.value)));
				}),
				{ seed, numRuns },
			);
		});
	}
});

/** Calls the factory and its middleware as Express would, without a server. */
function observe(factory: Factory, built: Pick<Built, 'real'>, helmet: Factory & Record<string, unknown>): Observed {
	const warnings: string[] = [];
	const warn = console.warn;
	const emitWarning = process.emitWarning;
	console.warn = (message: string) => warnings.push(message);
	process.emitWarning = () => undefined;
	const headers = new Map<string, string>([['x-powered-by', 'Express']]);
	const requestErrors: string[] = [];
	try {
		const middleware = factory(built.real(helmet));
		const res = {
			locals: {},
			setHeader: (name: string, value: string) => {
				validateHeaderValue(name, value);
				headers.set(name.toLowerCase(), String(value).trimEnd());
			},
			removeHeader: (name: string) => headers.delete(name.toLowerCase()),
		};
		try {
			middleware({ headers: {}, secure: true }, res, error => {
				if (error !== undefined && error !== null) requestErrors.push(messageOf(error));
			});
		} catch (error) {
			requestErrors.push(messageOf(error));
		}
		return {
			startError: null,
			requestErrors,
			warnings,
			headers: Object.fromEntries([...headers].filter(([name]) => !ancient.has(name)).sort()),
		};
	} catch (error) {
		return { startError: messageOf(error), requestErrors: [], warnings, headers: {} };
	} finally {
		console.warn = warn;
		process.emitWarning = emitWarning;
	}
}

/** What helmet 3 sends to browsers of 2012 besides. */
const ancient: ReadonlySet<string> = new Set([
	'x-content-security-policy',
	'x-webkit-csp',
	'x-content-security-policy-report-only',
	'x-webkit-csp-report-only',
]);

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function foretold(outcome: ReturnType<typeof helmetOutcome>): Observed {
	const thrown = outcome.problems.flatMap(problem => (problem.kind === 'helmet-throws' ? [problem] : []));
	const headers = new Map<string, string>();
	if (outcome.removed.length === 0) headers.set('x-powered-by', 'Express');
	for (const { name, value } of outcome.headers) headers.set(name.toLowerCase(), value.text);
	return {
		startError: thrown.find(({ when }) => when === 'start')?.message ?? null,
		requestErrors: thrown.filter(({ when }) => when === 'request').map(({ message }) => message),
		warnings: outcome.warnings.map(({ message }) => message),
		headers: Object.fromEntries([...headers].sort()),
	};
}

/** After an error the headers say nothing; before a start error not every warning is printed. */
function compare(real: Observed, model: Observed): void {
	assert.equal(model.startError, real.startError);
	if (real.startError !== null) return;
	const [error] = real.requestErrors;
	assert.equal(model.requestErrors.length === 0, error === undefined, `${model.requestErrors} but ${error}`);
	if (error !== undefined) assert.ok(model.requestErrors.includes(error), `${model.requestErrors} but ${error}`);
	assert.deepEqual([...model.warnings].sort(), [...real.warnings].sort());
	if (error === undefined) assert.deepEqual(model.headers, real.headers);
}
