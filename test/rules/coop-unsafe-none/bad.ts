import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Cross-Origin-Opener-Policy', 'unsafe-none');
//                                            ^^^^^^^^^^^ warning
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
