import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('Content-Security-Policy', "default-src 'self'; img-src 'self' https://xn--bcher-kva.example");
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
