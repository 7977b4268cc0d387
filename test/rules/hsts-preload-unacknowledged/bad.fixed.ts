import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ hsts: { maxAge: 31_536_000, preload: false } }));
app.get('/', (_req, res) => {
	res.send('hello');
});
