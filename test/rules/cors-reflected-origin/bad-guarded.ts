import express from 'express';

const app = express();

app.use((req, res, next) => {
	const origin = req.get('Origin');
//              ^^^^^^^^^^^^^^^^^ warning
	res.vary('Origin');
	if (origin) res.setHeader('Access-Control-Allow-Origin', origin);
	next();
});
app.get('/me', (_req, res) => {
	res.json({});
});
