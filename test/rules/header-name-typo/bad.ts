import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Content-Security-Polcy', "default-src 'self'");
//              ^^^^^^^^^^^^^^^^^^^^^^ warning
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
