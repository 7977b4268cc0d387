// preload: true asks for a place on a list that is very hard to leave.
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ hsts: { maxAge: 31536000, includeSubDomains: true, preload: true } }));

app.get('/', (_req, res) => {
	res.send('hello');
});

export default app;
