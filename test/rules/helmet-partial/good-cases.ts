import express from 'express';
import helmet from 'helmet';
import { usesNonces, settings } from './settings';

const app = express();
// One of the two is always there, but that is for the reader to see.
app.use((req, res, next) => {
	if (usesNonces === true && settings.contentSecurityPolicy !== false) {
		helmet({ contentSecurityPolicy: settings.withNonces })(req, res, next);
	} else {
		helmet(settings)(req, res, next);
	}
});
app.get('/', (_req, res) => {
	res.send('hello');
});
