import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ hsts: { maxAge: 60 }, frameguard: false }));
app.use((_req, res, next) => {
	res.setHeader('Strict-Transport-Security', 'max-age=63072000; includeSubDomains; preload');
//< info
	res.set({
		'Referrer-Policy': 'same-origin', // ours
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info
		'Cross-Origin-Opener-Policy': 'nonsense',
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info
	});
	next();
});
app.get('/embed', (_req, res) => {
	res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
//< info
	res.send('hello');
});
