import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('Content-Security-Policy-Report-Only', "default-src 'self'; report-uri /csp-report");
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
