/** Whether a case holds only on a developer's own machine, where less protection is no mistake: `unless process.env.NODE_ENV === 'production'`. */
export function isDevelopmentOnly(branch: string | null): boolean {
	return branch !== null && testsOf(branch).some(isDevelopmentTest);
}

/** The tests of a case, each with its `when` or `unless`: all of them hold in it. */
export function testsOf(branch: string): readonly string[] {
	return branch.split(/ and (?=when |unless )/);
}

function isDevelopmentTest(test: string): boolean {
	return (test.startsWith('unless ') && testsProduction(test)) || (test.startsWith('when ') && testsDevelopment(test));
}

/** Whether a case is that of the real service, and asks for nothing else: `when process.env.NODE_ENV === 'production'`. */
export function isProductionOnly(test: string): boolean {
	return (test.startsWith('when ') && testsProduction(test)) || (test.startsWith('unless ') && testsDevelopment(test));
}

/**
 * Whether requests of every origin come into a case: its tests ask for nothing but the presence of an origin, the method and the
 * stage. Any other test may be the look at a list of origins.
 */
export function admitsEveryOrigin(branch: string | null): boolean {
	return (
		branch === null || testsOf(branch).every(test => isProductionOnly(test) || /^\w+ (?:[\w.]*\borigin|[\w.]*\bmethod\b.*)$/i.test(test))
	);
}

function testsProduction(branch: string): boolean {
	return /^\w+ (?:[\w.]+ === ['"]prod(?:uction)?['"]|(?:[\w.]*\.)?(?:(?:is|in)_?)?prod(?:uction)?(?:\(\))?)$/i.test(branch);
}

function testsDevelopment(branch: string): boolean {
	return /^\w+ (?:[\w.]+ === ['"](?:dev(?:elopment)?|test|local)['"]|(?:[\w.]*\.)?(?:(?:is|in)_?)?(?:dev(?:elopment)?(?:Mode)?|test|local)(?:\(\))?)$/i.test(
		branch,
	);
}
