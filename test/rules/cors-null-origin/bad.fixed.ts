import express from 'express';

const app = express();
app.use((_req, res, next) => {
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
