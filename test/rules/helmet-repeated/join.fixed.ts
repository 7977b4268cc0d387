import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({
	// No policy yet.
	hsts: { maxAge: 63072000 },
	frameguard: { action: 'deny' },
})); // everything
// but this

app.get('/', (_req, res) => {
	res.send('hello');
});
