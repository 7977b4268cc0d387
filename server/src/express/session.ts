import type { ModuleRecord } from '../javascript/module';
import type { Run } from '../javascript/run';
import type { FunctionValue, Value } from '../javascript/value';
import type { Place } from '../text/span';
import type { AppRecord, HelmetHandler, Trace } from './app';
import type { Recorder } from './trace';
import type { InstalledVersion } from './version';

/** What is collected while a file's code is followed. */
export interface Session {
	readonly run: Run;
	/** Apps and routers in the order they are made. */
	readonly apps: AppRecord[];
	/** Every helmet call, mounted or not. */
	readonly helmetCalls: HelmetHandler[];
	/** The calls that went into a chain. */
	readonly mounted: Set<HelmetHandler>;
	/** Where helmet is imported by names that are read, as `path:offset`. */
	readonly helmetReads: Set<string>;
	readonly traces: Map<FunctionValue, Trace>;
	/** The handlers being followed, innermost last: middleware called by hand belongs to them. */
	readonly recorders: Recorder[];
	/** Values of expression statements: a helmet call among them does nothing. */
	readonly unused: { readonly value: Value; readonly place: Place }[];
	version(name: string, module: ModuleRecord): InstalledVersion;
	/** The version of helmet that a file's calls run on, also behind the packages that bring it along. */
	helmetVersion(module: ModuleRecord, library: HelmetHandler['library']): string;
}
