import express from 'express';

const app = express();
app.disable('x-powered-by');
app.get('/', (_req, res) => {
	res.setHeader('X-Frame-Options', 'DENY');
//< info
	res.send('hello');
});
app.get('/about', (_req, res) => {
	res.send('about');
});
