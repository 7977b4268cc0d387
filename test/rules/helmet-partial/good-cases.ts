import express from 'express';
import helmet from 'helmet';
import { configure, settings } from './settings';

const app = express();

if (settings.isStrict) {
	app.use(helmet(settings.strict));
}
// Whether one of the two is always there is for the reader to see.
if (settings.level === 'usual' || configure()) {
	app.use(helmet());
}

app.get('/', (_req, res) => {
	res.send('hello');
});
