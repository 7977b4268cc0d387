import express from 'express';

const app = express();
app.disable('x-powered-by');
app.use((_req, res, next) => {
	res.setHeader('X-Frame-Options', 'DENY');
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
app.get('/about', (_req, res) => {
	res.send('about');
});
