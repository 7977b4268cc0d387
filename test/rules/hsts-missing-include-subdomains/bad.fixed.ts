import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ hsts: { includeSubDomains: true } }));
app.get('/', (_req, res) => {
	res.send('hello');
});
