import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Access-Control-Max-Age', '86400');
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
