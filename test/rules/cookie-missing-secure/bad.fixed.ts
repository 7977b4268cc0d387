import express from 'express';

const app = express();
app.disable('x-powered-by');
app.get('/', (_req, res) => {
	res.cookie('session', '1', { httpOnly: true, sameSite: 'lax', secure: true });
	res.send('hello');
});
