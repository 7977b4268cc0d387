import { randomBytes } from 'node:crypto';
import express from 'express';
import helmet from 'helmet';

const app = express();

function nonce(_req: express.Request, res: express.Response, next: express.NextFunction) {
	res.locals.nonce = randomBytes(16).toString('base64');
	next();
}

app.use(nonce);
app.use(
	helmet({
		contentSecurityPolicy: {
			directives: {
				scriptSrc: ["'self'", (_req, res) => `'nonce-${res.locals.nonce}'`],
			},
		},
	}),
);
app.get('/again', nonce, (_req, res) => {
	res.send('hello');
});
