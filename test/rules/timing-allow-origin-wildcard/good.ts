import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Timing-Allow-Origin', 'https://monitor.example.com');
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
