import express from 'express';

const app = express();

app.get('/logout', (_req, res) => {
	res.clearCookie('session');
	res.send('bye');
});
