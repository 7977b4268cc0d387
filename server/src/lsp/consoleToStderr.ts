/**
 * Sends everything that is printed to stderr: stdout belongs to the protocol, and one stray line ends the session of every
 * editor. Import it before anything that may print.
 */
const toStderr = (...parts: readonly unknown[]): void => {
	process.stderr.write(`${parts.map(String).join(' ')}\n`);
};

console.log = toStderr;
console.info = toStderr;
console.debug = toStderr;
console.warn = toStderr;
console.error = toStderr;
