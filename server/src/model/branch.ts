/** Whether a case is that of a developer's own machine, where less protection is no mistake: `unless process.env.NODE_ENV === 'production'`. */
export function isDevelopmentOnly(branch: string | null): boolean {
	if (branch === null) return false;
	return (branch.startsWith('unless ') && testsProduction(branch)) || (branch.startsWith('when ') && testsDevelopment(branch));
}

/** Whether a case is that of the real service: `when process.env.NODE_ENV === 'production'`. */
export function isProductionOnly(branch: string): boolean {
	return (branch.startsWith('when ') && testsProduction(branch)) || (branch.startsWith('unless ') && testsDevelopment(branch));
}

function testsProduction(branch: string): boolean {
	return /^\w+ (?:[\w.]+ === ['"]prod(?:uction)?['"]|(?:[\w.]*\.)?(?:is)?prod(?:uction)?)$/i.test(branch);
}

function testsDevelopment(branch: string): boolean {
	return /^\w+ (?:[\w.]+ === ['"](?:dev(?:elopment)?|test|local)['"]|(?:[\w.]*\.)?(?:is)?(?:dev(?:elopment)?(?:Mode)?|test|local))$/i.test(
		branch,
	);
}
