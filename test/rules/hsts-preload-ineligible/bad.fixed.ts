import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ hsts: { maxAge: 86400, preload: false } }));
app.get('/', (_req, res) => {
	res.send('hello');
});
