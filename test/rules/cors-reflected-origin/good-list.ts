import express from 'express';

const app = express();
const isProduction = (): boolean => process.env.NODE_ENV === 'production';

app.use((req, res, next) => {
	const origin = req.get('Origin');
	res.vary('Origin');
	if (!origin) return next();
	// Every origin on a developer's machine, those of the list elsewhere.
	if (!isProduction()) res.setHeader('Access-Control-Allow-Origin', origin);
	else if ((process.env.ORIGINS ?? '').split(',').includes(origin)) res.setHeader('Access-Control-Allow-Origin', origin);
	next();
});
app.get('/me', (_req, res) => {
	res.json({});
});
