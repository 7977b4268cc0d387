import express from 'express';

const app = express();
app.disable('x-powered-by');
app.get('/', (_req, res) => {
	res.cookie('__Host-id', '1', { path: '/', httpOnly: true, sameSite: 'lax', secure: true });
	res.send('hello');
});
