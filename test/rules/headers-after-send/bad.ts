import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet());

app.get('/', (_req, res) => {
	res.send('hello');
});

app.get('/late', (_req, res) => {
	res.json({ ok: true });
	res.setHeader('Cache-Control', 'no-store');
//< warning
});
