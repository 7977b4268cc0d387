import express from 'express';

const app = express();
app.get('/', (_req, res) => {
	// Nobody may keep it.
	res.setHeader('Cache-Control', 'no-store');
	res.send('hello');
	console.log('sent');
});
app.get('/value', (_req, res) => {
	res.json({});
	const id = String(Math.random());
	res.set('X-Frame-Options', id);
});
