import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('X-DNS-Prefetch-Control', 'off');
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
