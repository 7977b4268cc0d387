import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('Content-Security-Policy', "script-src 'self'; object-src 'none'; base-uri 'self'; default-src 'self'");
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
