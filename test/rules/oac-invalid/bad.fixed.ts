import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Origin-Agent-Cluster', '?1');
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
