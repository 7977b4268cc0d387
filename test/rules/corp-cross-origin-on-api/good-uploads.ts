import express from 'express';

const app = express();
app.disable('x-powered-by');
app.use(
	'/api/uploads',
	(_req, res, next) => {
		res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
		next();
	},
	express.static('uploads'),
);
