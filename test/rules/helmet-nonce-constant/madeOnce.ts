import { randomBytes } from 'node:crypto';
import express from 'express';
import helmet from 'helmet';

const app = express();

const nonce = randomBytes(16).toString('base64');

app.use(
	helmet({
		contentSecurityPolicy: {
			directives: {
				scriptSrc: ["'self'", `'nonce-${nonce}'`],
//		                      ^^^^^^^^^^^^^^^^^^ error
			},
		},
	}),
);

app.get('/', (_req, res) => {
	res.send('hello');
});
