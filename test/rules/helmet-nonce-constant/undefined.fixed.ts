import express from 'express';
import helmet from 'helmet';
import { randomBytes } from 'node:crypto';

const app = express();

app.use((_req, res, next) => {
	res.locals.nonce = randomBytes(16).toString('base64');
	next();
});
app.use(
	helmet({
		contentSecurityPolicy: {
			directives: {
				scriptSrc: ["'self'", (_req, res) => `'nonce-${res.locals.nonce}'`],
			},
		},
	}),
);

app.get('/', (_req, res) => {
	res.send('hello');
});
