import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('Content-Security-Policy', "default-src 'self'; base-uri 'self'; form-action 'self'");
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
