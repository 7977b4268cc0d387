import express from 'express';

const app = express();
app.disable('x-powered-by');
app.get('/', (_req, res) => {
	res.cookie('session', '1', { secure: true, httpOnly: true, sameSite: 'lax' });
	res.send('hello');
});
