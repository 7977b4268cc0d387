import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({
	// X-Content-Type-Options: nosniff
	frameguard: { action: 'deny' },
}));

app.get('/', (_req, res) => {
	res.send('hello');
});
