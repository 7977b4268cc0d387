import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({
	noSniff: true, // X-Content-Type-Options: nosniff
//< info
	hsts: { maxAge: 31_536_000, includeSubDomains: true },
//< info
	frameguard: { action: 'deny' },
	crossOriginEmbedderPolicy: false,
//< info
}));

app.get('/', (_req, res) => {
	res.send('hello');
});
