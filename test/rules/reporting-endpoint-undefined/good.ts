import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('Reporting-Endpoints', 'csp-endpoint="/csp-report"');
	res.setHeader('Content-Security-Policy', "default-src 'self'; report-to csp-endpoint");
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
