import express from 'express';

const app = express();
app.use((req, res, next) => {
	if (process.env.OPEN) {
		res.setHeader('Access-Control-Allow-Origin', '*');
	}
	next();
});
app.get('/list', (req, res) => res.json({}));
