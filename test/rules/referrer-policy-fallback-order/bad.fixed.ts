import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin, same-origin');
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
