import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Clear-Site-Data', '"cache", "cookies"');
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
