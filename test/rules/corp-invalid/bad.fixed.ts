import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
