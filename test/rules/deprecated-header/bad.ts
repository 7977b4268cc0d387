import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Expect-CT', 'max-age=86400');
//              ^^^^^^^^^ warning
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
