import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ hsts: { maxAge: 63072000, includeSubDomains: true, preload: true }, frameguard: false, referrerPolicy: { policy: 'same-origin' } }));
app.use((_req, res, next) => {
	res.set({
		// ours
		'Cross-Origin-Opener-Policy': 'nonsense',
	});
	next();
});
app.get('/embed', (_req, res) => {
	res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
	res.send('hello');
});
