import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('X-AspNet-Version', '4.0.30319');
//              ^^^^^^^^^^^^^^^^ info
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
