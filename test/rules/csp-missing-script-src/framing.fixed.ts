import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('Content-Security-Policy', "frame-ancestors 'none'; script-src 'self'; object-src 'none'");
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
