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

app.get('/', (_req, res) => {
	res.send('hello');
});
