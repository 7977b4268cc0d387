import express, { type Router } from 'express';
import helmet from 'helmet';

function setUpHealthChecks(): Router {
	const router = express.Router();
	router.get('/health', (_req, res) => {
		res.send('ok');
	});
	return router;
}

function setUpSecurity(): Router {
	const router = express.Router();
	router.use(helmet());
	return router;
}

const app = express();
app.use(setUpHealthChecks());
app.use(setUpSecurity());
//< info
app.get('/', (_req, res) => {
	res.send('<p>Hello</p>');
});
