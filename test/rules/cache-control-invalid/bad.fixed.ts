import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Cache-Control', 'no-store, max-age=0');
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
