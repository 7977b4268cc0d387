import express from 'express';

const app = express();
app.use((req, res, next) => {
	const nonce = res.locals.nonce;
	res.setHeader('Content-Security-Policy', `default-src 'self'; script-src 'nonce-${nonce}'`);
//              ^^^^^^^^^^^^^^^^^^^^^^^ error
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
