import express from 'express';

const app = express();
app.disable('x-powered-by');
app.use((req, res, next) => {
	res.vary('Cookie');
	if (req.url.startsWith('/assets/')) res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
	else if (req.url.startsWith('/api/')) res.setHeader('Cache-Control', 'no-store');
	next();
});
app.get('/api/me', (_req, res) => {
	res.json({});
});
