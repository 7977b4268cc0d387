import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Reporting-Endpoints', 'csp-endpoint="/csp-report"');
	next();
});
app.use((req, res, next) => {
	res.setHeader('Content-Security-Policy-Report-Only', "default-src 'self'; report-uri /csp-report; report-to csp-endpoint");
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
