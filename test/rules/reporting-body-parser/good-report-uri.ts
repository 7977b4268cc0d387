import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('Content-Security-Policy', "default-src 'self'; report-uri /csp-report");
	next();
});
app.post('/csp-report', express.json({ type: 'application/csp-report' }), (req, res) => {
	console.log(req.body);
	res.status(204).end();
});
