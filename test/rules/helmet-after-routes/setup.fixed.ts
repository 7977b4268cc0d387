import express, { type Router } from 'express';
import helmet from 'helmet';

function setUpReports(): Router {
	const router = express.Router();
	router.get('/reports', (_req, res) => {
		res.send('<p>Reports</p>');
	});
	return router;
}

function setUpSecurity(): Router {
	const router = express.Router();
	router.use(helmet());
	return router;
}

const app = express();
app.use(setUpSecurity());
app.use(setUpReports());
app.get('/', (_req, res) => {
	res.send('<p>Hello</p>');
});
