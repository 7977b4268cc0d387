import express from 'express';
import helmet from 'helmet';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Reporting-Endpoints', 'a="/a", b="/b", c="/c", d="/d"');
	next();
});
app.use(helmet());
app.post('/a', express.json({ type: '*/*' }), (req, res) => {
	res.json(req.body);
});
app.post('/b', express.text({ type: ['+json', 'application/*'] }), (req, res) => {
	res.json(req.body);
});
app.post('/c', (req, res) => {
	req.pipe(process.stdout);
	res.end();
});
app.post('/d', express.json({ type: req => req.headers['content-type'] !== undefined }), (req, res) => {
	res.json(req.body);
});
