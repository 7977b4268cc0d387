import express from 'express';

const app = express();
app.get('/files/:name', (_req, res) => {
	res.setHeader('Content-Security-Policy', 'sandbox');
	res.send('<p>Uploaded</p>');
});
