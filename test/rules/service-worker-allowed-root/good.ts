import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Service-Worker-Allowed', '/app/');
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
