import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet());

const api = express.Router();
api.get('/users', (_req, res) => {
	res.json([]);
});
app.use('/api', api);

app.get('/', (_req, res) => {
	res.send('hello');
});
