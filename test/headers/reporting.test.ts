import assert from 'node:assert/strict';
import { integrityFaults } from '../../server/src/headers/integrityPolicy';
import { nelFault } from '../../server/src/headers/nel';
import { endpointsOf, endpointUses, reportToGroups } from '../../server/src/headers/reporting';
import { renderedValue } from '../../server/src/model/value';

describe('endpointsOf', () => {
	it('reads names and URLs', () =>
		assert.deepEqual(endpointsOf(renderedValue('csp="https://r.example/csp", other="/reports"')), [
			{ name: 'csp', url: 'https://r.example/csp' },
			{ name: 'other', url: '/reports' },
		]));
	it('finds none in a value that browsers drop', () => assert.deepEqual(endpointsOf(renderedValue('CSP="https://r.example/"')), []));
	it('leaves out what is no string', () => assert.deepEqual(endpointsOf(renderedValue('csp=https')), []));
});

describe('reportToGroups', () => {
	it('reads the groups of the older header', () =>
		assert.deepEqual(
			reportToGroups(renderedValue('{"group":"nel","max_age":1,"endpoints":[{"url":"https://r.example/"}]},{"max_age":1,"endpoints":[]}')),
			[
				{ name: 'nel', url: 'https://r.example/' },
				{ name: 'default', url: '' },
			],
		));
	it('finds none in what is not JSON', () => assert.deepEqual(reportToGroups(renderedValue('nel')), []));
});

describe('endpointUses names what a header reports to, at its offsets', () => {
	const cases: readonly (readonly [header: string, value: string, ...expected: string[]])[] = [
		['content-security-policy', "default-src 'self'; report-to csp", 'csp at csp'],
		['cross-origin-opener-policy', 'same-origin; report-to="coop"', 'coop at report-to="coop"'],
		['permissions-policy', 'camera=();report-to="pp", microphone=()', 'pp at report-to="pp"'],
		['integrity-policy', 'blocked-destinations=(script), endpoints=(a b)', 'a at a', 'b at b'],
		['content-security-policy', "default-src 'self'"],
	];
	for (const [header, value, ...expected] of cases)
		it(`${header}: ${value}`, () =>
			assert.deepEqual(
				endpointUses(header, renderedValue(value)).map(({ name, start, end }) => `${name} at ${value.slice(start, end)}`),
				expected,
			));
});

describe('nelFault', () => {
	const cases: readonly (readonly [value: string, fault: string | null])[] = [
		['{"report_to":"nel","max_age":86400,"success_fraction":0.1}', null],
		['{"max_age":0}', null],
		['{"max_age":86400}', 'report_to does not name a group'],
		['{"report_to":"nel"}', 'max_age is not a number of seconds'],
		['{"report_to":"nel","max_age":1,"failure_fraction":2}', 'failure_fraction is not a number from 0 to 1'],
		['[]', 'the value is not a JSON object'],
		['nel', 'the value is not JSON'],
	];
	for (const [value, fault] of cases) it(`${value} -> ${fault}`, () => assert.equal(nelFault(value).fault, fault));
});

describe('integrityFaults', () => {
	const cases: readonly (readonly [value: string, ...reasons: string[]])[] = [
		['blocked-destinations=(script), endpoints=(a)'],
		['blocked-destinations=(script style), sources=(inline)'],
		['endpoints=(a)', 'blocked-destinations is missing'],
		['blocked-destinations=()', 'blocked-destinations is empty'],
		['blocked-destinations=script', 'blocked-destinations is not a list in parentheses'],
		['blocked-destinations=(script image)', 'image is not a destination, only script and style are'],
	];
	for (const [value, ...reasons] of cases)
		it(value, () =>
			assert.deepEqual(
				integrityFaults(renderedValue(value)).map(each => each.reason),
				reasons,
			),
		);
});
