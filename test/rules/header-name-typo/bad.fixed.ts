import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Content-Security-Policy', "default-src 'self'");
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
