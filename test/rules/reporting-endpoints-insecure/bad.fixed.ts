import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('Reporting-Endpoints', 'csp-endpoint="https://reports.example.com/csp"');
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
