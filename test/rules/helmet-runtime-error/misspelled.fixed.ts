import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ hsts: { maxAge: 31536000, includeSubDomains: true } }));

app.get('/', (_req, res) => {
	res.send('hello');
});
