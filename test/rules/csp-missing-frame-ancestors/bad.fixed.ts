import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('X-Frame-Options', 'SAMEORIGIN');
	res.setHeader('Content-Security-Policy', "default-src 'self'; frame-ancestors 'self'");
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
