import { randomBytes } from 'node:crypto';
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(
	helmet({
		contentSecurityPolicy: {
			directives: {
				scriptSrc: ["'self'", (_req, res) => `'nonce-${res.locals.nonce}'`],
//		                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error
			},
		},
	}),
);
app.use((_req, res, next) => {
	res.locals.nonce = randomBytes(16).toString('base64');
	next();
});

app.get('/', (_req, res) => {
	res.send('hello');
});
