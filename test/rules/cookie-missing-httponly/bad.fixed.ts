import express from 'express';

const app = express();
app.disable('x-powered-by');
app.get('/', (_req, res) => {
	res.cookie('session', '1', { secure: true, sameSite: 'lax', httpOnly: true });
	res.send('hello');
});
