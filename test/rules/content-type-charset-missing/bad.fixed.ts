import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Content-Type', 'text/html; charset=utf-8');
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
