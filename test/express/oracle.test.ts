import { allApps } from './allApps';
import { compareWithRealApp } from './oracle';

/** Every header that is promised (`always`) is sent, and nothing that matters is sent unpredicted: the real app is asked. */
describe('what is predicted for an app is what it answers', () => {
	for (const fixture of allApps) it(fixture.name, () => compareWithRealApp(fixture));
});
