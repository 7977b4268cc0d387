import express from 'express';

const app = express();
app.disable('x-powered-by');
app.get('/', (_req, res) => {
	res.send('hello');
});
