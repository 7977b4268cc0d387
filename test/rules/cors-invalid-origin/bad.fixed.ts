import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Access-Control-Allow-Origin', 'https://app.example.com');
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
