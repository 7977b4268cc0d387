import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('Reporting-Endpoints', 'csp-endpoint="/csp-report"');
	res.setHeader('Content-Security-Policy', "default-src 'self'; report-uri /csp-report; report-to csp-endpoint");
	next();
});
app.post('/csp-report', express.json({ type: 'application/csp-report' }), (req, res) => {
//                                            ^^^^^^^^^^^^^^^^^^^^^^ info
	console.log(req.body);
	res.status(204).end();
});
