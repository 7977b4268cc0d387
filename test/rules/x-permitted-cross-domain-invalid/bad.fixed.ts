import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('X-Permitted-Cross-Domain-Policies', 'none');
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
