import cors from 'cors';
import express from 'express';
import { report } from './report';

const app = express();
const own = ['https://app.example.com'];
// Either one or the other is sent.
app.use('/open', (req, res, next) => {
	const { origin } = req.headers;
	let credentials = false;
	let allowed = '*';
	if (origin && own.includes(origin)) {
		allowed = origin;
		credentials = true;
	}
	res.setHeader('Access-Control-Allow-Origin', allowed);
	if (credentials) res.setHeader('Access-Control-Allow-Credentials', 'true');
	next();
});
app.get('/open/list', (req, res) => res.json({}));
// Where the handler that nobody sees goes on, the next cors writes over what this one has set.
app.get('/report', cors({ origin: '*', credentials: false }), report);
app.use(cors({ origin: own, credentials: true }));
app.get('/private', (req, res) => res.json({}));
